import type { FailureRecord } from '../events/index.ts';
import type { CallResult } from '../limits/index.ts';

/** What a try of an item got of the limits of its stage. */
export type ItemPass =
  /** It may begin, and says once how it ended. */
  | { readonly kind: 'passed'; readonly leave: (result: CallResult) => void }
  | { readonly kind: 'refused'; readonly failure: FailureRecord };

/** Lets the tries of items begin as the limits of their stage allow. */
export interface ItemGate {
  /**
   * Calls back once, at once or later.
   * @returns gives the turn up; nothing is called back then
   */
  enter(key: string, entered: (pass: ItemPass) => void): () => void;
}
