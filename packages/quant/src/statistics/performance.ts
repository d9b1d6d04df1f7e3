import { requireCount, requirePositive } from '../base/require.ts';
import { equityCurve } from './returns.ts';
import { mean, sampleStandardDeviation } from './simple-statistics.ts';

export interface PerformanceOptions {
  /** Returns in a year. Default 252. */
  readonly periodsPerYear?: number;
  /** A year's risk-free return as a share. Default .02. */
  readonly riskFree?: number;
}

/** Figures are null where the formula divides by 0: nothing varied, nothing was lost. */
export interface Performance {
  /** Product of 1 + return, less 1. */
  readonly totalReturn: number;
  /** A year's return at the same compounded rate. */
  readonly annualReturn: number;
  /** Sample deviation times the square root of the periods. */
  readonly annualVolatility: number;
  readonly sharpe: number | null;
  readonly sortino: number | null;
  /** Largest share lost since a peak, 0 or more. */
  readonly maxDrawdown: number;
  readonly calmar: number | null;
  /** Share of returns above 0 among those that are not 0. */
  readonly winRate: number | null;
  /** Sum of gains over sum of losses. */
  readonly profitFactor: number | null;
}

/**
 * Usual figures of a series of returns per period, as shares.
 * Sharpe: mean excess over its sample deviation, annualised (W. F. Sharpe, The Sharpe Ratio, 1994). Sortino: mean
 * excess over the root mean square of the shortfalls below the risk-free return, over all periods (F. Sortino and
 * R. van der Meer, Downside Risk, 1991). Calmar: annual return over the largest drawdown (T. Young, 1991).
 * @throws MillraceError SERIES_TOO_SHORT for fewer than two returns
 */
export function measurePerformance(
  returns: Float64Array,
  { periodsPerYear = 252, riskFree = 0.02 }: PerformanceOptions = {},
): Performance {
  requireCount('returns', returns.length, 2);
  requirePositive('periodsPerYear', periodsPerYear);
  const perPeriod = riskFree / periodsPerYear;
  const excess = Array.from(returns, (value) => value - perPeriod);
  const meanExcess = mean(excess);
  const deviation = sampleStandardDeviation(excess);
  const shortfall = Math.sqrt(mean(excess.map((value) => Math.min(0, value) ** 2)));
  const root = Math.sqrt(periodsPerYear);
  const equity = equityCurve(returns);
  const final = equity[equity.length - 1] as number;
  const annualReturn = final > 0 ? final ** (periodsPerYear / returns.length) - 1 : -1;
  const drawdown = maxDrawdown(equity);
  return {
    totalReturn: final - 1,
    annualReturn,
    annualVolatility: deviation * root,
    sharpe: ratio(meanExcess * root, deviation),
    sortino: ratio(meanExcess * root, shortfall),
    maxDrawdown: drawdown,
    calmar: ratio(annualReturn, drawdown),
    ...gainsAndLosses(returns),
  };
}

/** Equal returns leave a deviation of rounding errors, over which everything would look splendid. */
const NOTHING = 1e-15;

const ratio = (over: number, under: number): number | null =>
  under > NOTHING ? over / under : null;

function gainsAndLosses(returns: Float64Array): Pick<Performance, 'winRate' | 'profitFactor'> {
  let gains = 0;
  let losses = 0;
  let wins = 0;
  let moved = 0;
  for (const value of returns) {
    if (value === 0) continue;
    moved += 1;
    if (value > 0) wins += 1;
    if (value > 0) gains += value;
    else losses -= value;
  }
  return { winRate: ratio(wins, moved), profitFactor: ratio(gains, losses) };
}

/** Largest share lost since a peak of the curve, whose worth before its first entry is 1. */
export function maxDrawdown(equity: Float64Array): number {
  let peak = 1;
  let worst = 0;
  for (const worth of equity) {
    peak = Math.max(peak, worth);
    worst = Math.max(worst, 1 - worth / peak);
  }
  return worst;
}
