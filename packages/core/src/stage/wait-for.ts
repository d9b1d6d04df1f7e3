import type { z } from '../base/zod.ts';

export interface WaitOptions {
  /**
   * How long it waits at most, since it first began to: text with a unit (`2d`), or milliseconds. Default: for
   * ever.
   */
  readonly timeout?: string | number;
}

/**
 * Waits for a signal: an event of the world outside, or the answer of a person. It resolves with the data of the
 * signal as the schema reads them; data that the schema refuses are no answer. The same call of a later attempt,
 * also after a kill and a resume, gets the same answer at once.
 *
 * Each stage gets each signal of the name: the first call the first one, the second call the second one. While it
 * waits, the stage holds no slot of the run, and its `timeout` stands still.
 * @throws MillraceError WAIT_TIMED_OUT, WAIT_INVALID, WAIT_IMPOSSIBLE; what `signal` is aborted with
 */
export type WaitFor = <Schema extends z.ZodType = z.ZodUnknown>(
  name: string,
  schema?: Schema,
  options?: WaitOptions,
) => Promise<z.output<Schema>>;

/**
 * Waits until the time has passed since the same call of the first attempt: a retry or a resume waits the rest.
 * @param duration text with a unit (`2h`), or milliseconds
 * @throws MillraceError WAIT_INVALID, WAIT_IMPOSSIBLE; what `signal` is aborted with
 */
export type Sleep = (duration: string | number) => Promise<void>;
