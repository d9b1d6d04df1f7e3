import type { Day } from '../base/calendar.ts';

/** Daily bars in columns of one length, oldest first: a universe of objects, one a bar, would not fit a laptop. */
export interface Bars {
  readonly days: Int32Array;
  readonly open: Float64Array;
  readonly high: Float64Array;
  readonly low: Float64Array;
  readonly close: Float64Array;
  readonly volume: Float64Array;
}

export const PRICE_COLUMNS = ['open', 'high', 'low', 'close', 'volume'] as const;
export type PriceColumn = (typeof PRICE_COLUMNS)[number];

/** The newest `count` bars up to and including `asOf`. Views, not copies. */
export function newestBars(bars: Bars, asOf: Day, count: number): Bars {
  let end = bars.days.length;
  // Dates may be out of order here: only what is newer at the end is cut, and the checks see the rest.
  while (end > 0 && (bars.days[end - 1] ?? 0) > asOf) end -= 1;
  return barsBetween(bars, Math.max(0, end - count), end);
}

/** Bars by place, from `start` up to but not including `end`. Views, not copies. */
export function barsBetween(bars: Bars, start: number, end: number): Bars {
  return {
    days: bars.days.subarray(start, end),
    open: bars.open.subarray(start, end),
    high: bars.high.subarray(start, end),
    low: bars.low.subarray(start, end),
    close: bars.close.subarray(start, end),
    volume: bars.volume.subarray(start, end),
  };
}
