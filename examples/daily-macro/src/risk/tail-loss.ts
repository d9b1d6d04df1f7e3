import { element } from '../base/element.ts';
import { z } from '../base/schema.ts';
import { mean, quantileSorted, sampleStandardDeviation } from '../base/statistics.ts';

/** One-day losses as returns: negative for a loss, shares of equity. CVaR is the mean beyond VaR. */
export const TailLoss = z
  .object({
    method: z.enum(['historical', 'parametric', 'monte-carlo']),
    var95: z.number(),
    cvar95: z.number(),
    var99: z.number(),
    cvar99: z.number(),
    /** Observations or draws. */
    observations: z.int().min(0),
  })
  .readonly();
export type TailLoss = z.infer<typeof TailLoss>;

const MINIMUM_HISTORY = 252;

/** Standard normal quantiles at 5 % and 1 %. */
const Z95 = -1.6448536269514722;
const Z99 = -2.3263478740408408;

const density = (z: number): number => Math.exp(-0.5 * z * z) / Math.sqrt(2 * Math.PI);

/** The quantile, interpolated linearly (type 7 of Hyndman and Fan 1996), and the mean of what lies at or below it. */
function tailOf(
  sorted: readonly number[],
  probability: number,
): [quantile: number, beyond: number] {
  const quantile = quantileSorted([...sorted], probability);
  const beyond = sorted.filter((value) => value <= quantile);
  return [quantile, beyond.length === 0 ? element(sorted, 0) : mean(beyond)];
}

/** VaR and CVaR of a sample of returns, straight from its order. */
export function sampleTail(method: TailLoss['method'], returns: readonly number[]): TailLoss {
  const sorted = [...returns].sort((a, b) => a - b);
  const [var95, cvar95] = tailOf(sorted, 0.05);
  const [var99, cvar99] = tailOf(sorted, 0.01);
  return { method, var95, cvar95, var99, cvar99, observations: returns.length };
}

/**
 * Normal returns: VaR = mean + z s, CVaR = mean - s density(z) / p.
 * A. McNeil, R. Frey, P. Embrechts, Quantitative Risk Management, 2nd edition, examples 2.11 and 2.14.
 */
export function parametricTail(returns: readonly number[]): TailLoss {
  const average = returns.length === 0 ? 0 : mean([...returns]);
  const deviation = returns.length < 2 ? 0 : sampleStandardDeviation([...returns]);
  return {
    method: 'parametric',
    var95: average + Z95 * deviation,
    cvar95: average - (deviation * density(Z95)) / 0.05,
    var99: average + Z99 * deviation,
    cvar99: average - (deviation * density(Z99)) / 0.01,
    observations: returns.length,
  };
}

/** Historical with at least 252 observations, else parametric, labelled as such. */
export function historicalTail(returns: readonly number[]): TailLoss {
  return returns.length >= MINIMUM_HISTORY
    ? sampleTail('historical', returns)
    : parametricTail(returns);
}
