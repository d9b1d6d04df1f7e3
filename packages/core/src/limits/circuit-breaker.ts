import { unreachable } from '../base/invariant.ts';
import type { BreakerDefinition } from '../definition/limit-definition.ts';

/** What became of an attempt, as far as the limit is concerned. `other`: it says nothing about it. */
export type CallResult = 'worked' | 'failed' | 'other';

/**
 * Whether something that fails is to be left in peace.
 *
 *              so many failures in a row            the time is over
 *   closed ────────────────────────────► open ────────────────────► half-open
 *     ▲  └─ worked: counts from 0          ▲                          │    ▲
 *     │                                    │ failed             begin │    │ other
 *     │                                    │                          ▼    │
 *     └───────────── worked ───────────────┴──────────────────────── probing
 *
 * What began before the circuit opened still ends; how it ends changes nothing then.
 */
export type CircuitState =
  | { readonly kind: 'closed'; readonly failures: number }
  | { readonly kind: 'open'; readonly untilMs: number }
  | { readonly kind: 'half-open' }
  | { readonly kind: 'probing' };

const CLOSED: CircuitState = { kind: 'closed', failures: 0 };

/** How an attempt ended that `begin` let through. */
interface EndedCall {
  readonly result: CallResult;
  readonly isProbe: boolean;
}

/** Pure: the time is given, on the monotonic clock. */
export class CircuitBreaker {
  #state: CircuitState = CLOSED;

  /** As it is by now: the passing of time moves it too. */
  state(nowMs: number): CircuitState {
    if (this.#state.kind === 'open' && nowMs >= this.#state.untilMs) {
      this.#state = { kind: 'half-open' };
    }
    return this.#state;
  }

  /** An attempt begins, which `state` must allow. True for the one that tries whether it works again. */
  begin(nowMs: number): boolean {
    const isProbe = this.state(nowMs).kind === 'half-open';
    if (isProbe) this.#state = { kind: 'probing' };
    return isProbe;
  }

  /** An attempt ended. True when the circuit opened over it. */
  end(call: EndedCall, { failures, resetMs }: BreakerDefinition, nowMs: number): boolean {
    const before = this.state(nowMs);
    this.#state = next(before, call, { failures, untilMs: nowMs + resetMs });
    return this.#state.kind === 'open' && before.kind !== 'open';
  }
}

function next(
  state: CircuitState,
  { result, isProbe }: EndedCall,
  { failures, untilMs }: { readonly failures: number; readonly untilMs: number },
): CircuitState {
  switch (state.kind) {
    case 'closed': {
      if (result === 'worked') return CLOSED;
      if (result === 'other') return state;
      const inARow = state.failures + 1;
      return inARow < failures ? { kind: 'closed', failures: inARow } : { kind: 'open', untilMs };
    }
    case 'probing':
      if (!isProbe) return state;
      if (result === 'worked') return CLOSED;
      return result === 'failed' ? { kind: 'open', untilMs } : { kind: 'half-open' };
    case 'open':
    case 'half-open':
      return state;
    default:
      return unreachable(state, 'unknown state of a circuit');
  }
}
