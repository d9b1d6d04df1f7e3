import type { LaunchedAttempt } from './launched-attempt.ts';

/**
 * Attempts that wait for the world outside and hold no slot of the run meanwhile. One whose last wait is over goes on
 * once there is a slot for it, before any stage that has not started.
 */
export class PausedAttempts {
  /** How many waits of each are open. */
  readonly #waits = new Map<LaunchedAttempt, number>();
  readonly #waking: { readonly launched: LaunchedAttempt; readonly goOn: () => void }[] = [];

  /** How many hold no slot. */
  get size(): number {
    return this.#waits.size;
  }

  /** A wait is over, and its attempt has no slot yet. */
  get hasWaking(): boolean {
    return this.#waking.length > 0;
  }

  all(): readonly LaunchedAttempt[] {
    return [...this.#waits.keys()];
  }

  /** It waits for nothing else. */
  isLastWait(launched: LaunchedAttempt): boolean {
    return (this.#waits.get(launched) ?? 0) <= 1;
  }

  /** One more wait was opened. */
  pause(launched: LaunchedAttempt): void {
    this.#waits.set(launched, (this.#waits.get(launched) ?? 0) + 1);
  }

  /** A wait is over: the attempt goes on at once while others are open, which hold no slot either. */
  wake(launched: LaunchedAttempt, goOn: () => void): void {
    const open = this.#waits.get(launched) ?? 0;
    if (open > 1) {
      this.#waits.set(launched, open - 1);
      return goOn();
    }
    this.#waking.push({ launched, goOn });
  }

  /** Gives the slot that is free to the one that asked first. */
  wakeNext(): void {
    const next = this.#waking.shift();
    if (next === undefined) return;
    const open = this.#waits.get(next.launched) ?? 0;
    // It may have opened another one since.
    if (open > 1) this.#waits.set(next.launched, open - 1);
    else this.#waits.delete(next.launched);
    next.goOn();
  }

  /** The attempt is over. */
  forget(launched: LaunchedAttempt): void {
    this.#waits.delete(launched);
    for (let place = this.#waking.length - 1; place >= 0; place--) {
      if (this.#waking[place]?.launched === launched) this.#waking.splice(place, 1);
    }
  }
}
