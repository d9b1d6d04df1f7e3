/** Reader of a gretl native database: `.idx` (text, two lines a series) and `.bin` (little-endian float32). */

export interface GretlSeries {
  readonly title: string;
  readonly frequency: 'M' | 'Q' | 'A';
  /** Year and period of the first observation; the period is 1 for annual series. */
  readonly firstYear: number;
  readonly firstPeriod: number;
  /** Single precision gives seven digits; missing is NaN. */
  readonly values: readonly number[];
}

const MISSING_BELOW = -900;

export function readGretlDatabase(index: string, binary: Buffer): ReadonlyMap<string, GretlSeries> {
  const lines = index.split('\n').filter((line) => line.trim() !== '' && !line.startsWith('#'));
  const database = new Map<string, GretlSeries>();
  let offset = 0;
  for (let at = 0; at + 1 < lines.length; at += 2) {
    const [, name = '', title = ''] = /^(\S+)\s+(.*)$/.exec(lines[at] ?? '') ?? [];
    const span = /^([MQA])\s+(\d+)(?:\.(\d+))?\s.*n = (\d+)/.exec(lines[at + 1] ?? '');
    if (span === null) throw new TypeError(`${name}: no span in ${JSON.stringify(lines[at + 1])}`);
    const values = Array.from({ length: Number(span[4]) }, () => {
      const value = binary.readFloatLE(offset);
      offset += 4;
      return value < MISSING_BELOW ? Number.NaN : Number(value.toPrecision(7));
    });
    const frequency = span[1] as GretlSeries['frequency'];
    const [firstYear, firstPeriod] = [Number(span[2]), Number(span[3] ?? 1)];
    database.set(name, { title, frequency, firstYear, firstPeriod, values });
  }
  if (offset !== binary.length) throw new RangeError(`read ${offset} of ${binary.length} bytes`);
  return database;
}
