import { PipelineStage, type StageScope, z } from 'millrace';
import { Book, emptyBook } from '../src/book/book.ts';
import { Tables } from '../src/data/series-table.ts';
import { Portfolio } from '../src/portfolio/portfolio.ts';
import { rehearse } from '../src/rehearsal/rehearse.ts';
import { nextBook } from '../src/report/next-book.ts';
import { riskDetail } from '../src/report/stage-detail.ts';
import { assessRisk } from '../src/risk/assess-risk.ts';
import { RiskReport } from '../src/risk/risk-report.ts';
import { StrategyRound } from '../src/strategies/strategy-report.ts';
import { describeResult } from './describe-result.ts';

export default class Risk extends PipelineStage.of({
  description: 'Applies the breakers, measures the risk of what is left, and strikes the book.',
  params: z.object({
    /** Of the Monte Carlo draws. Left out: the fixed one of the code. */
    seed: z.int().optional(),
  }),
  inputs: z.object({
    date: z.iso.date(),
    tables: Tables,
    round: StrategyRound,
    portfolio: Portfolio,
    book: Book.nullable(),
  }),
  outputs: z.object({ risk: RiskReport, nextBook: Book }),
}) {
  async run(scope: StageScope<typeof Risk>) {
    await rehearse(scope);
    const { inputs, params } = scope;
    const { date, tables, round, portfolio } = inputs;
    const book = inputs.book ?? emptyBook;
    const seed = params.seed === undefined ? {} : { seed: params.seed };
    const risk = assessRisk({ tables, portfolio, book, ...seed });
    describeResult(scope, riskDetail(risk));
    return { risk, nextBook: nextBook(date, book, round, portfolio, risk) };
  }
}
