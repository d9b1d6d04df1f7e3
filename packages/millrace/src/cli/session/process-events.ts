import { formatLocation, type SessionHandle } from '@millrace/core';
import { EXIT } from '../exit-code.ts';
import { endProcess } from '../exit-guard.ts';
import { userFrame } from '../report/stack-frame.ts';
import { countOf } from '../report/words.ts';
import { firstLine } from '../terminal/printable.ts';

interface WatchRequest {
  readonly handle: SessionHandle;
  /** Stages that run at the moment. */
  readonly running: () => readonly string[];
  readonly notice: (text: string) => void;
  readonly redact: (text: string) => string;
  readonly resumeCommand: () => Promise<string | undefined>;
}

export interface ProcessWatch {
  /** Something other than a person ended the run. */
  readonly hasBroken: () => boolean;
  stop(): void;
}

/**
 * What happens to the process while it runs a pipeline. SIGINT once: running stages finish; twice: they
 * are aborted; a third time: the process ends at once. SIGTERM and SIGHUP abort. An error that a stage
 * let go of, and a stage that nothing can wake any more, abort the run instead of losing it.
 */
export function watchProcess({
  handle,
  running,
  notice,
  redact,
  resumeCommand,
}: WatchRequest): ProcessWatch {
  let interrupts = 0;
  let resume: string | undefined;
  let broken = false;
  const interrupt = (): void => {
    interrupts++;
    if (interrupts === 1) {
      notice(
        `finishing ${countOf(running().length, 'running stage')}; press Ctrl-C again to abort`,
      );
      handle.cancel('drain');
      // Looked up now: the last Ctrl-C leaves no time for it.
      resumeCommand().then(
        (command) => {
          resume = command;
        },
        () => undefined,
      );
    } else if (interrupts === 2) {
      notice(
        `aborting ${countOf(running().length, 'running stage')}; press Ctrl-C again to leave at once`,
      );
      handle.cancel('kill');
    } else {
      if (resume !== undefined) notice(`left at once; resume: ${resume}`);
      endProcess(EXIT.cancelled);
    }
  };
  const terminate = (signal: NodeJS.Signals): void => {
    if (interrupts >= 2) return;
    interrupts = 2;
    notice(`${signal}: aborting ${countOf(running().length, 'running stage')}`);
    handle.cancel('kill');
  };
  const abort = (why: string): void => {
    if (broken) return;
    broken = true;
    notice(why);
    handle.cancel('kill');
  };
  const strayError = (error: unknown): void => {
    const why = (): string =>
      `error: ${stray(error, redact)}\n  thrown where nothing awaits it, while ${named(running())} ran; aborting the run`;
    // The start of the stage that did it may not be announced yet: it is written within two turns.
    setImmediate(() => setImmediate(() => abort(why())));
  };
  const stuck = (): void =>
    abort(
      `error: ${named(running())} waits for something that can never happen any more; aborting the run`,
    );
  const listeners = [
    ['SIGINT', interrupt],
    ['SIGTERM', terminate],
    ['SIGHUP', terminate],
    ['uncaughtException', strayError],
    ['unhandledRejection', strayError],
    ['beforeExit', stuck],
  ] as const;
  for (const [name, listener] of listeners) process.on(name, listener);
  return {
    hasBroken: () => broken,
    stop: () => {
      for (const [name, listener] of listeners) process.off(name, listener);
    },
  };
}

/** Redacted while it is whole. */
function stray(error: unknown, redact: (text: string) => string): string {
  if (!(error instanceof Error)) return firstLine(redact(String(error)));
  const frame = userFrame(error.stack, process.cwd());
  const place = frame === undefined ? '' : ` (${formatLocation(frame)})`;
  return `${error.name}: ${firstLine(redact(error.message))}${place}`;
}

function named(stages: readonly string[]): string {
  if (stages.length === 0) return 'no stage';
  return (
    stages
      .slice(0, 5)
      .map((id) => JSON.stringify(id))
      .join(', ') + (stages.length > 5 ? ', ...' : '')
  );
}
