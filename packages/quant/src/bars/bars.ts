/**
 * Bars of one instrument as columns of equal length, oldest first. Columns, since an object per bar costs ten times
 * the memory and, over a million bars, most of the time.
 */
export interface Bars {
  /** When the bar ended and is known: milliseconds since 1970, UTC. Strictly rising. */
  readonly time: Float64Array;
  /** Prices in the currency of the instrument, above 0. */
  readonly open: Float64Array;
  readonly high: Float64Array;
  readonly low: Float64Array;
  readonly close: Float64Array;
  /** Units traded, 0 or more. */
  readonly volume: Float64Array;
}

/** One bar, at the border to code that gets them one by one. Units as in {@link Bars}. */
export interface Bar {
  readonly time: number;
  readonly open: number;
  readonly high: number;
  readonly low: number;
  readonly close: number;
  readonly volume: number;
}

export const BAR_COLUMNS = ['time', 'open', 'high', 'low', 'close', 'volume'] as const;
export type BarColumn = (typeof BAR_COLUMNS)[number];

/** Bars with room for `count`, all 0. */
export function allocateBars(count: number): Bars {
  const column = (): Float64Array => new Float64Array(count);
  return {
    time: column(),
    open: column(),
    high: column(),
    low: column(),
    close: column(),
    volume: column(),
  };
}

/** A copy of bar `index`. */
export function barAt(bars: Bars, index: number): Bar {
  return {
    time: bars.time[index] as number,
    open: bars.open[index] as number,
    high: bars.high[index] as number,
    low: bars.low[index] as number,
    close: bars.close[index] as number,
    volume: bars.volume[index] as number,
  };
}

/** Bars `from` up to but not including `to`; views, not copies. */
export function sliceBars(bars: Bars, from: number, to: number = bars.time.length): Bars {
  return {
    time: bars.time.subarray(from, to),
    open: bars.open.subarray(from, to),
    high: bars.high.subarray(from, to),
    low: bars.low.subarray(from, to),
    close: bars.close.subarray(from, to),
    volume: bars.volume.subarray(from, to),
  };
}
