import { z } from '../base/schema.ts';
import { mean, sampleDeviation } from '../base/statistics.ts';
import type { Trade } from './trade.ts';

const TRADING_DAYS = 252;

/** What a backtest came to. Shares, not percent; null where there is nothing to measure. */
export const BacktestResult = z
  .object({
    dates: z.int(),
    trades: z.int(),
    /** Of the trades, those that returned at least the threshold. */
    winRate: z.number().nullable(),
    /** Of a trade. */
    averageReturn: z.number().nullable(),
    /** Of the equal-weighted book of all open trades, from its highest value: .12 is a loss of 12 %. */
    maxDrawdown: z.number().nullable(),
    /** Mean over deviation of the daily returns of that book, times the root of 252. */
    sharpe: z.number().nullable(),
    finalValue: z.number(),
  })
  .readonly();
export type BacktestResult = z.infer<typeof BacktestResult>;

export function summariseTrades(
  trades: readonly Trade[],
  { dates, threshold }: { readonly dates: number; readonly threshold: number },
): BacktestResult {
  const daily = dailyReturns(trades);
  const deviation = sampleDeviation(daily);
  const totals = trades.map(({ total }) => total);
  const wins = totals.filter((total) => total >= threshold).length;
  const { drawdown, value } = walk(daily);
  const some = trades.length > 0;
  return {
    ...{ dates, trades: trades.length, finalValue: value },
    winRate: some ? wins / trades.length : null,
    averageReturn: some ? mean(totals) : null,
    maxDrawdown: some ? drawdown : null,
    sharpe: deviation > 0 ? (mean(daily) / deviation) * Math.sqrt(TRADING_DAYS) : null,
  };
}

/** Each day the mean of the trades that are open, in the order of the days. */
function dailyReturns(trades: readonly Trade[]): Float64Array {
  const byDay = Map.groupBy(
    trades.flatMap(({ days }) => days),
    ({ day }) => day,
  );
  const days = [...byDay].sort(([a], [b]) => a - b);
  return Float64Array.from(days, ([, returns]) => mean(returns.map(({ value }) => value)));
}

function walk(daily: Float64Array): { readonly drawdown: number; readonly value: number } {
  let [value, peak, drawdown] = [1, 1, 0];
  for (const change of daily) {
    value *= 1 + change;
    peak = Math.max(peak, value);
    drawdown = Math.max(drawdown, 1 - value / peak);
  }
  return { drawdown, value };
}
