/** A message whose intake is done. */
export interface TakenMessage<T = unknown> {
  readonly id: string;
  readonly key: string | undefined;
  readonly value: T;
  /** What the intake wrote, by context key. */
  readonly outputs: Readonly<Record<string, unknown>>;
}

/** Messages that leave the buffer together. */
export interface MessageGroup<T = unknown> {
  readonly key: string;
  /** In the order in which they were buffered. At least one. */
  readonly messages: readonly TakenMessage<T>[];
}

/** A final status, or a piece of work for the pipeline: what it gets beside the values of the stream. */
export type Unit =
  | { readonly status: string }
  | { readonly context: Readonly<Record<string, unknown>> };

/**
 * Where a message goes: to the pipeline with all that its intake wrote (`immediate`), to the pipeline with a context
 * of its own, into the buffer, or to its end with a status.
 */
export type Route = 'immediate' | 'buffer' | Unit;

/** What a pass through the pipeline came to. */
export interface PassResult {
  /** All that was written, by context key. */
  readonly outputs: Readonly<Record<string, unknown>>;
  /** Stages that did not run, by their condition or for want of one that they need. */
  readonly skipped: readonly string[];
  /** Stages that failed without failing the message. */
  readonly degraded: readonly string[];
}
