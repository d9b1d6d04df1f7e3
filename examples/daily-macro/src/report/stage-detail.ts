import { type AgentReport, countSignals } from '../agents/agent-report.ts';
import type { ClassView } from '../aggregate/class-view.ts';
import { countObservations, type Tables } from '../data/series-table.ts';
import { netPositions } from '../portfolio/net-positions.ts';
import type { QualityReport } from '../quality/quality-report.ts';
import type { RiskReport } from '../risk/risk-report.ts';
import type { StrategyRound } from '../strategies/strategy-report.ts';
import type { RunSummary } from './run-summary.ts';

/** What stands in brackets behind each stage of the printed run. */
const count = (value: number, noun: string): string => {
  return `${value.toLocaleString('en-US')} ${noun}${value === 1 ? '' : 's'}`;
};

export const percent = (share: number, digits = 1): string => {
  const text = (100 * share).toFixed(digits);
  return `${Number(text) === 0 ? (0).toFixed(digits) : text}%`;
};

export function ingestDetail(tables: Tables): string {
  const series = Object.keys(tables).length;
  return `${series} series, ${count(countObservations(tables), 'observation')}`;
}

export function qualityDetail({ score, grade, staleCount, seriesCount }: QualityReport): string {
  const stale = staleCount === 0 ? '' : `, ${staleCount} of ${seriesCount} series stale`;
  return `score: ${score.toFixed(0)}, ${grade}${stale}`;
}

export function agentsDetail(reports: readonly AgentReport[]): string {
  const failed = reports.filter(({ status }) => status !== 'answered').length;
  const note = failed === 0 ? '' : `, ${failed} without an answer`;
  return `${count(reports.length, 'agent')}, ${count(countSignals(reports), 'signal')}${note}`;
}

export function aggregateDetail(views: readonly ClassView[]): string {
  return views.map(({ assetClass, stance }) => `${assetClass} ${stance}`).join(', ');
}

export function strategiesDetail(round: StrategyRound): string {
  const skipped = round.reports.filter(({ status }) => status === 'skipped').length;
  const note = skipped === 0 ? '' : `, ${skipped} skipped`;
  const positions = netPositions(round.reports).length;
  const strategies =
    round.reports.length === 1 ? '1 strategy' : `${round.reports.length} strategies`;
  return `${strategies}, ${count(positions, 'position')}${note}`;
}

export function portfolioDetail({ leverage }: { readonly leverage: number }): string {
  return `leverage: ${leverage.toFixed(1)}x`;
}

export function riskDetail({ historical }: Pick<RiskReport, 'historical'>): string {
  return `VaR95: ${percent(historical.var95)}`;
}

export function reportDetail({ riskLevel, alerts }: RunSummary): string {
  return `risk: ${riskLevel}, ${count(alerts.length, 'alert')}`;
}
