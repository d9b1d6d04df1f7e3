import { type Clock, systemClock } from '../base/clock.ts';
import {
  type CheckpointStore,
  type Leftovers,
  NO_LEFTOVERS,
  type SweepStep,
} from '../checkpoint/index.ts';
import { pause } from '../executor/pause.ts';
import type { CleanUpPlan } from './plan-clean-up.ts';
import type { RunVerdict } from './retention-policy.ts';

export interface CleanUpOptions {
  readonly clock?: Clock;
  /**
   * For so long a deleted run keeps its values where other processes have the store open: one may be planning a run
   * that takes them over. Default an hour.
   */
  readonly graceMs?: number;
  /** Between two steps or runs; when it is aborted the rest is left to the next clean-up. */
  readonly signal?: AbortSignal;
}

export interface CleanUpReport {
  /** As decided, but for runs that another process took or deleted in between. */
  readonly deleted: readonly RunVerdict[];
  /** Decided to go, and taken by another process since. */
  readonly escaped: readonly RunVerdict[];
  readonly removed: Leftovers;
  /** What a process may still need; a later clean-up removes it. */
  readonly waiting: Leftovers;
  /** False when it was aborted. */
  readonly isDone: boolean;
}

const GRACE_MS = 3_600_000;

/**
 * Deletes the runs that are to go, then all that nobody refers to any more. It may be killed at any moment, and live
 * runs go on meanwhile: after some milliseconds it leaves the store to others for as long as it was at work.
 * @throws MillraceError STORE_WRITE_FAILED, STORE_BUSY
 */
export async function cleanUp(
  store: CheckpointStore,
  { verdicts, mayLive }: CleanUpPlan,
  { clock = systemClock, graceMs = GRACE_MS, signal }: CleanUpOptions = {},
): Promise<CleanUpReport> {
  const turns = new PoliteTurns(clock, signal);
  const deleted: RunVerdict[] = [];
  const escaped: RunVerdict[] = [];
  for (const verdict of verdicts) {
    if (verdict.keep !== undefined || turns.isOver) continue;
    const { id, fence, beat } = verdict.run;
    const result = await turns.take(() => store.deleteRun(id, { fence, beat }, clock.now()));
    if (result.kind === 'deleted') deleted.push(verdict);
    else if (result.kind !== 'missing') escaped.push(verdict);
  }
  let removed = NO_LEFTOVERS;
  // Told once: what was deleted before is old enough or not, however long the steps take.
  const request = { now: clock.now(), graceMs, mayLive };
  while (!turns.isOver) {
    const step: SweepStep = await turns.take(() => store.sweep(request));
    removed = {
      values: removed.values + step.removed.values,
      bytes: removed.bytes + step.removed.bytes,
    };
    if (step.done) return { deleted, escaped, removed, waiting: step.waiting, isDone: true };
  }
  return { deleted, escaped, removed, waiting: NO_LEFTOVERS, isDone: false };
}

/** A timer costs more than a short step, so several of them share one. */
const LONGEST_TURN_MS = 10;

class PoliteTurns {
  readonly #clock: Clock;
  readonly #signal: AbortSignal | undefined;
  #workedMs = 0;

  constructor(clock: Clock, signal: AbortSignal | undefined) {
    this.#clock = clock;
    this.#signal = signal;
  }

  get isOver(): boolean {
    return this.#signal?.aborted === true;
  }

  async take<Answer>(act: () => Answer | Promise<Answer>): Promise<Answer> {
    const from = this.#clock.monotonic();
    const answer = await act();
    this.#workedMs += this.#clock.monotonic() - from;
    if (this.#workedMs >= LONGEST_TURN_MS) {
      await pause(this.#clock, this.#workedMs, this.#signal);
      this.#workedMs = 0;
    }
    return answer;
  }
}
