import type { CancelMode, RunHandle } from '@millrace/core';
import { EXIT } from '../cli/exit-code.ts';

/**
 * Lets a person and the system end a run in order. Ctrl-C once: what runs finishes and nothing else starts (`drain`);
 * twice: it is aborted (`kill`); a third time: the process ends at once, with exit code 130. SIGTERM and SIGHUP abort.
 * Call what it returns once the run is over.
 * @param tell says what is about to happen, before it does
 * @returns takes the listeners away, and cancels nothing
 */
export function cancelOnSignals(
  handle: Pick<RunHandle, 'cancel'>,
  tell: (mode: CancelMode) => void,
): () => void {
  let interrupts = 0;
  const cancel = (mode: CancelMode): void => {
    tell(mode);
    handle.cancel(mode);
  };
  const abort = (): void => cancel('kill');
  const interrupt = (): void => {
    interrupts += 1;
    if (interrupts === 1) cancel('drain');
    else if (interrupts === 2) abort();
    else process.exit(EXIT.cancelled);
  };
  const listeners = [
    ['SIGINT', interrupt],
    ['SIGTERM', abort],
    ['SIGHUP', abort],
  ] as const;
  for (const [signal, listener] of listeners) process.on(signal, listener);
  return () => {
    for (const [signal, listener] of listeners) process.off(signal, listener);
  };
}
