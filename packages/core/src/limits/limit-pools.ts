import type { Clock } from '../base/clock.ts';
import type { LimitDefinition, LimitUse } from '../definition/limit-definition.ts';
import type { CallResult } from './circuit-breaker.ts';
import type { Hold } from './hold.ts';
import { type LimitAnswer, LimitLane, type LimitSlots } from './limit-lane.ts';
import { LimitPool } from './limit-pool.ts';
import { type Lane, LimitRequest, type LimitUser, type Pool } from './limit-request.ts';

/** One that was sent on so often stands in the lines of all its pools, so that nobody passes it any more. */
const MOST_MOVES = 8;

interface Obstacle {
  readonly pool: Pool;
  readonly hold: Hold;
}

/**
 * The limits of one process by name. Whoever needs several gets all of them at once or none, so that nobody holds
 * one while it waits for another; it waits in the line of the pool that lacks room. Nobody is passed by one that
 * came later, except while its lane cannot use its turn. Which turn comes next depends on the order of the calls
 * and the clock alone.
 */
export class LimitPools {
  readonly #clock: Clock;
  readonly #pools = new Map<string, Pool>();
  /** Pools in which somebody's turn may have come. */
  readonly #stirred = new Set<Pool>();
  #isSettling = false;
  #order = 0;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** These settings hold from now on, for users of earlier ones too. */
  define(definitions: readonly LimitDefinition[]): void {
    for (const definition of definitions) {
      const known = this.#pools.get(definition.name);
      if (known === undefined) {
        this.#pools.set(definition.name, new LimitPool(definition, this.#clock));
        continue;
      }
      known.redefine(definition);
      this.#stirred.add(known);
    }
    this.#settle();
  }

  /** @param wake called when there is room for the first who waits: take it with `next`, now or later */
  openLane<User extends LimitUser>(wake: () => void): LimitLane<User> {
    return new LimitLane<User>(
      {
        ask: (lane, uses, user) => this.#ask(lane, uses, user),
        tryTake: (request) => this.#tryTake(request),
        decline: (pool) => this.#stir(pool),
        close: (lane) => this.#close(lane),
      },
      wake,
    );
  }

  #ask(lane: Lane, uses: readonly LimitUse[], user: LimitUser): LimitAnswer {
    const request = new LimitRequest({ order: ++this.#order, lane, uses: this.#find(uses), user });
    const obstacle = this.#obstacle(request);
    if (obstacle === undefined) return { kind: 'taken', slots: this.#take(request) };
    const { pool, hold } = obstacle;
    if (hold.kind === 'circuit' && pool.refusesWhenOpen) return { kind: 'refused', hold };
    request.isWaiting = true;
    this.#line(request, obstacle);
    user.held(hold);
    return { kind: 'waits', withdraw: () => this.#withdraw(request) };
  }

  #find(uses: readonly LimitUse[]): LimitRequest['uses'] {
    return uses.flatMap(({ name, cost }) => {
      const pool = this.#pools.get(name);
      // The author of a class may name a limit that this pipeline does without.
      return pool === undefined ? [] : [{ pool, cost }];
    });
  }

  /** The first pool that lacks room, or in which somebody else comes first. */
  #obstacle(request: LimitRequest): Obstacle | undefined {
    for (const { pool, cost } of request.uses) {
      const hold = pool.holdFor(cost);
      if (hold !== undefined) return { pool, hold };
      const first = pool.oldest((lane) => lane === request.lane || !lane.isOffered(pool));
      if (first === undefined || first.order >= request.order) continue;
      const before = first.uses.find((use) => use.pool === pool);
      return { pool, hold: pool.holdFor(before?.cost ?? 1) ?? { kind: 'busy', limit: pool.name } };
    }
    return undefined;
  }

  #tryTake(request: LimitRequest): LimitSlots | undefined {
    if (this.#obstacle(request) !== undefined) return undefined;
    request.isWaiting = false;
    return this.#take(request);
  }

  #take({ uses }: LimitRequest): LimitSlots {
    const shares = uses.map(({ pool, cost }) => ({ pool, share: pool.take(cost) }));
    let isTaken = true;
    return {
      leave: (result: CallResult) => {
        if (!isTaken) return;
        isTaken = false;
        for (const { pool, share } of shares) {
          if (pool.leave(share, result)) this.#tellOpened(pool);
          this.#stirred.add(pool);
        }
        this.#settle();
      },
    };
  }

  /** Puts it where it lacks room; one that is sent about too often, everywhere. */
  #line(request: LimitRequest, { pool, hold }: Obstacle): void {
    const pools = request.moves < MOST_MOVES ? [pool] : request.uses.map((use) => use.pool);
    for (const each of pools) each.lineOf(request.lane).add(request);
    this.#wakeLater(pool, hold);
  }

  #withdraw(request: LimitRequest): void {
    if (!request.isWaiting) return;
    request.isWaiting = false;
    for (const { pool } of request.uses) this.#stirred.add(pool);
    this.#settle();
  }

  /** The circuit has opened: who waits is told, or sent away. */
  #tellOpened(pool: Pool): void {
    for (const request of pool.everybody()) {
      const hold = pool.holdFor(1);
      // What one of them does when it is told may reach the others.
      if (hold?.kind !== 'circuit' || !request.isWaiting) continue;
      if (pool.refusesWhenOpen) {
        request.isWaiting = false;
        request.user.refused(hold);
      } else {
        request.user.held(hold);
      }
    }
  }

  #close(lane: Lane): void {
    for (const pool of this.#pools.values()) {
      for (const request of pool.lineOf(lane).all()) request.isWaiting = false;
      pool.closeLine(lane);
      this.#stirred.add(pool);
    }
    this.#settle();
  }

  #stir(pool: Pool): void {
    this.#stirred.add(pool);
    this.#settle();
  }

  /** Hands out turns until nothing moves. What happens meanwhile is settled by the same loop. */
  #settle(): void {
    if (this.#isSettling) return;
    this.#isSettling = true;
    try {
      for (const pool of this.#stirred) {
        this.#stirred.delete(pool);
        this.#serve(pool);
      }
    } finally {
      this.#isSettling = false;
    }
  }

  #serve(pool: Pool): void {
    for (;;) {
      const first = pool.oldest((lane) => !lane.isOffered(pool));
      // Those who were offered room need no timer.
      if (first === undefined) return pool.stopTimer();
      const obstacle = this.#obstacle(first);
      if (obstacle === undefined) first.lane.offer(pool);
      else if (obstacle.pool === pool || first.moves >= MOST_MOVES) {
        return this.#wakeLater(obstacle.pool, obstacle.hold);
      } else this.#move(first, pool, obstacle);
    }
  }

  #move(request: LimitRequest, from: Pool, obstacle: Obstacle): void {
    from.lineOf(request.lane).removeFirst();
    request.moves++;
    this.#line(request, obstacle);
  }

  #wakeLater(pool: Pool, hold: Hold): void {
    if (hold.kind !== 'busy' && hold.forMs !== undefined) {
      pool.callAfter(hold.forMs, () => this.#stir(pool));
    }
  }
}
