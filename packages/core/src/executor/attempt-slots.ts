import type { CallResult, LimitSlots } from '../limits/index.ts';

/** What a started attempt has of the limits of its stage. While it waits for the world outside it has nothing. */
export class AttemptSlots {
  #held: LimitSlots | undefined;

  constructor(held: LimitSlots) {
    this.#held = held;
  }

  get isHeld(): boolean {
    return this.#held !== undefined;
  }

  leave(result: CallResult): void {
    const held = this.#held;
    this.#held = undefined;
    held?.leave(result);
  }

  /** It goes on, with what it took anew. */
  hold(slots: LimitSlots): void {
    this.#held = slots;
  }
}
