import type { CancelTimer, Clock } from '@millrace/core';

/** Resolves after the time, or as soon as the signal is aborted. */
export async function pause(clock: Clock, delayMs: number, signal: AbortSignal): Promise<void> {
  if (delayMs <= 0 || signal.aborted) return;
  const { promise, resolve } = Promise.withResolvers<void>();
  const stop = (): void => resolve();
  const cancelTimer: CancelTimer = clock.setTimer(delayMs, stop);
  signal.addEventListener('abort', stop, { once: true });
  await promise;
  cancelTimer();
  signal.removeEventListener('abort', stop);
}
