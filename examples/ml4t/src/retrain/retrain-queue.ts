import type { RetrainTrigger, TriggerReason } from './retrain-trigger.ts';

type Queued = Extract<RetrainTrigger, { state: 'queued' }>;

/** Triggers that wait for the trainer: by priority, and among equals in the order in which they came. */
export class RetrainQueue {
  readonly #waiting: Queued[] = [];

  get size(): number {
    return this.#waiting.length;
  }

  /** Whether one for this reason waits: a second one would train on the same data. */
  has(reason: TriggerReason): boolean {
    return this.#waiting.some((trigger) => trigger.reason === reason);
  }

  push(trigger: Queued): void {
    const after = this.#waiting.findIndex(({ priority }) => priority > trigger.priority);
    this.#waiting.splice(after < 0 ? this.#waiting.length : after, 0, trigger);
  }

  next(): Queued | undefined {
    return this.#waiting.shift();
  }
}
