import { resolve } from 'node:path';
import {
  type CheckpointStore,
  type ModelPipeline,
  openWaits,
  PipelineExecutor,
  type RunEvent,
} from '@millrace/core';
import { type OpenLogging, openLogging } from '../../facade/open-logging.ts';
import { openStore } from '../../facade/open-store.ts';
import { EXIT, type ExitCode, exitCodeOf } from '../exit-code.ts';
import { printError } from '../print-error.ts';
import { chooseReporter } from './choose-reporter.ts';
import { CrashPoints } from './crash-points.ts';
import { deathNote } from './death-note.ts';
import { EventsFile } from './events-file.ts';
import { watchProcess } from './process-events.ts';
import { outlookOf } from './run-outlook.ts';
import type { RunReporter } from './run-reporter.ts';
import type { BegunSession, SessionRequest } from './session-request.ts';
import { SessionTexts } from './session-texts.ts';

interface SessionOutputs {
  readonly store: CheckpointStore;
  readonly logging: OpenLogging;
  readonly events: EventsFile | undefined;
  readonly crashPoints: CrashPoints | undefined;
}

/** Runs one session of a run from its start to its summary, and says how the process is to end. */
export async function runSession<Begun extends BegunSession>(
  request: SessionRequest<Begun>,
): Promise<ExitCode> {
  const { context, flags, loaded, storeSpec, logDir } = request;
  const { terminal, cwd } = context;
  terminal.hide(loaded.secrets.values);
  // What cannot be opened is told before anything runs.
  const events =
    flags.events === undefined
      ? undefined
      : new EventsFile(resolve(cwd, flags.events), terminal.redact);
  const level = flags.logLevel ?? loaded.logging.level;
  const logging = await openLogging({ dir: logDir, level, secrets: loaded.secrets });
  const crashPoints = CrashPoints.of(context.env);
  const opened = await openStore(storeSpec);
  const store = crashPoints?.watch(opened) ?? opened;
  let code: ExitCode = EXIT.failed;
  try {
    code = await drive(request, { store, logging, events, crashPoints });
  } finally {
    for (const fault of [events?.close(), await logging.close()]) {
      if (fault === undefined) continue;
      printError(fault, { terminal, asJson: false, withStack: false, shell: context });
      code = EXIT.failed;
    }
    await store.close();
  }
  return code;
}

async function drive<Begun extends BegunSession>(
  request: SessionRequest<Begun>,
  outputs: SessionOutputs,
): Promise<ExitCode> {
  const { context, flags, loaded, options } = request;
  const { store, logging, events, crashPoints } = outputs;
  const reporter = await chooseReporter({
    context,
    flags,
    store,
    pipeline: loaded.pipeline,
    options,
  });
  const running = new Set<string>();
  const onEvent = (event: RunEvent): void => {
    trackRunning(running, event);
    events?.add(event);
    logging.event(event);
    reporter.event(event);
    crashPoints?.announced(event);
  };
  const executor = new PipelineExecutor({
    store,
    logger: logging.logger,
    redact: request.context.terminal.redact,
    // Undefined where there are none, so that nothing is searched.
    ...(loaded.secrets.values.length === 0
      ? {}
      : { holdsSecret: (text) => loaded.secrets.holds(text) }),
  });
  const handle = await request.begin(executor, { ...options, onEvent });
  const texts = new SessionTexts(request, logging.fileOf(handle.id));
  const watch = watchProcess({
    handle,
    running: () => [...running],
    notice: (text) => reporter.notice(text),
    redact: context.terminal.redact,
    resumeCommand: () => texts.resumeCommand(handle.id),
  });
  try {
    texts.printHead(handle.id, request.intro(handle));
    const note = await deathNote(handle, store);
    if (note !== undefined) reporter.notice(note);
    const result = await followed(handle, loaded.pipeline, reporter);
    const waits = result.status === 'waiting' ? await openWaits(store, result.runId) : [];
    await texts.printResult(result, waits);
    if (watch.hasBroken()) return EXIT.failed;
    return request.exitCode?.(result) ?? exitCodeOf(result.status, flags.strict === true);
  } catch (error) {
    throw await texts.withResumeCommand(error, handle.id);
  } finally {
    watch.stop();
  }
}

async function followed(
  handle: BegunSession,
  pipeline: ModelPipeline,
  reporter: RunReporter,
): BegunSession['result'] {
  reporter.begin(outlookOf(pipeline, handle.plan));
  try {
    return await handle.result;
  } finally {
    reporter.end();
  }
}

/** Events of a stage that runs on. */
const GOING_ON: ReadonlySet<RunEvent['type']> = new Set<RunEvent['type']>([
  'stage.progress',
  'stage.item-failed',
  'stage.waiting',
  'stage.woken',
  'stage.signal-refused',
  'stage.queued',
]);

function trackRunning(running: Set<string>, event: RunEvent): void {
  if (event.type === 'stage.started') running.add(event.stage);
  else if ('stage' in event && !GOING_ON.has(event.type)) running.delete(event.stage);
}
