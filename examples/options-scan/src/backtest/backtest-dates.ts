import type { BacktestRules } from './backtest-rules.ts';

/**
 * The days on which positions are chosen: the first that has a full lookback, then every `step` days, while there is
 * still a whole hold behind them.
 * @param days trading days, ascending
 */
export function backtestDates(
  days: Int32Array,
  { lookback, hold, step }: Pick<BacktestRules, 'lookback' | 'hold' | 'step'>,
): Int32Array<ArrayBuffer> {
  const last = days.length - 1 - hold;
  return days.filter(
    (_, at) => at >= lookback - 1 && at <= last && (at - lookback + 1) % step === 0,
  );
}
