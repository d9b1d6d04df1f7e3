import { expect, test } from '@jest/globals';
import { type RawBars, readBars } from './read-bars.ts';

const rows = (...list: readonly (readonly number[])[]): RawBars => {
  const column = (at: number): number[] => list.map((row) => row[at] as number);
  return {
    time: column(0),
    open: column(1),
    high: column(2),
    low: column(3),
    close: column(4),
    volume: column(5),
  };
};

const sound = [1000, 10, 12, 9, 11, 100];

test('sound rows become columns, and bars without trades are kept and counted', () => {
  const { bars, report } = readBars(rows(sound, [2000, 11, 11, 11, 11, 0]), { intervalMs: 1000 });
  expect(bars.close).toEqual(new Float64Array([11, 11]));
  expect(report).toEqual({
    read: 2,
    kept: 2,
    faulty: {},
    duplicates: 0,
    outOfOrder: 0,
    gaps: 0,
    withoutVolume: 1,
  });
});

test.each([
  ['time-not-finite', [Number.NaN, 10, 12, 9, 11, 1]],
  ['price-not-positive', [1000, Number.NaN, 12, 9, 11, 1]],
  ['price-not-positive', [1000, 10, 12, 0, 11, 1]],
  ['price-not-positive', [1000, 10, Number.POSITIVE_INFINITY, 9, 11, 1]],
  ['high-below-others', [1000, 10, 10.5, 9, 11, 1]],
  ['low-above-others', [1000, 10, 12, 10.5, 11, 1]],
  ['volume-negative', [1000, 10, 12, 9, 11, -1]],
  ['volume-negative', [1000, 10, 12, 9, 11, Number.NaN]],
] as const)('a row with the fault %s is refused, or dropped and counted', (fault, row) => {
  const raw = rows(row, [3000, ...sound.slice(1)]);
  expect(() => readBars(raw)).toThrow(expect.objectContaining({ code: 'BARS_INVALID' }));
  expect(() => readBars(raw)).toThrow(new RegExp(`row 0 cannot be used: ${fault}`));
  const { bars, report } = readBars(raw, { faulty: 'drop' });
  expect([...bars.time]).toEqual([3000]);
  expect(report.faulty).toEqual({ [fault]: 1 });
});

test('rows out of order are refused, or sorted and counted', () => {
  const raw = rows([2000, 10, 12, 9, 11, 2], [1000, 10, 12, 9, 11, 1], [3000, 10, 12, 9, 11, 3]);
  expect(() => readBars(raw)).toThrow(/row 1 .*1000 ms before/);
  const { bars, report } = readBars(raw, { outOfOrder: 'sort' });
  expect([...bars.volume]).toEqual([1, 2, 3]);
  expect(report.outOfOrder).toBe(1);
});

test('of rows with one time the first or the last is kept, also when they stand apart', () => {
  const raw = rows([1000, 10, 12, 9, 11, 1], [2000, 10, 12, 9, 11, 2], [1000, 10, 12, 9, 11, 3]);
  expect(() => readBars(raw, { outOfOrder: 'sort' })).toThrow(/row 2 .*row 0 has the same time/);
  const first = readBars(raw, { outOfOrder: 'sort', duplicate: 'keep-first' });
  expect([...first.bars.volume]).toEqual([1, 2]);
  const last = readBars(raw, { outOfOrder: 'sort', duplicate: 'keep-last' });
  expect([...last.bars.volume]).toEqual([3, 2]);
  expect(last.report.duplicates).toBe(1);
});

test('gaps are counted and not filled', () => {
  const raw = rows(sound, [2000, ...sound.slice(1)], [5000, ...sound.slice(1)]);
  const { bars, report } = readBars(raw, { intervalMs: 1000 });
  expect(report.gaps).toBe(1);
  expect(bars.time).toHaveLength(3);
});

test('columns of different length are refused with their names', () => {
  expect(() => readBars({ ...rows(sound), volume: [] })).toThrow(
    'column "volume" has 0 values, but "time" has 1',
  );
});

test('no rows are no bars', () => {
  expect(readBars(rows()).bars.time).toHaveLength(0);
});
