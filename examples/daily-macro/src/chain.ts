import { readRegime } from './agents/regime.ts';
import { noAnswerReason, runAgents } from './agents/run-agents.ts';
import { aggregateViews } from './aggregate/aggregate-views.ts';
import { type Day, isoOf } from './base/calendar.ts';
import { MacroError } from './base/macro-error.ts';
import { type Book, emptyBook } from './book/book.ts';
import { allVisibleAt, type Tables } from './data/series-table.ts';
import { buildPortfolio } from './portfolio/build-portfolio.ts';
import { assessQuality, stopReason } from './quality/assess-quality.ts';
import { nextBook } from './report/next-book.ts';
import type { RunSummary } from './report/run-summary.ts';
import { type RunResults, summariseRun } from './report/summarise-run.ts';
import { assessRisk } from './risk/assess-risk.ts';
import { nothingPricedReason, runStrategies } from './strategies/run-strategies.ts';

export interface ChainResult extends RunResults {
  readonly summary: RunSummary;
  readonly book: Book;
}

function refuse(code: string, reason: string | undefined): void {
  if (reason !== undefined) throw new MacroError(code, reason);
}

/**
 * The eight stages as one plain call: what the pipeline computes, without the pipeline. Tests hold the two against
 * each other.
 * @throws MacroError QUALITY_FAILED, NO_SIGNALS, NOTHING_PRICED
 */
export function runChain(everything: Tables, asOf: Day, before: Book = emptyBook): ChainResult {
  const date = isoOf(asOf);
  const tables = allVisibleAt(everything, asOf);
  const quality = assessQuality(tables, asOf);
  refuse('QUALITY_FAILED', stopReason(quality, 'FAIL'));
  const reports = runAgents(tables, asOf);
  refuse('NO_SIGNALS', noAnswerReason(reports));
  const regime = readRegime(tables, asOf);
  const views = aggregateViews(reports, regime.score);
  const round = runStrategies({ tables, reports, views, regime }, asOf, before.strategyWeights);
  refuse('NOTHING_PRICED', nothingPricedReason(round));
  const portfolio = buildPortfolio({ tables, asOf, views, regime, round, book: before });
  const risk = assessRisk({ tables, portfolio, book: before });
  const results = { date, quality, reports, regime, round, portfolio, risk };
  return {
    ...results,
    summary: summariseRun(results),
    book: nextBook(date, before, round, portfolio, risk),
  };
}
