import { describe, expect, it } from '@jest/globals';
import { dayOf, timeOf } from '../base/day.ts';
import { BarPolicy } from './bar-policy.ts';
import { checkBars } from './check-bars.ts';
import { parseBarFile } from './parse-bar-file.ts';

const HEADER = 'date,open,high,low,close,volume';

/** 400 days in a row with a close of 100 each. */
const DAYS = Array.from({ length: 400 }, (_, at) => {
  return `${dayOf(timeOf('2001-01-01') + at * 86_400_000)},100,101,99,100,5000`;
});

const fileOf = (rows: readonly string[]): string => `${[HEADER, ...rows].join('\n')}\n`;

function check(rows: readonly string[], policy: Partial<BarPolicy> = {}) {
  return checkBars(parseBarFile(fileOf(rows), 'x.csv'), BarPolicy.parse(policy), 'x');
}

/** DAYS with one row replaced by others; row 10 is line 12 of the file. */
const withRow = (at: number, ...rows: readonly string[]): readonly string[] =>
  DAYS.toSpliced(at, 1, ...rows);

const changed = (cells: string): string => `2001-01-11,${cells}`;

describe('checkBars', () => {
  it('takes sound rows as they are', () => {
    const { bars, quality } = check(DAYS);
    expect(quality).toEqual({ read: 400, kept: 400, counts: {}, faults: [] });
    expect(dayOf(bars.time[0] ?? 0)).toBe('2001-01-01');
  });

  it.each([
    ['NaN', '100,NaN,99,100,5000', 'price-not-positive'],
    ['a price of 0', '100,101,0,100,5000', 'price-not-positive'],
    ['an infinite price', '100,Infinity,99,100,5000', 'price-not-positive'],
    ['a high below the close', '100,99.5,99,100,5000', 'high-below-others'],
    ['a low above the open', '100,102,101,102,5000', 'low-above-others'],
    ['a negative volume', '100,101,99,100,-1', 'volume-negative'],
    ['an empty cell', '100,,99,100,5000', 'unreadable'],
    ['text for a number', '100,1o1,99,100,5000', 'unreadable'],
    ['too few cells', '100,101,99', 'unreadable'],
  ])(
    'stops at %s and names its line, or drops the row where the policy says so',
    (_, cells, kind) => {
      const rows = withRow(10, changed(cells));
      expect(() => check(rows)).toThrow(
        expect.objectContaining({
          code: 'DATA_REFUSED',
          message: expect.stringMatching(
            new RegExp(`^1 fault in x \\(1 ${kind}\\)\n  x:12 ${kind}: `),
          ),
        }),
      );
      const { bars, quality } = check(rows, { faulty: 'drop' });
      expect(quality).toMatchObject({ read: 400, kept: 399, counts: { [kind]: 1 } });
      expect([...bars.time].map(dayOf)).not.toContain('2001-01-11');
    },
  );

  it('stops at a date that is none', () => {
    expect(() => check(withRow(10, '2001-02-30,100,101,99,100,5000'))).toThrow(
      /x:12 unreadable: date/,
    );
  });

  it('stops at a repeated day, or keeps the first or the last of them', () => {
    const rows = withRow(10, changed('100,101,99,100,1'), changed('100,101,99,100.5,2'));
    expect(() => check(rows)).toThrow('x:13 duplicate: 2001-01-11 is in line 12, too');
    const kept = (duplicate: 'keep-first' | 'keep-last') =>
      [...check(rows, { duplicate }).bars.volume].slice(9, 12);
    expect(kept('keep-first')).toEqual([5000, 1, 5000]);
    expect(kept('keep-last')).toEqual([5000, 2, 5000]);
  });

  it('stops at a day that comes too late, or puts it in its place', () => {
    const [moved = ''] = DAYS.slice(10, 11);
    const rows = [...DAYS.toSpliced(10, 1), moved];
    expect(() => check(rows)).toThrow('x:401 out-of-order: 2001-01-11 comes after 2002-02-04');
    const { bars, quality } = check(rows, { outOfOrder: 'sort' });
    expect(quality.counts).toEqual({ 'out-of-order': 1 });
    expect([...bars.time].map(dayOf)).toEqual(DAYS.map((row) => row.slice(0, 10)));
  });

  it('stops at a gap of more days than allowed, and never fills one', () => {
    const rows = DAYS.toSpliced(10, 10);
    // From 2001-01-10, the last before it, to 2001-01-21 are 11 days.
    expect(() => check(rows)).toThrow(
      'x:12 gap: 11 days from 2001-01-10 to 2001-01-21, expected at most 10',
    );
    expect(check(rows, { gap: 'keep' }).quality).toMatchObject({ kept: 390, counts: { gap: 1 } });
    expect(check(rows, { maxGapDays: 11 }).quality.counts).toEqual({});
  });

  it('keeps and counts days without volume, or stops at them', () => {
    const rows = withRow(10, changed('100,101,99,100,0'));
    expect(check(rows).quality).toMatchObject({ kept: 400, counts: { 'no-volume': 1 } });
    expect(() => check(rows, { noVolume: 'refuse' })).toThrow('2001-01-11 has a volume of 0');
  });

  it('stops at a move that is too large to be true', () => {
    const rows = withRow(10, changed('100,200,99,170,5000'));
    // 170 / 100 - 1 = 70 %; back to 100 is -41.2 %, which is allowed.
    expect(() => check(rows)).toThrow(
      '1 fault in x (1 move)\n  x:12 move: 2001-01-11 closes at 170 after 100: 70.0 %, expected at most 60.0 %',
    );
    expect(check(rows, { move: 'keep' }).quality.counts).toEqual({ move: 1 });
  });

  it('tells all faults at once, counted by kind, in the order of the lines', () => {
    const rows = [
      ...DAYS.slice(0, 50),
      '2001-02-20,100,NaN,99,100,5000',
      '2001-01-01,100,101,99,100,5000',
      '2001-02-21,100,101,99,x,5000',
      ...DAYS.slice(52),
    ];
    expect(() => check(rows)).toThrow(
      /^3 faults in x \(1 price-not-positive, 1 duplicate, 1 unreadable\)\n.*x:52 .*\n.*x:53 .*\n.*x:54 close "x" is no number|x:54 unreadable/s,
    );
  });

  it('names the first twenty faults and counts the others', () => {
    const rows = DAYS.map((row, at) => (at < 30 ? row.replace(',101,', ',NaN,') : row));
    expect(() => check(rows)).toThrow(/^30 faults in x .*\n {2}and 10 more$/s);
  });

  it('refuses data that is too short to be split', () => {
    expect(() => check(DAYS.slice(0, 299))).toThrow('x has 299 bars, expected at least 300');
  });
});

describe('a file that is no file of bars', () => {
  it.each([
    ['is empty', '', 'x.csv is empty'],
    [
      'is cut off',
      fileOf(DAYS).slice(0, -3),
      'x.csv does not end with a line break: it is cut off',
    ],
    ['has another header', `day,${HEADER}\n`, 'x.csv:1 has the header "day,date'],
  ])('is refused where it %s', (_, text, message) => {
    expect(() => parseBarFile(text, 'x.csv')).toThrow(message);
  });
});
