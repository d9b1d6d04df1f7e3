import { type AgentReport, countSignals, hasAnswered } from '../agents/agent-report.ts';
import type { Regime } from '../agents/regime.ts';
import type { Portfolio } from '../portfolio/portfolio.ts';
import type { QualityReport } from '../quality/quality-report.ts';
import type { RiskReport } from '../risk/risk-report.ts';
import type { StrategyRound } from '../strategies/strategy-report.ts';
import type { RunSummary } from './run-summary.ts';

const TOP_POSITIONS = 5;

export interface RunResults {
  readonly date: string;
  readonly quality: QualityReport;
  readonly reports: readonly AgentReport[];
  readonly regime: Regime;
  readonly round: StrategyRound;
  readonly portfolio: Portfolio;
  readonly risk: RiskReport;
}

/** What fell short without stopping the run: data quality, agents, signals, strategies, prices. */
export function shortfallsOf({
  quality,
  reports,
  round,
}: Pick<RunResults, 'quality' | 'reports' | 'round'>): string[] {
  const data =
    quality.grade === 'PASS'
      ? []
      : [`data quality ${quality.score.toFixed(1)} is ${quality.grade}`];
  const agents = reports.flatMap((report): string[] => {
    switch (report.status) {
      case 'failed':
        return [`agent ${report.agent} failed: ${report.reason}`];
      case 'silent':
        return [`agent ${report.agent} is silent: ${report.silent[0]?.reason ?? 'no rules'}`];
      case 'answered':
        return report.silent.map(({ id, reason }) => `signal ${report.agent}/${id}: ${reason}`);
      default:
        return report satisfies never;
    }
  });
  const strategies = round.reports.flatMap((report): string[] => {
    if (report.status === 'skipped')
      return [`strategy ${report.strategy} skipped: ${report.reason}`];
    return report.unpriced.map((id) => `strategy ${report.strategy}: ${id} has no current price`);
  });
  return [...data, ...agents, ...strategies];
}

export function summariseRun(results: RunResults): RunSummary {
  const { quality, reports, regime, portfolio, risk } = results;
  const held = Object.entries(risk.weights).map(([instrument, weight]) => ({ instrument, weight }));
  return {
    date: results.date,
    quality: { score: quality.score, grade: quality.grade },
    agentsAnswered: reports.filter(hasAnswered).length,
    agentsTotal: reports.length,
    signals: countSignals(reports),
    positions: held.length,
    topPositions: held
      .sort((a, b) => Math.abs(b.weight) - Math.abs(a.weight))
      .slice(0, TOP_POSITIONS),
    leverage: risk.leverage,
    var95: risk.historical.var95,
    varMethod: risk.historical.method,
    regime: regime.label,
    regimeScore: regime.score,
    riskLevel: risk.level,
    alerts: risk.alerts,
    equityDollars: portfolio.mark.equityDollars,
    shortfalls: shortfallsOf(results),
  };
}
