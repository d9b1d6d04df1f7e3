import { PipelineStage, type StageScope, z } from 'millrace';
import { AgentReport } from '../src/agents/agent-report.ts';
import { Regime } from '../src/agents/regime.ts';
import { Portfolio } from '../src/portfolio/portfolio.ts';
import { QualityReport } from '../src/quality/quality-report.ts';
import { rehearse } from '../src/rehearsal/rehearse.ts';
import { RunSummary } from '../src/report/run-summary.ts';
import { reportDetail } from '../src/report/stage-detail.ts';
import { summariseRun } from '../src/report/summarise-run.ts';
import { RiskReport } from '../src/risk/risk-report.ts';
import { StrategyRound } from '../src/strategies/strategy-report.ts';
import { describeResult } from './describe-result.ts';

export default class Report extends PipelineStage.of({
  description: 'Writes the summary of the run: the figures that people read.',
  inputs: z.object({
    date: z.iso.date(),
    quality: QualityReport,
    reports: z.array(AgentReport).readonly(),
    regime: Regime,
    round: StrategyRound,
    portfolio: Portfolio,
    risk: RiskReport,
  }),
  outputs: z.object({ summary: RunSummary }),
}) {
  async run(scope: StageScope<typeof Report>) {
    await rehearse(scope);
    const { inputs } = scope;
    const summary = summariseRun(inputs);
    describeResult(scope, reportDetail(summary));
    return { summary };
  }
}
