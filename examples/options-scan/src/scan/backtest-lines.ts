import type { BacktestResult } from '../backtest/summarise-trades.ts';
import { count, percent } from '../base/figures.ts';

const RULE = '-'.repeat(72);

/** What a backtest came to, and what it is worth. */
export function backtestLines(result: BacktestResult): readonly string[] {
  const { dates, trades, winRate, averageReturn, maxDrawdown, sharpe, finalValue } = result;
  const share = (value: number | null): string => (value === null ? 'none' : percent(value, 2));
  return [
    RULE,
    `Dates:         ${count(dates)}`,
    `Trades:        ${count(trades)}`,
    `Win rate:      ${share(winRate)}`,
    `Average:       ${share(averageReturn)} a trade`,
    `Max drawdown:  ${share(maxDrawdown)}`,
    `Sharpe:        ${sharpe === null ? 'none' : sharpe.toFixed(2)}`,
    `1.00 became:   ${finalValue.toFixed(2)}`,
    RULE,
    'Most tickers are generated, each by itself, so that they hardly ever fall together; trades are',
    'of the underlying and cost nothing. This shows that the machinery works, and nothing of a market.',
  ];
}
