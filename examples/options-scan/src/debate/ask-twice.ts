import { ScanError } from '../base/scan-error.ts';
import type { DebateModel, Question } from './debate-model.ts';

export interface Patience {
  /** After an error that is not the answer's. */
  readonly retryAfterMs: number;
  /** Resolves after so long, rejects when the signal is aborted. */
  readonly wait: (ms: number, signal: AbortSignal) => Promise<unknown>;
}

/**
 * Asks until there is an answer that can be read: one that cannot is asked for once more at once, with what is wrong;
 * after any other error it is asked once more after a pause, or after as long as the server wants.
 * @throws what came of the last attempt; the reason of the signal once it is aborted
 */
export async function askTwice<T>(
  model: DebateModel,
  question: Question,
  read: (answer: string) => T,
  { retryAfterMs, wait, signal }: Patience & { readonly signal: AbortSignal },
): Promise<T> {
  let asked = question;
  let mayWait = true;
  for (;;) {
    const answer = await model.ask(asked, signal).catch(async (error: unknown) => {
      signal.throwIfAborted();
      if (!mayWait) throw error;
      mayWait = false;
      await wait(Math.max(retryAfterMs, askedFor(error)), signal);
      return undefined;
    });
    if (answer === undefined) continue;
    try {
      return read(answer);
    } catch (error) {
      if (!(error instanceof ScanError) || asked.correction !== undefined) throw error;
      asked = { ...question, correction: { answer, error: error.message } };
    }
  }
}

function askedFor(error: unknown): number {
  return error instanceof ScanError ? (error.retryAfterMs ?? 0) : 0;
}
