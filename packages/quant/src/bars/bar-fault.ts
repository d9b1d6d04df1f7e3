import type { Bar } from './bars.ts';

/** What can be wrong with a bar by itself. */
export type BarFault =
  | 'time-not-finite'
  | 'price-not-positive'
  | 'high-below-others'
  | 'low-above-others'
  | 'volume-negative';

/** The first fault of a bar, or undefined. NaN and the infinities are no prices, and no volumes. */
export function barFault({ time, open, high, low, close, volume }: Bar): BarFault | undefined {
  if (!Number.isFinite(time)) return 'time-not-finite';
  // Written so that NaN fails each test.
  const isPrice = (price: number): boolean => price > 0 && price < Number.POSITIVE_INFINITY;
  if (!(isPrice(open) && isPrice(high) && isPrice(low) && isPrice(close)))
    return 'price-not-positive';
  if (high < Math.max(open, low, close)) return 'high-below-others';
  if (low > Math.min(open, close)) return 'low-above-others';
  if (!(volume >= 0 && volume < Number.POSITIVE_INFINITY)) return 'volume-negative';
  return undefined;
}
