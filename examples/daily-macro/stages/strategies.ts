import { PipelineStage, type StageScope, z } from 'millrace';
import { AgentReport } from '../src/agents/agent-report.ts';
import { Regime } from '../src/agents/regime.ts';
import { ClassView } from '../src/aggregate/class-view.ts';
import { dayOf } from '../src/base/calendar.ts';
import { MacroError } from '../src/base/macro-error.ts';
import { Book, emptyBook } from '../src/book/book.ts';
import { Tables } from '../src/data/series-table.ts';
import { withBrokenStrategies } from '../src/rehearsal/broken-parts.ts';
import { rehearse } from '../src/rehearsal/rehearse.ts';
import { strategiesDetail } from '../src/report/stage-detail.ts';
import {
  nothingPricedReason,
  runStrategies,
  strategyRoster,
} from '../src/strategies/run-strategies.ts';
import { StrategyRound } from '../src/strategies/strategy-report.ts';
import { describeResult } from './describe-result.ts';

export default class Strategies extends PipelineStage.of({
  description: 'Eight strategies propose weights; one that fails is skipped and recorded.',
  inputs: z.object({
    date: z.iso.date(),
    tables: Tables,
    reports: z.array(AgentReport).readonly(),
    regime: Regime,
    views: z.array(ClassView).readonly(),
    /** Null before the first run. */
    book: Book.nullable(),
  }),
  outputs: z.object({ round: StrategyRound }),
}) {
  async run(scope: StageScope<typeof Strategies>) {
    await rehearse(scope);
    const { inputs } = scope;
    const { date, book, ...view } = inputs;
    const prior = (book ?? emptyBook).strategyWeights;
    const roster = withBrokenStrategies(scope.stageId, strategyRoster);
    const round = runStrategies(view, dayOf(date), prior, roster);
    const reason = nothingPricedReason(round);
    if (reason !== undefined) throw new MacroError('NOTHING_PRICED', reason);
    describeResult(scope, strategiesDetail(round));
    return { round };
  }
}
