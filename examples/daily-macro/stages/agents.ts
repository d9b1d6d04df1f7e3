import { PipelineStage, type StageScope, z } from 'millrace';
import { AgentReport } from '../src/agents/agent-report.ts';
import { Regime, readRegime } from '../src/agents/regime.ts';
import { agentRoster, noAnswerReason, runAgents } from '../src/agents/run-agents.ts';
import { dayOf } from '../src/base/calendar.ts';
import { MacroError } from '../src/base/macro-error.ts';
import { Tables } from '../src/data/series-table.ts';
import { withBrokenAgents } from '../src/rehearsal/broken-parts.ts';
import { rehearse } from '../src/rehearsal/rehearse.ts';
import { agentsDetail } from '../src/report/stage-detail.ts';
import { describeResult } from './describe-result.ts';

export default class Agents extends PipelineStage.of({
  description: 'Five agents read the economy and the market; one that fails is isolated.',
  inputs: z.object({ date: z.iso.date(), tables: Tables }),
  outputs: z.object({ reports: z.array(AgentReport).readonly(), regime: Regime }),
}) {
  async run(scope: StageScope<typeof Agents>) {
    await rehearse(scope);
    const { inputs } = scope;
    const { tables } = inputs;
    const asOf = dayOf(inputs.date);
    const reports = runAgents(tables, asOf, withBrokenAgents(scope.stageId, agentRoster));
    const reason = noAnswerReason(reports);
    if (reason !== undefined) throw new MacroError('NO_SIGNALS', reason);
    const regime = readRegime(tables, asOf);
    describeResult(scope, agentsDetail(reports));
    return { reports, regime };
  }
}
