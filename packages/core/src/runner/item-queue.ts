import type { ItemGate, ItemPass } from '../attempt/index.ts';
import type { FailureRecord } from '../events/index.ts';
import type { CallResult } from '../limits/index.ts';
import type { ItemLife } from './item-life.ts';

interface ItemQueueHost {
  readonly begin: (life: ItemLife) => void;
  readonly refused: (life: ItemLife, failure: FailureRecord) => void;
  /** One that waited waits no more. */
  readonly moved: () => void;
}

/** Items of one attempt whose next try waits for the limits of their stage. */
export class ItemQueue {
  readonly #gate: ItemGate | undefined;
  readonly #host: ItemQueueHost;
  /** Of each that waits: gives its turn up. */
  readonly #waiting = new Map<ItemLife, () => void>();
  /** Of each that runs: gives back what it took. */
  readonly #passes = new Map<ItemLife, (result: CallResult) => void>();

  constructor(gate: ItemGate | undefined, host: ItemQueueHost) {
    this.#gate = gate;
    this.#host = host;
  }

  get size(): number {
    return this.#waiting.size;
  }

  /** Begins the next try, as soon as there is room for it. */
  enter(life: ItemLife): void {
    if (this.#gate === undefined) return this.#host.begin(life);
    let pass: ItemPass | undefined;
    const giveUp = this.#gate.enter(life.listed.key, (given) => {
      pass = given;
      if (!this.#waiting.delete(life)) return;
      this.#passed(life, given);
      this.#host.moved();
    });
    if (pass === undefined) this.#waiting.set(life, giveUp);
    else this.#passed(life, pass);
  }

  /** A try has ended. */
  leave(life: ItemLife, result: CallResult): void {
    const leave = this.#passes.get(life);
    this.#passes.delete(life);
    leave?.(result);
  }

  /** Nobody waits any more. */
  drop(): readonly ItemLife[] {
    const dropped = [...this.#waiting.keys()];
    const giveUps = [...this.#waiting.values()];
    this.#waiting.clear();
    for (const giveUp of giveUps) giveUp();
    return dropped;
  }

  #passed(life: ItemLife, pass: ItemPass): void {
    if (pass.kind === 'refused') return this.#host.refused(life, pass.failure);
    this.#passes.set(life, pass.leave);
    this.#host.begin(life);
  }
}
