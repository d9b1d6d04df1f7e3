import type { FailureRecord, ItemCounts } from '../events/index.ts';
import type { BoundStage } from '../pipeline/index.ts';
import type { AttemptSlots } from './attempt-slots.ts';
import type { Note } from './commit-queue.ts';
import type { StartBasis } from './stage-gate.ts';

/** An attempt from its start to its outcome. */
export interface LaunchedAttempt {
  readonly index: number;
  readonly stage: BoundStage;
  readonly attempt: number;
  /** Wall clock, milliseconds since 1970 UTC. */
  readonly startedAt: number;
  /** Monotonic clock. */
  readonly startedMs: number;
  /** What it rests on, told before it started. */
  readonly basis: StartBasis;
  /** The record of the start. */
  readonly note: Note;
  /** What it took of the limits of its stage. */
  readonly slots: AttemptSlots | undefined;
  /** Set on the attempt of a fallback stage: the failure that it stands in for. */
  readonly standsInFor?: FailureRecord;
  /** How the items of a mapped stage ended, once it did. */
  readonly items?: ItemCounts;
}
