import type { Series } from './series.ts';

export interface LiquidityRules {
  /** The last close. */
  readonly minPrice: number;
  /** Shares a day. */
  readonly minVolume: number;
}

export interface Filtered {
  readonly eligible: readonly Series[];
  /** Left out for what they are; no failure. */
  readonly tooCheap: number;
  readonly tooThin: number;
}

/** Leaves out what is too cheap or too little traded to have options worth a look. */
export function filterSeries(
  series: readonly Series[],
  { minPrice, minVolume }: LiquidityRules,
): Filtered {
  const dear = series.filter(({ close }) => close >= minPrice);
  const eligible = dear.filter(({ averageVolume }) => averageVolume >= minVolume);
  return {
    eligible,
    tooCheap: series.length - dear.length,
    tooThin: dear.length - eligible.length,
  };
}
