import { requireWhole } from '../base/require.ts';
import type { RegimeBorders } from '../regime/regime.ts';

/** Names and order of the features that {@link FeatureEngine} and `priceFeatures` compute. */
export const PRICE_FEATURES = [
  'volatility',
  'atr_ratio',
  'momentum',
  'volatility_of_volatility',
  'trend_strength',
  'deviation',
  'volume_ratio',
  'regime',
] as const;

export interface FeatureOptions {
  /** Bars of the features. Default 20. */
  readonly window?: number;
  /** Bars of the average true range. Default 14. */
  readonly atrWindow?: number;
  /** Returns of the slow volatility, by which the regime tells high from low. Default 4 windows. */
  readonly slowWindow?: number;
  readonly borders?: RegimeBorders;
}

/** @throws MillraceError QUANT_ARGUMENT */
export function checkFeatureOptions(options: FeatureOptions): Required<FeatureOptions> {
  const window = requireWhole('window', options.window ?? 20, 2);
  const atrWindow = requireWhole('atrWindow', options.atrWindow ?? 14, 1);
  const slowWindow = requireWhole('slowWindow', options.slowWindow ?? 4 * window, window);
  return { window, atrWindow, slowWindow, borders: options.borders ?? {} };
}

/** Bars until every feature is known. */
export function warmUpBars(options: FeatureOptions = {}): number {
  const { window, atrWindow, slowWindow } = checkFeatureOptions(options);
  return Math.max(2 * window, atrWindow + 1, slowWindow + 1);
}
