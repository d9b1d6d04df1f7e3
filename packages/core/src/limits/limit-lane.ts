import type { LimitUse } from '../definition/limit-definition.ts';
import type { CallResult } from './circuit-breaker.ts';
import type { CircuitHold, Lane, LimitRequest, LimitUser, Pool } from './limit-request.ts';

/** What was taken; given back once, when the attempt is over. */
export interface LimitSlots {
  leave(result: CallResult): void;
}

export type LimitAnswer =
  | { readonly kind: 'taken'; readonly slots: LimitSlots }
  /** It stands in line, and is handed out by `next` unless it withdraws. */
  | { readonly kind: 'waits'; readonly withdraw: () => void }
  | { readonly kind: 'refused'; readonly hold: CircuitHold };

/** Whose turn it is now. */
export interface LimitTurn<User> {
  readonly user: User;
  readonly slots: LimitSlots;
}

/** What a lane asks of all pools together. */
export interface LanePort {
  readonly ask: (lane: Lane, uses: readonly LimitUse[], user: LimitUser) => LimitAnswer;
  readonly tryTake: (request: LimitRequest) => LimitSlots | undefined;
  /** The lane does not use the room that the pool offered. */
  readonly decline: (pool: Pool) => void;
  readonly close: (lane: Lane) => void;
}

/**
 * One of those who use the limits of a process, such as a run. When there may be room for one of its users it is
 * woken, and takes turns as long as it can use them; what it cannot use meanwhile is for other lanes.
 */
export class LimitLane<User extends LimitUser> implements Lane {
  readonly #port: LanePort;
  readonly #wake: () => void;
  readonly #offered = new Set<Pool>();

  constructor(port: LanePort, wake: () => void) {
    this.#port = port;
    this.#wake = wake;
  }

  /** Takes what is asked for, all of it, or joins the line. */
  ask(uses: readonly LimitUse[], user: User): LimitAnswer {
    return this.#port.ask(this, uses, user);
  }

  /** The next whose turn it is; undefined when it is nobody's. */
  next(): LimitTurn<User> | undefined {
    for (const pool of this.#offered) {
      const first = pool.lineOf(this).first();
      const slots = first && this.#port.tryTake(first);
      // Only users of this lane stand in its lines.
      if (first !== undefined && slots !== undefined) return { user: first.user as User, slots };
      this.#offered.delete(pool);
      this.#port.decline(pool);
    }
    return undefined;
  }

  /** Nobody of this lane wants anything any more. */
  close(): void {
    this.#offered.clear();
    this.#port.close(this);
  }

  offer(pool: Pool): void {
    this.#offered.add(pool);
    this.#wake();
  }

  isOffered(pool: Pool): boolean {
    return this.#offered.has(pool);
  }
}
