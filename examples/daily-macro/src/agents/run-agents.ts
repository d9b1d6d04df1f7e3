import type { Day } from '../base/calendar.ts';
import type { Tables } from '../data/series-table.ts';
import { type AgentId, type AgentReport, type Composite, hasAnswered } from './agent-report.ts';
import { crossAssetSignals } from './cross-asset.ts';
import { fiscalSignals } from './fiscal.ts';
import { fxSignals } from './fx.ts';
import { inflationSignals } from './inflation.ts';
import { monetarySignals } from './monetary.ts';
import { type Signal, signOf, strengthOf } from './signal.ts';
import { isSignal, isSilence, readSignal, type SignalRule } from './signal-rule.ts';

export interface Agent {
  readonly id: AgentId;
  readonly rules: readonly SignalRule[];
}

export const agentRoster: readonly Agent[] = [
  { id: 'inflation', rules: inflationSignals },
  { id: 'monetary', rules: monetarySignals },
  { id: 'fiscal', rules: fiscalSignals },
  { id: 'fx', rules: fxSignals },
  { id: 'cross-asset', rules: crossAssetSignals },
];

/** Below this an agent as a whole is neutral. */
const NEUTRAL_BELOW = 0.1;

/** Mean of direction x confidence over the signals that are not neutral. */
export function compositeOf(signals: readonly Signal[]): Composite {
  const speaking = signals.filter(({ direction }) => direction !== 0);
  const sum = speaking.reduce((total, signal) => total + signal.direction * signal.confidence, 0);
  const net = speaking.length === 0 ? 0 : sum / speaking.length;
  const confidence = Math.abs(net);
  const direction = confidence < NEUTRAL_BELOW ? 0 : signOf(net);
  return { direction, confidence, strength: strengthOf(confidence) };
}

/** One agent on the tables visible at `asOf`. Its failure is data: it never stops the others. */
export function runAgent({ id: agent, rules }: Agent, tables: Tables, asOf: Day): AgentReport {
  try {
    const readings = rules.map((rule) => readSignal(rule, tables, asOf));
    const signals = readings.filter(isSignal);
    const silent = readings.filter(isSilence);
    if (signals.length === 0) return { status: 'silent', agent, silent };
    return { status: 'answered', agent, composite: compositeOf(signals), signals, silent };
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    return { status: 'failed', agent, reason };
  }
}

export function runAgents(
  tables: Tables,
  asOf: Day,
  roster: readonly Agent[] = agentRoster,
): AgentReport[] {
  return roster.map((agent) => runAgent(agent, tables, asOf));
}

/** Why a run cannot go on from these reports, or undefined when at least one agent answered. */
export function noAnswerReason(reports: readonly AgentReport[]): string | undefined {
  if (reports.some(hasAnswered)) return undefined;
  const reasons = reports.map((report) => {
    switch (report.status) {
      case 'failed':
        return `${report.agent} failed (${report.reason})`;
      case 'silent':
        return `${report.agent}: ${report.silent[0]?.reason ?? 'no rules'}`;
      default:
        return report.agent;
    }
  });
  return `no agent could answer: ${reasons.join('; ')}`;
}
