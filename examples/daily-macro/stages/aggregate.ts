import { PipelineStage, type StageScope, z } from 'millrace';
import { AgentReport } from '../src/agents/agent-report.ts';
import { Regime } from '../src/agents/regime.ts';
import { aggregateViews } from '../src/aggregate/aggregate-views.ts';
import { ClassView } from '../src/aggregate/class-view.ts';
import { rehearse } from '../src/rehearsal/rehearse.ts';
import { aggregateDetail } from '../src/report/stage-detail.ts';
import { describeResult } from './describe-result.ts';

export default class Aggregate extends PipelineStage.of({
  description: 'One view for each asset class from the composites of the agents.',
  inputs: z.object({ reports: z.array(AgentReport).readonly(), regime: Regime }),
  outputs: z.object({ views: z.array(ClassView).readonly() }),
}) {
  async run(scope: StageScope<typeof Aggregate>) {
    await rehearse(scope);
    const { inputs } = scope;
    const views = aggregateViews(inputs.reports, inputs.regime.score);
    describeResult(scope, aggregateDetail(views));
    return { views };
  }
}
