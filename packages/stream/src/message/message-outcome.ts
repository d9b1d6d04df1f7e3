import type { MessageFailure } from './message-failure.ts';

/** What became of one message, for good. */
export interface MessageOutcome {
  readonly id: string;
  readonly key: string | undefined;
  /** `done`, `failed`, `duplicate`, `dropped`, `cancelled`, `damaged`, or what the application chose. */
  readonly status: string;
  /** The context keys that were asked for, as far as they were written. */
  readonly outputs: Readonly<Record<string, unknown>>;
  readonly failure?: MessageFailure;
  /** Stages that failed and that the message could do without, or that something stood in for. */
  readonly degraded: readonly string[];
  /** Which stages and values served it: counts up with each swap, from 1. 0: none did. */
  readonly generation: number;
  /** The group that it was decided with, where it came out of the buffer. */
  readonly group?: string;
  /** From its acceptance to here. */
  readonly latencyMs: number;
}
