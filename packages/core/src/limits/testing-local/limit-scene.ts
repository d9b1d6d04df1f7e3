import type { Clock } from '../../base/clock.ts';
import type { LimitDefinition, LimitUse } from '../../definition/limit-definition.ts';
import type { CallResult } from '../circuit-breaker.ts';
import type { Hold } from '../hold.ts';
import type { LimitLane, LimitSlots } from '../limit-lane.ts';
import { LimitPools } from '../limit-pools.ts';
import type { LimitUser } from '../limit-request.ts';

interface NamedUser extends LimitUser {
  readonly name: string;
}

/** A lane whose users begin as soon as it is woken, unless it is busy, and end when the test says so. */
export class SceneLane {
  /** Names in the order in which they began. */
  readonly began: string[] = [];
  readonly refused: string[] = [];
  readonly holds: (readonly [string, Hold])[] = [];
  /** It takes no turns while it is. */
  isBusy = false;
  readonly #lane: LimitLane<NamedUser>;
  readonly #running = new Map<string, LimitSlots>();
  readonly #withdrawals = new Map<string, () => void>();
  readonly #onBegin: (name: string) => void;

  constructor(pools: LimitPools, onBegin: (name: string) => void = () => {}) {
    this.#lane = pools.openLane<NamedUser>(() => this.takeTurns());
    this.#onBegin = onBegin;
  }

  ask(name: string, ...uses: readonly (string | LimitUse)[]): void {
    const user: NamedUser = {
      name,
      held: (hold) => void this.holds.push([name, hold]),
      refused: () => void this.refused.push(name),
    };
    const all = uses.map((use) => (typeof use === 'string' ? { name: use, cost: 1 } : use));
    const answer = this.#lane.ask(all, user);
    if (answer.kind === 'taken') this.#begin(name, answer.slots);
    else if (answer.kind === 'waits') this.#withdrawals.set(name, answer.withdraw);
    else this.refused.push(name);
  }

  takeTurns(): void {
    while (!this.isBusy) {
      const turn = this.#lane.next();
      if (turn === undefined) return;
      this.#begin(turn.user.name, turn.slots);
    }
  }

  end(name: string, result: CallResult = 'worked'): void {
    const slots = this.#running.get(name);
    this.#running.delete(name);
    slots?.leave(result);
  }

  withdraw(name: string): void {
    this.#withdrawals.get(name)?.();
  }

  close(): void {
    this.#lane.close();
  }

  get running(): readonly string[] {
    return [...this.#running.keys()];
  }

  #begin(name: string, slots: LimitSlots): void {
    this.began.push(name);
    this.#running.set(name, slots);
    this.#onBegin(name);
  }
}

export function limit(
  name: string,
  parts: Partial<Omit<LimitDefinition, 'name'>>,
): LimitDefinition {
  return { name, concurrency: undefined, rate: undefined, breaker: undefined, ...parts };
}

export function poolsOf(clock: Clock, ...definitions: readonly LimitDefinition[]): LimitPools {
  const pools = new LimitPools(clock);
  pools.define(definitions);
  return pools;
}
