import type { Clock } from '../base/clock.ts';

/** Resolves to true once the time has passed, and to false as soon as the signal is aborted. */
export function pause(
  clock: Clock,
  delayMs: number,
  signal: AbortSignal | undefined,
): Promise<boolean> {
  if (signal?.aborted === true) return Promise.resolve(false);
  return new Promise((resolve) => {
    const stop = (): void => {
      cancelTimer();
      resolve(false);
    };
    const cancelTimer = clock.setTimer(delayMs, () => {
      signal?.removeEventListener('abort', stop);
      resolve(true);
    });
    signal?.addEventListener('abort', stop, { once: true });
  });
}
