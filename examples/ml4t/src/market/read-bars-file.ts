import { readFile } from 'node:fs/promises';
import type { RawBars } from '@millrace/quant';
import { messageOf } from '../base/message-of.ts';
import { ml4tError } from '../base/ml4t-error.ts';

const HEADER = 'time,open,high,low,close,volume';

/**
 * Bars of a CSV file as they stand in it, in its order; what is wrong with single ones is not judged here.
 * @throws MillraceError DATA_INVALID
 */
export async function readBarsFile(file: string): Promise<RawBars> {
  const text = await readFile(file, 'utf8').catch((cause: unknown) => {
    throw ml4tError('DATA_INVALID', `${file} cannot be read: ${messageOf(cause)}`, { cause });
  });
  const [header, ...rows] = text.trimEnd().split(/\r?\n/);
  if (header !== HEADER) {
    throw ml4tError('DATA_INVALID', `${file} begins with "${header}"; expected "${HEADER}"`);
  }
  const columns = Array.from({ length: 6 }, () => new Float64Array(rows.length));
  for (const [row, line] of rows.entries()) {
    const fields = line.split(',');
    if (fields.length !== 6) throw wrongRow(file, row, `${fields.length} fields; expected 6`);
    const time = Date.parse(fields[0] ?? '');
    if (Number.isNaN(time)) throw wrongRow(file, row, `"${fields[0]}"; expected a time`);
    for (const [at, column] of columns.entries())
      column[row] = at === 0 ? time : numberOf(fields[at]);
  }
  const [time, open, high, low, close, volume] = columns as [
    ...[Float64Array, Float64Array, Float64Array, Float64Array, Float64Array, Float64Array],
  ];
  return { time, open, high, low, close, volume };
}

/** An empty field is no 0. */
const numberOf = (text: string | undefined): number => (text ? Number(text) : Number.NaN);

const wrongRow = (file: string, row: number, got: string) =>
  ml4tError('DATA_INVALID', `${file}, line ${row + 2}: got ${got}`);
