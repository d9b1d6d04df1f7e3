import type { Execution } from '../broker/execution.ts';
import type { GateDecision } from '../gate/check-gate.ts';
import type { RiskDecision } from '../risk/check-risk.ts';
import type { Score } from '../scoring/score-signal.ts';
import type { Sentiment } from '../sentiment/sentiment.ts';
import type { Validation } from '../technical/validate-signal.ts';

/** How a message can end. `buffered` is not among them: it is where a message waits for its batch. */
export const FINAL_STATUSES = [
  ...(['duplicate', 'no_consensus', 'vetoed', 'low_score', 'risk_rejected'] as const),
  ...(['gate_closed', 'executed', 'error'] as const),
];
export type FinalStatus = (typeof FINAL_STATUSES)[number];

/** What the stages wrote, as far as they ran. */
export interface Decisions {
  readonly copyOf?: string | null;
  readonly sentiment?: Sentiment;
  readonly validation?: Validation;
  readonly score?: Score;
  readonly risk?: RiskDecision;
  readonly gate?: GateDecision;
  readonly execution?: Execution;
}

/** The status of a message that went through the trade pipeline, and why: the last stage that ran says so. */
export function statusOf(decisions: Decisions): { status: FinalStatus; reason: string } {
  const { validation, score, risk, gate, execution } = decisions;
  if (execution?.kind === 'placed') return { status: 'executed', reason: orderText(execution) };
  if (execution?.kind === 'recorded')
    return { status: 'gate_closed', reason: gate?.reasons.join('; ') ?? '' };
  if (risk !== undefined && !risk.approved) return { status: 'risk_rejected', reason: risk.reason };
  if (score !== undefined && score.tier === 'none')
    return { status: 'low_score', reason: `a score of ${score.score.toFixed(1)}` };
  if (validation?.verdict === 'VETO')
    return { status: 'vetoed', reason: validation.reasons.join('; ') };
  return { status: 'error', reason: 'no stage decided it' };
}

function orderText({ order }: Extract<Execution, { kind: 'placed' }>): string {
  const { side, quantity, ticker, price, stop, target } = order;
  const prices = `stop ${stop.toFixed(2)}, target ${target.toFixed(2)}`;
  return `${side} ${quantity} ${ticker} at ${price.toFixed(2)}, ${prices}`;
}
