import type { StageScopeBase } from './run-scope.ts';

/** What `runItem` gets beside its item. */
export interface ItemScope<Inputs, Params> extends Omit<StageScopeBase<Params>, 'progress'> {
  /** The declared inputs, as their schema reads them, the items among them. Shared by all items of an attempt. */
  readonly inputs: Inputs;
  /** What names the item within its stage. */
  readonly key: string;
  /** Its place among the items, from 0. */
  readonly index: number;
  /** Tries of this item in this attempt, this one included. Counts from 1. */
  readonly itemTry: number;
  /** The same for every try of this item while it, the params and the other inputs of its stage are the same. */
  readonly idempotencyKey: string;
  /** Aborted when the item's time is over, and when its stage is cancelled or timed out. */
  readonly signal: AbortSignal;
}

/** An item that failed for good, as the output that `failures` names lists it. */
export interface FailedItem {
  readonly key: string;
  /** What happened: `threw`, `timed-out`, `invalid-output`, ... */
  readonly reason: string;
  /** What was thrown, or what is wrong with the result. */
  readonly message: string;
}
