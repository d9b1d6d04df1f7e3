import { PipelineStage, type StageScope, z } from 'millrace';
import { Regime } from '../src/agents/regime.ts';
import { ClassView } from '../src/aggregate/class-view.ts';
import { dayOf } from '../src/base/calendar.ts';
import { Book, emptyBook } from '../src/book/book.ts';
import { Tables } from '../src/data/series-table.ts';
import { buildPortfolio } from '../src/portfolio/build-portfolio.ts';
import { Portfolio } from '../src/portfolio/portfolio.ts';
import { rehearse } from '../src/rehearsal/rehearse.ts';
import { portfolioDetail } from '../src/report/stage-detail.ts';
import { StrategyRound } from '../src/strategies/strategy-report.ts';
import { describeResult } from './describe-result.ts';

export default class BuildPortfolio extends PipelineStage.of({
  description: 'Turns the proposals into target weights and trades.',
  inputs: z.object({
    date: z.iso.date(),
    tables: Tables,
    regime: Regime,
    views: z.array(ClassView).readonly(),
    round: StrategyRound,
    book: Book.nullable(),
  }),
  outputs: z.object({ portfolio: Portfolio }),
}) {
  async run(scope: StageScope<typeof BuildPortfolio>) {
    await rehearse(scope);
    const { inputs } = scope;
    const { date, book, ...rest } = inputs;
    const portfolio = buildPortfolio({ ...rest, asOf: dayOf(date), book: book ?? emptyBook });
    describeResult(scope, portfolioDetail(portfolio));
    return { portfolio };
  }
}
