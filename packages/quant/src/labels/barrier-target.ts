import type { Bars } from '../bars/bars.ts';
import { averageTrueRange } from '../indicators/average-true-range.ts';
import { exponentialDeviation } from '../statistics/exponential-deviation.ts';
import { simpleReturns } from '../statistics/returns.ts';

/** What scales the barriers. */
export type BarrierTarget =
  /** Exponentially weighted deviation of the returns, bias-corrected; the default of López de Prado is a span of 100. */
  | { readonly kind: 'deviation'; readonly span: number }
  /** Wilder's average true range over the close. */
  | { readonly kind: 'atr'; readonly window: number };

/** The target of each bar as a share of its close, from that bar and those before it; NaN while unknown. */
export function barrierTargets(bars: Bars, target: BarrierTarget): Float64Array {
  switch (target.kind) {
    case 'deviation':
      return exponentialDeviation(simpleReturns(bars.close), target.span);
    case 'atr':
      return averageTrueRange(bars, target.window).map(
        (range, at) => range / (bars.close[at] as number),
      );
    default:
      return target satisfies never;
  }
}
