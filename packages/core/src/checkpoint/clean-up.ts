import type { Owner } from './records.ts';

export type DeleteResult =
  | { readonly kind: 'deleted' }
  /** A process owns the run, and not as the caller saw it. */
  | { readonly kind: 'held'; readonly owner: Owner; readonly fence: number }
  /** Nobody owns the run, and somebody did since the caller looked. */
  | { readonly kind: 'moved' }
  | { readonly kind: 'missing' };

/** Values that no run refers to, and files that no value has. */
export interface Leftovers {
  readonly values: number;
  readonly bytes: number;
}

/** How much room a store takes. */
export interface StoreUsage {
  /** Of all its files, log files not among them. */
  readonly bytes: number;
  /** Of these, what is free inside and used by what comes next. */
  readonly freeBytes: number;
}

/** What a store has, and what of it would be left over. */
export interface StoreMeasure extends StoreUsage {
  readonly leftovers: Leftovers;
}

export interface SweepRequest {
  /** Milliseconds since 1970, by the clock that told when the runs were deleted. */
  readonly now: number;
  /**
   * For so long a deleted run keeps its values from being removed: a process may have planned to take its
   * outcomes over and not said so yet. A store that knows itself to be used by nobody else need not wait.
   */
  readonly graceMs: number;
  /** Whether the owner of a run may still be at work. */
  readonly mayLive: (owner: Owner) => boolean;
}

/** What one step of a sweep did. */
export interface SweepStep {
  /** False: there is more to do, or to look at. */
  readonly done: boolean;
  /** What this step removed. */
  readonly removed: Leftovers;
  /** What stays for a later sweep, because a process may still need it. Told by the last step. */
  readonly waiting: Leftovers;
}

export const NO_LEFTOVERS: Leftovers = { values: 0, bytes: 0 };
