import inspector from 'node:inspector';
import { runInThisContext } from 'node:vm';
import { MillraceError, type StageClass } from '@millrace/core';

/**
 * Opens the inspector and blocks until a debugger is there and lets the process go on. A signal ends the
 * process meanwhile: nothing has been executed of the stage.
 * @param port 0: any that is free
 * @throws MillraceError INSPECTOR_UNAVAILABLE
 */
export function waitForDebugger(port: number): void {
  try {
    if (inspector.url() === undefined) inspector.open(port, '127.0.0.1', false);
  } catch (error) {
    throw unavailable(port, error);
  }
  if (inspector.url() === undefined) throw unavailable(port, undefined);
  inspector.waitForDebugger();
}

/** Lets the debugger go, so that the process can end. */
export function leaveDebugger(): void {
  inspector.close();
}

type Pausing = (stageClass: StageClass) => StageClass;

/** The class with a break right before its constructor. It stands in a text: nothing else here is to pause. */
export function pausingClass(stageClass: StageClass): StageClass {
  const pausing: Pausing = runInThisContext(
    '(Stage) => class extends Stage { constructor(...given) { debugger; super(...given); } }',
    { filename: 'step-into-the-stage.js' },
  );
  const paused = pausing(stageClass);
  Object.defineProperty(paused, 'name', { value: stageClass.name });
  return paused;
}

function unavailable(port: number, cause: unknown): MillraceError {
  const why = cause instanceof Error ? `: ${cause.message}` : '';
  return new MillraceError(
    'INSPECTOR_UNAVAILABLE',
    `the inspector cannot listen on 127.0.0.1:${port}${why}`,
    {
      details: { port },
      cause,
      help: 'end what listens there, or give another port with --inspect-port; 0 takes any that is free',
    },
  );
}
