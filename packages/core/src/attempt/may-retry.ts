import type { RetryPolicy } from '../definition/index.ts';
import type { FailureRecord, ThrownRecord } from '../events/index.ts';
import type { CallResult } from '../limits/index.ts';
import type { StageSpec } from '../stage/index.ts';

/** What the config and the class of a stage say of failures. */
interface RetryRules {
  readonly policy: RetryPolicy;
  readonly spec: Pick<StageSpec, 'retryable'>;
}

/**
 * Whether what failed is tried again.
 * @param tries of a stage in this session, of an item in this attempt
 */
export function mayRetry(rules: RetryRules, failure: FailureRecord, tries: number): boolean {
  return tries < rules.policy.attempts && isWorthRetrying(rules, failure);
}

/** What a failure says of the limits that were used: one that would come back the same says nothing of them. */
export function callResultOf(rules: RetryRules, failure: FailureRecord): CallResult {
  return isWorthRetrying(rules, failure) ? 'failed' : 'other';
}

/** How long what was thrown, or its nearest cause that tells, asks to be left alone. */
export function askedWaitMs({ thrown }: FailureRecord): number | undefined {
  return chainOf(thrown).find(({ retryAfterMs }) => retryAfterMs !== undefined)?.retryAfterMs;
}

/** The lists of the config go before the filter of the class, which goes before the rule. */
function isWorthRetrying({ policy, spec }: RetryRules, failure: FailureRecord): boolean {
  // It never began, and would find the circuit open again.
  if (failure.reason === 'circuit-open') return false;
  const { on, notOn = [] } = policy;
  if (isNamedIn(notOn, failure)) return false;
  if (on !== undefined) return isNamedIn(on, failure);
  if (spec.retryable === undefined) return mayPass(failure);
  try {
    return spec.retryable(failure);
  } catch {
    // A filter that throws decides nothing.
    return mayPass(failure);
  }
}

/** An error is named by its class, or by its code; so is what caused it. */
function isNamedIn(names: readonly string[], { reason, code, thrown }: FailureRecord): boolean {
  if (names.length === 0) return false;
  const known = [reason, code, ...chainOf(thrown).flatMap((each) => [each.name, each.code])];
  return known.some((name) => name !== undefined && names.includes(name));
}

function chainOf(thrown: ThrownRecord | undefined): readonly ThrownRecord[] {
  const chain: ThrownRecord[] = [];
  for (let each = thrown; each !== undefined; each = each.cause) chain.push(each);
  return chain;
}

/** Luck may change what was thrown or took too long; a value of the wrong shape comes back the same. */
function mayPass({ reason }: FailureRecord): boolean {
  return reason === 'threw' || reason === 'timed-out' || reason === 'items-failed';
}
