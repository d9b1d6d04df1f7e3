import type { Result } from '../base/result.ts';
import type { WaitRecord } from '../checkpoint/index.ts';
import type { ValueIssue } from '../events/index.ts';

/** One call by which an attempt waits. */
export interface WaitRequest extends Pick<WaitRecord, 'kind' | 'name' | 'call'> {
  /** Undefined: for ever. */
  readonly timeoutMs: number | undefined;
  /** JSON Schema of the payload, as text. */
  readonly schema: string | undefined;
  /** The payload as the schema of the call reads it. May throw. */
  readonly accept: (payload: unknown) => Result<unknown, readonly ValueIssue[]>;
}

export type WaitEnd =
  | { readonly kind: 'answered'; readonly payload: unknown }
  | { readonly kind: 'elapsed' }
  /** Of a wait for a signal. `since`: wall clock. */
  | { readonly kind: 'timed-out'; readonly since: number }
  /** The schema threw, or the store did. */
  | { readonly kind: 'broken'; readonly error: unknown };

/** Where an attempt finds what it waits for, and leaves that it waits. */
export interface WaitDesk {
  /**
   * @param ended called once, in a later turn, when the attempt may go on
   * @returns closes it: `ended` is not called any more
   */
  open(request: WaitRequest, ended: (end: WaitEnd) => void): () => void;
}
