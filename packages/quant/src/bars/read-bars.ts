import { MillraceError } from '@millrace/core';
import { requireSameLength } from '../base/require.ts';
import { type BarFault, barFault } from './bar-fault.ts';
import { allocateBars, BAR_COLUMNS, type Bar, type BarColumn, type Bars } from './bars.ts';

/** Columns as they come from a file or a vendor, in any order of rows. Units as in {@link Bars}. */
export type RawBars = Readonly<Record<BarColumn, ArrayLike<number>>>;

/** What to do with rows that cannot stand in {@link Bars}. Each defaults to `refuse`. */
export interface BarPolicy {
  /** Rows with a {@link BarFault}. */
  readonly faulty?: 'refuse' | 'drop';
  /** Rows whose time another row before them has, too. */
  readonly duplicate?: 'refuse' | 'keep-first' | 'keep-last';
  /** Rows whose time is before that of a row above them. */
  readonly outOfOrder?: 'refuse' | 'sort';
  /** Regular distance of two bars. Larger ones are counted as gaps; they are never filled. */
  readonly intervalMs?: number;
}

export interface BarReport {
  readonly read: number;
  readonly kept: number;
  readonly faulty: Readonly<Partial<Record<BarFault, number>>>;
  readonly duplicates: number;
  readonly outOfOrder: number;
  /** Distances above `intervalMs`; undefined without it. */
  readonly gaps: number | undefined;
  /** Bars without trades. They are kept: that nobody traded is a fact. */
  readonly withoutVolume: number;
}

/**
 * Checks raw columns and copies them into {@link Bars}.
 * @throws MillraceError COLUMNS_UNEQUAL
 * @throws MillraceError BARS_INVALID for what the policy does not allow, with the row and its values
 */
export function readBars(
  raw: RawBars,
  policy: BarPolicy = {},
): { readonly bars: Bars; readonly report: BarReport } {
  const read = requireSameLength(
    Object.fromEntries(BAR_COLUMNS.map((name) => [name, raw[name]] as const)),
  );
  const { rows, faulty } = soundRows(raw, read, policy);
  const outOfOrder = orderRows(raw, rows, policy);
  const { kept, duplicates } = distinctRows(raw, rows, policy);
  const bars = copyRows(raw, kept);
  const report: BarReport = {
    read,
    kept: kept.length,
    faulty,
    duplicates,
    outOfOrder,
    gaps: policy.intervalMs === undefined ? undefined : countGaps(bars.time, policy.intervalMs),
    withoutVolume: bars.volume.reduce((count, volume) => (volume === 0 ? count + 1 : count), 0),
  };
  return { bars, report };
}

function rowAt(raw: RawBars, row: number): Bar {
  return {
    time: raw.time[row] as number,
    open: raw.open[row] as number,
    high: raw.high[row] as number,
    low: raw.low[row] as number,
    close: raw.close[row] as number,
    volume: raw.volume[row] as number,
  };
}

function soundRows(raw: RawBars, count: number, { faulty = 'refuse' }: BarPolicy) {
  const rows: number[] = [];
  const faults: Partial<Record<BarFault, number>> = {};
  for (let row = 0; row < count; row++) {
    const bar = rowAt(raw, row);
    const fault = barFault(bar);
    if (fault === undefined) rows.push(row);
    else if (faulty === 'refuse') throw invalid(row, fault, bar);
    else faults[fault] = (faults[fault] ?? 0) + 1;
  }
  return { rows, faulty: faults };
}

/** Sorts the rows by time, equal times in the order in which they came, and counts those that stood too late. */
function orderRows(raw: RawBars, rows: number[], { outOfOrder = 'refuse' }: BarPolicy): number {
  let newest = Number.NEGATIVE_INFINITY;
  let misplaced = 0;
  for (const row of rows) {
    const time = raw.time[row] as number;
    if (time >= newest) newest = time;
    else if (outOfOrder === 'refuse')
      throw invalid(
        row,
        `its time is ${newest - time} ms before that of a row above it`,
        rowAt(raw, row),
      );
    else misplaced += 1;
  }
  if (misplaced > 0)
    rows.sort((a, b) => (raw.time[a] as number) - (raw.time[b] as number) || a - b);
  return misplaced;
}

function distinctRows(raw: RawBars, rows: number[], { duplicate = 'refuse' }: BarPolicy) {
  const kept: number[] = [];
  for (const row of rows) {
    const last = kept.at(-1);
    if (last === undefined || raw.time[last] !== raw.time[row]) kept.push(row);
    else if (duplicate === 'refuse')
      throw invalid(row, `row ${last} has the same time`, rowAt(raw, row));
    else if (duplicate === 'keep-last') kept[kept.length - 1] = row;
  }
  return { kept, duplicates: rows.length - kept.length };
}

function copyRows(raw: RawBars, rows: readonly number[]): Bars {
  const bars = allocateBars(rows.length);
  for (const name of BAR_COLUMNS) {
    const [from, to] = [raw[name], bars[name]];
    for (const [at, row] of rows.entries()) to[at] = from[row] as number;
  }
  return bars;
}

function countGaps(time: Float64Array, intervalMs: number): number {
  let gaps = 0;
  for (let at = 1; at < time.length; at++) {
    if ((time[at] as number) - (time[at - 1] as number) > intervalMs) gaps += 1;
  }
  return gaps;
}

function invalid(row: number, fault: string, bar: Bar): MillraceError {
  return new MillraceError(
    'BARS_INVALID',
    `bar in row ${row} cannot be used: ${fault}; got ${JSON.stringify(bar)}`,
    {
      details: { row, fault },
      help: 'Repair the source, or give a policy that drops, sorts or keeps one of such rows.',
    },
  );
}
