import type { BacktestRules } from './backtest-rules.ts';

/**
 * The days on which positions are chosen: the first that has a full lookback, then every `every` days, while there is
 * still a whole hold behind them.
 * @param days trading days, ascending
 */
export function backtestDates(
  days: Int32Array,
  { lookback, hold, every }: Pick<BacktestRules, 'lookback' | 'hold' | 'every'>,
): Int32Array<ArrayBuffer> {
  const last = days.length - 1 - hold;
  return days.filter(
    (_, at) => at >= lookback - 1 && at <= last && (at - lookback + 1) % every === 0,
  );
}
