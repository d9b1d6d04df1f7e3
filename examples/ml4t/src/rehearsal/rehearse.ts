import { ml4tError } from '../base/ml4t-error.ts';

type Environment = Readonly<Record<string, string | undefined>>;

const STAY_ALIVE_MS = 60_000;

/**
 * Fold, from 1, before which a training waits for ever: ML4T_PAUSE_FOLD.
 * @throws MillraceError SWITCH_UNKNOWN
 */
export function pausedFold({ ML4T_PAUSE_FOLD: text = '' }: Environment): number | undefined {
  if (text === '') return undefined;
  if (/^[1-9]\d*$/.test(text)) return Number(text);
  throw ml4tError('SWITCH_UNKNOWN', `ML4T_PAUSE_FOLD is "${text}"; expected a number from 1`);
}

/**
 * Waits before the fold that a person asked for, and before those after it, so that it can be killed there. Read from the
 * environment and not from params: what a fold depends on is the same with and without it.
 */
export async function rehearse(
  fold: number,
  { signal }: { readonly signal: AbortSignal },
): Promise<void> {
  const paused = pausedFold(process.env);
  if (paused === undefined || fold < paused) return;
  if (fold === paused) process.stderr.write(`fold ${fold}: paused in process ${process.pid}\n`);
  await new Promise((_, reject) => {
    // Keeps the process alive, which has nothing else to wait for.
    const alive = setInterval(() => {}, STAY_ALIVE_MS);
    const stop = (): void => {
      clearInterval(alive);
      reject(signal.reason);
    };
    if (signal.aborted) stop();
    else signal.addEventListener('abort', stop, { once: true });
  });
}
