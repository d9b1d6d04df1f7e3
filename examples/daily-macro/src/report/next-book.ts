import type { Book } from '../book/book.ts';
import type { Portfolio } from '../portfolio/portfolio.ts';
import type { RiskReport } from '../risk/risk-report.ts';
import { proposalsOf, type StrategyRound } from '../strategies/strategy-report.ts';

/** The book that the next run starts from. Attribution of a position that was only kept stays as it was. */
export function nextBook(
  date: string,
  before: Book,
  round: StrategyRound,
  { mark, targets, priced }: Portfolio,
  { weights, breaker }: RiskReport,
): Book {
  const fresh = new Map(targets.map(({ instrument, attribution }) => [instrument, attribution]));
  const attribution = Object.fromEntries(
    Object.keys(weights).map((id) => [id, { ...(fresh.get(id) ?? before.attribution[id] ?? {}) }]),
  );
  const strategyWeights = Object.fromEntries(
    round.reports.map((report) => {
      const proposed = proposalsOf(report).map(({ instrument, weight }) => [instrument, weight]);
      return [report.strategy, Object.fromEntries(proposed)];
    }),
  );
  return {
    date,
    priced: priced ?? before.priced,
    equityDollars: mark.equityDollars,
    highWaterDollars: mark.highWaterDollars,
    weights: { ...weights },
    attribution,
    strategyWeights,
    breaker,
  };
}
