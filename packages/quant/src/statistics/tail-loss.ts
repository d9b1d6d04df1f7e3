import { requireCount, requireWithin } from '../base/require.ts';
import { mean } from './simple-statistics.ts';

export interface TailLoss {
  /** The loss that is exceeded in 1 - `confidence` of the periods; a share, positive for a loss. */
  readonly valueAtRisk: number;
  /** Mean loss of the periods that lose at least that much. */
  readonly expectedShortfall: number;
}

/**
 * Historical value at risk and expected shortfall. The quantile is the smallest return r for which at least
 * 1 - `confidence` of all returns are r or less. Source: P. Jorion, Value at Risk (2006); for the shortfall, C. Acerbi and
 * D. Tasche, On the coherence of expected shortfall (2002).
 * @throws MillraceError SERIES_TOO_SHORT without returns
 */
export function tailLoss(returns: Float64Array, confidence = 0.95): TailLoss {
  requireCount('returns', returns.length, 1);
  requireWithin('confidence', confidence, [0.5, 1 - Number.EPSILON]);
  const sorted = Array.from(returns.toSorted());
  // 1 - .95 is a little more than .05, which would move the rank up by one.
  const share = Math.round((1 - confidence) * 1e12) / 1e12;
  const place = Math.max(0, Math.ceil(share * sorted.length - 1e-9) - 1);
  const quantile = sorted[place] as number;
  const tail = sorted.filter((value) => value <= quantile);
  return { valueAtRisk: 0 - quantile, expectedShortfall: 0 - mean(tail) };
}
