import { type AgentReport, type AnsweredReport, hasAnswered } from '../agents/agent-report.ts';
import { agentResponse, agentWeights } from './agent-weights.ts';
import { type AssetClass, assetClasses } from './asset-class.ts';
import type { ClassView, Stance } from './class-view.ts';

const STANCE_BOUND = 0.1;
const CONFLICT_WEIGHT = 0.1;
const EXTREME_REGIME = 0.7;

/** The agent's direction turned into that of a long position in the class. */
function directionFor({ agent, composite }: AnsweredReport, assetClass: AssetClass): number {
  return composite.direction * agentResponse[agent][assetClass];
}

/** sum(direction x weight x confidence) / sum(weight) over the agents that answered; 0 when none did. */
export function netOf(reports: readonly AnsweredReport[], assetClass: AssetClass): number {
  let weighted = 0;
  let total = 0;
  for (const report of reports) {
    const weight = agentWeights[report.agent][assetClass];
    weighted += directionFor(report, assetClass) * weight * report.composite.confidence;
    total += weight;
  }
  return total === 0 ? 0 : weighted / total;
}

export function stanceOf(net: number): Stance {
  if (net > STANCE_BOUND) return 'long';
  return net < -STANCE_BOUND ? 'short' : 'neutral';
}

function conflictsWith(net: number, reports: readonly AnsweredReport[], assetClass: AssetClass) {
  if (stanceOf(net) === 'neutral') return [];
  return reports
    .filter((report) => agentWeights[report.agent][assetClass] > CONFLICT_WEIGHT)
    .filter((report) => directionFor(report, assetClass) * net < 0)
    .map(({ agent }) => agent);
}

/** One view for each asset class, in their fixed order. A regime beyond .7 either way halves every net. */
export function aggregateViews(reports: readonly AgentReport[], regimeScore: number): ClassView[] {
  const answered = reports.filter(hasAnswered);
  const halved = Math.abs(regimeScore) > EXTREME_REGIME;
  return assetClasses.map((assetClass) => {
    const net = netOf(answered, assetClass) * (halved ? 0.5 : 1);
    return {
      assetClass,
      net,
      stance: stanceOf(net),
      conflicts: conflictsWith(net, answered, assetClass),
      halved,
      answered: answered.length,
    };
  });
}
