import type { Hold } from './hold.ts';
import type { LimitPool } from './limit-pool.ts';
import type { Waiting } from './waiting-line.ts';

/** The circuit of a limit is open. */
export type CircuitHold = Extract<Hold, { readonly kind: 'circuit' }>;

/** Somebody who wants to take part in limits. */
export interface LimitUser {
  /** It waits, and for another reason than it was told before. */
  readonly held: (hold: Hold) => void;
  /** It waited, the circuit opened, and it waits no more. */
  readonly refused: (hold: CircuitHold) => void;
}

/** One of those who share the pools, such as a run. */
export interface Lane {
  /** The pool has room for the first of this lane. */
  offer(pool: Pool): void;
  /** It was offered room, and has not said since that it needs none. */
  isOffered(pool: Pool): boolean;
}

export type Pool = LimitPool<Lane, LimitRequest>;

/** A share that is wanted of a pool. */
export interface PoolUse {
  readonly pool: Pool;
  readonly cost: number;
}

/** What one user wants, all of it at once or nothing. */
export class LimitRequest implements Waiting {
  readonly order: number;
  readonly lane: Lane;
  readonly uses: readonly PoolUse[];
  readonly user: LimitUser;
  isWaiting = false;
  /** How often it came first in one line and was sent to that of another pool. */
  moves = 0;

  constructor(parts: Pick<LimitRequest, 'order' | 'lane' | 'uses' | 'user'>) {
    this.order = parts.order;
    this.lane = parts.lane;
    this.uses = parts.uses;
    this.user = parts.user;
  }
}
