import { requirePositive } from '../base/require.ts';
import { tailLoss } from '../statistics/tail-loss.ts';
import {
  type AccountState,
  DEFAULT_LIMITS,
  type Position,
  type RiskBreach,
  type RiskDecision,
  type RiskLimits,
} from './risk-limits.ts';

type Limits = Required<RiskLimits>;

/** A position on its way through the limits. */
interface Candidate {
  readonly position: Position;
  weight: number;
}

/**
 * Cuts what is wanted down to what the limits allow. In this order: drawdown, daily loss, stop losses, single
 * positions, groups, leverage, value at risk; groups, leverage and value at risk scale their positions in proportion. Pure: the same
 * account and positions give the same decision.
 * @throws MillraceError QUANT_ARGUMENT for an equity that is not above 0
 */
export function checkRisk(
  account: AccountState,
  positions: readonly Position[],
  given: RiskLimits = {},
): RiskDecision {
  const limits: Limits = { ...DEFAULT_LIMITS, ...given };
  for (const name of ['equity', 'peakEquity', 'dayStartEquity'] as const) {
    requirePositive(name, account[name]);
  }
  const breaches: RiskBreach[] = [];
  const drawdown = 1 - account.equity / account.peakEquity;
  if (drawdown >= limits.drawdown) {
    breaches.push({ limit: 'drawdown', got: drawdown, allowed: limits.drawdown });
    return { mode: 'kill', weights: weightsOf(positions.map(closed)), breaches };
  }
  const candidates = positions.map((position) => ({ position, weight: position.wanted }));
  const dailyLoss = 1 - account.equity / account.dayStartEquity;
  const isReduceOnly = dailyLoss >= limits.dailyLoss;
  if (isReduceOnly)
    breaches.push({ limit: 'dailyLoss', got: dailyLoss, allowed: limits.dailyLoss });
  for (const candidate of candidates) limitOne(candidate, isReduceOnly, limits, breaches);
  limitGroups(candidates, limits, breaches);
  limitLeverage(candidates, limits, breaches);
  limitTail(candidates, limits, breaches);
  const mode = isReduceOnly ? 'reduce-only' : 'trade';
  return { mode, weights: weightsOf(candidates), breaches };
}

const closed = (position: Position): Candidate => ({ position, weight: 0 });

const weightsOf = (candidates: readonly Candidate[]): Readonly<Record<string, number>> =>
  Object.fromEntries(candidates.map(({ position, weight }) => [position.id, weight]));

function limitOne(
  candidate: Candidate,
  isReduceOnly: boolean,
  limits: Limits,
  breaches: RiskBreach[],
): void {
  const { id, held, gain = 0 } = candidate.position;
  if (!Number.isFinite(candidate.weight)) {
    breaches.push({ limit: 'not-a-number', id, got: candidate.weight, allowed: 0 });
    candidate.weight = 0;
  }
  if (isReduceOnly) candidate.weight = between0And(held, candidate.weight);
  if (-gain >= limits.stopLoss) {
    breaches.push({ limit: 'stopLoss', id, got: -gain, allowed: limits.stopLoss });
    candidate.weight = 0;
  }
  const size = Math.abs(candidate.weight);
  if (size <= limits.position) return;
  breaches.push({ limit: 'position', id, got: size, allowed: limits.position });
  candidate.weight = Math.sign(candidate.weight) * limits.position;
}

/** The part of a wanted weight that takes risk off what is held: never more, never the other side. */
function between0And(held: number, wanted: number): number {
  if (Math.sign(wanted) !== Math.sign(held)) return 0;
  return Math.sign(held) * Math.min(Math.abs(held), Math.abs(wanted));
}

function limitGroups(candidates: readonly Candidate[], limits: Limits, breaches: RiskBreach[]) {
  const groups = Map.groupBy(candidates, ({ position }) => position.group ?? position.id);
  for (const [id, members] of groups) {
    const got = grossOf(members);
    if (got <= limits.concentration) continue;
    breaches.push({ limit: 'concentration', id, got, allowed: limits.concentration });
    scale(members, limits.concentration / got);
  }
}

function limitLeverage(candidates: readonly Candidate[], limits: Limits, breaches: RiskBreach[]) {
  const got = grossOf(candidates);
  if (got <= limits.leverage) return;
  breaches.push({ limit: 'leverage', got, allowed: limits.leverage });
  scale(candidates, limits.leverage / got);
}

/** Value at risk is proportional to the weights, so that scaling them meets it. */
function limitTail(candidates: readonly Candidate[], limits: Limits, breaches: RiskBreach[]) {
  const withReturns = candidates.filter(({ position }) => position.returns !== undefined);
  const count = Math.min(...withReturns.map(({ position }) => position.returns?.length ?? 0));
  if (withReturns.length === 0 || count === 0) return;
  const returns = Float64Array.from({ length: count }, (_, at) =>
    withReturns.reduce((sum, { position, weight }) => {
      return sum + weight * (position.returns?.[at] ?? 0);
    }, 0),
  );
  const got = tailLoss(returns, 0.95).valueAtRisk;
  if (got <= limits.valueAtRisk) return;
  breaches.push({ limit: 'valueAtRisk', got, allowed: limits.valueAtRisk });
  scale(withReturns, limits.valueAtRisk / got);
}

const grossOf = (candidates: readonly Candidate[]): number =>
  candidates.reduce((sum, { weight }) => sum + Math.abs(weight), 0);

function scale(candidates: readonly Candidate[], by: number): void {
  for (const candidate of candidates) candidate.weight *= by;
}
