import type { CancelTimer, Clock } from '../base/clock.ts';
import type { RunId } from '../base/ids.ts';
import type { Logger } from '../base/logger.ts';
import type { CheckpointStore, SignalRecord } from '../checkpoint/index.ts';

/** So often the store is asked for signals while something waits for one. */
export const LOOK_FOR_SIGNALS_MS = 500;

interface SignalWatchParts {
  readonly store: CheckpointStore;
  readonly runId: RunId;
  readonly clock: Clock;
  readonly logger: Logger;
}

/** Notices the signals of a run. It asks the store only while somebody attends, and for what is new only. */
export class SignalWatch {
  readonly #parts: SignalWatchParts;
  readonly #signals: SignalRecord[] = [];
  readonly #listeners = new Set<() => void>();
  #looking: Promise<void> | undefined;
  #cancelTimer: CancelTimer | undefined;
  #complained = false;

  constructor(parts: SignalWatchParts) {
    this.#parts = parts;
  }

  /** All that have come so far, oldest first. */
  get signals(): readonly SignalRecord[] {
    return this.#signals;
  }

  /** Asks the store now. A store that cannot be read is asked again later. */
  look(): Promise<void> {
    this.#looking ??= this.#ask().finally(() => {
      this.#looking = undefined;
    });
    return this.#looking;
  }

  /**
   * @param listener called when signals have come
   * @returns ends it
   */
  attend(listener: () => void): () => void {
    this.#listeners.add(listener);
    this.#arm();
    return () => {
      this.#listeners.delete(listener);
      if (this.#listeners.size > 0) return;
      this.#cancelTimer?.();
      this.#cancelTimer = undefined;
    };
  }

  #arm(): void {
    this.#cancelTimer ??= this.#parts.clock.setTimer(LOOK_FOR_SIGNALS_MS, () => {
      this.look().then(() => {
        this.#cancelTimer = undefined;
        if (this.#listeners.size > 0) this.#arm();
      });
    });
  }

  async #ask(): Promise<void> {
    const { store, runId, logger } = this.#parts;
    const last = this.#signals.at(-1)?.number ?? 0;
    try {
      const found = await store.loadSignals(runId, last);
      if (found.length === 0) return;
      this.#signals.push(...found);
      for (const listener of [...this.#listeners]) listener();
    } catch (error) {
      if (this.#complained) return;
      this.#complained = true;
      logger.warn('the signals of a run cannot be read; they are looked for again', {
        runId,
        error,
      });
    }
  }
}
