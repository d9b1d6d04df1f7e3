import type { RunHandle } from 'millrace';
import { EXIT } from '../console/exit-code.ts';

/**
 * Ctrl-C once: the folds under way finish and none starts; twice: they are aborted; a third time: the process ends at
 * once. SIGTERM and SIGHUP abort.
 * @returns stops listening
 */
export function watchInterrupts(
  handle: Pick<RunHandle, 'cancel'>,
  notice: (line: string) => void,
): () => void {
  let interrupts = 0;
  const abort = (): void => {
    notice('aborting what runs; Ctrl-C again leaves at once');
    handle.cancel('kill');
  };
  const interrupt = (): void => {
    interrupts += 1;
    if (interrupts === 1) {
      notice('what runs finishes, then the training stops; Ctrl-C again aborts it');
      handle.cancel('drain');
    } else if (interrupts === 2) abort();
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
