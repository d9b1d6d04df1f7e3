import type { StreamEnd } from '../processor/stream-processor.ts';

/** What can be stopped in an orderly way; a StreamProcessor is. */
export interface Stoppable {
  /** Resolves with the end of the present start. */
  readonly finished: Promise<StreamEnd>;
  stop(options?: { readonly deadlineMs?: number }): Promise<StreamEnd>;
}

export interface StopOnSignalsOptions {
  /** Default SIGTERM and SIGINT. */
  readonly signals?: readonly NodeJS.Signals[];
  /** How long messages may take to end. Default: as the settings of the stream say. */
  readonly deadlineMs?: number;
  /** Told of the signal, before anything is stopped. */
  readonly onSignal?: (signal: NodeJS.Signals) => void;
}

/**
 * Stops a stream when the process is told to end. The listeners are taken away once the stream has stopped, for whatever
 * reason, so that the process ends by itself, and a second signal ends it at once. Call it after `start`.
 * @returns takes the listeners away, and stops nothing
 */
export function stopOnSignals(stream: Stoppable, options: StopOnSignalsOptions = {}): () => void {
  const { signals = ['SIGTERM', 'SIGINT'], deadlineMs, onSignal } = options;
  const release = (): void => {
    for (const signal of signals) process.off(signal, stop);
  };
  const stop = (signal: NodeJS.Signals): void => {
    release();
    onSignal?.(signal);
    stream.stop(deadlineMs === undefined ? {} : { deadlineMs });
  };
  for (const signal of signals) process.on(signal, stop);
  stream.finished.then(release);
  return release;
}
