import { DEFAULT_CONCURRENCY } from './default-concurrency.ts';
import { type FailureBudget, NO_FAILURES } from './failure-budget.ts';
import { NO_RETRY, type RetryPolicy } from './retry-policy.ts';

/** How a mapped stage goes about its items. */
export interface MapOptions {
  /** The input, by the stage's own name, that holds the items: an array, a Set, a Map or a plain object. */
  readonly over: string | undefined;
  /** Path within an item to what names it, such as `symbol` or `id.isin`; undefined: the item names itself. */
  readonly key: string | undefined;
  /** The output, by the stage's own name, that holds the results in the order of the items. */
  readonly into: string | undefined;
  /** The output that lists the items that failed. */
  readonly failures: string | undefined;
  /** Items at the same time. At least 1, default 4. */
  readonly concurrency: number;
  /** Default: none may fail. */
  readonly failureBudget: FailureBudget;
  /** How often one item is tried. Default: once. */
  readonly retry: RetryPolicy;
  /** Limit of one try of one item, milliseconds; undefined is none. */
  readonly timeoutMs: number | undefined;
  /** After so many milliseconds of an attempt what is not done counts as failed; undefined is no limit. */
  readonly deadlineMs: number | undefined;
}

export const DEFAULT_MAP: MapOptions = {
  over: undefined,
  key: undefined,
  into: undefined,
  failures: undefined,
  concurrency: DEFAULT_CONCURRENCY,
  failureBudget: NO_FAILURES,
  retry: NO_RETRY,
  timeoutMs: undefined,
  deadlineMs: undefined,
};
