import { createRedactor } from '@millrace/logging';
import {
  type CheckpointStore,
  cancelOnSignals,
  type LoadedPipeline,
  type Logger,
  type OpenLogging,
  PipelineExecutor,
  type RunEvent,
  type RunHandle,
  type RunId,
  type RunRecord,
  type StageRecord,
} from 'millrace';
import { EventLines } from './event-lines.ts';
import type { ScanIo } from './scan-io.ts';

export interface Drive {
  readonly loaded: LoadedPipeline;
  readonly store: CheckpointStore;
  readonly log: OpenLogging;
  /** The run that goes on; undefined for a new one. */
  readonly earlier: RunRecord | undefined;
  /** Called once the run is on record. */
  readonly begun: (runId: RunId) => void;
  readonly io: ScanIo;
}

/**
 * Runs or resumes a pipeline to its end and prints it while it goes on.
 * @throws MillraceError when it cannot be run or recorded
 */
export async function driveRun(drive: Drive): Promise<RunId> {
  const { earlier, io, log } = drive;
  const lines = new EventLines();
  const print = (event: RunEvent): void => {
    log.event(event);
    for (const { to, line } of lines.lines(event)) io[to]?.(line);
  };
  if (earlier?.status === 'succeeded') {
    for (const line of await keptLines(drive, lines, () => true)) io.out(line);
    return earlier.id;
  }
  const handle = await begin(drive, lines, print);
  const stopWatching = cancelOnSignals(handle, (mode) =>
    io.notice(
      mode === 'drain'
        ? 'the running stage finishes, then the run stops; Ctrl-C again aborts it'
        : 'aborting the running stage; Ctrl-C again leaves at once',
    ),
  );
  try {
    drive.begun(handle.id);
    await handle.result;
    return handle.id;
  } catch (error) {
    // Whoever cannot record the run is about to close its store.
    handle.cancel('kill');
    await handle.result.catch(() => {});
    throw error;
  } finally {
    stopWatching();
  }
}

async function begin(
  drive: Drive,
  lines: EventLines,
  onEvent: (event: RunEvent) => void,
): Promise<RunHandle> {
  const { loaded, store, log, earlier, io } = drive;
  const { pipeline, source } = loaded;
  const { text: redact, holdsSecret } = createRedactor(loaded.secrets.values);
  const logger = heard(log.logger, io.notice);
  const executor = new PipelineExecutor({ store, logger, redact, holdsSecret });
  if (earlier === undefined) return executor.start(pipeline, { onEvent, source });
  const plan = await executor.planResume(earlier.id, pipeline);
  const isKept = ({ stage }: StageRecord): boolean => {
    return plan.decisions[pipeline.graph.indexById.get(stage) ?? -1] === 'reuse';
  };
  for (const line of await keptLines(drive, lines, isKept)) io.out(line);
  return executor.resume(earlier.id, pipeline, { onEvent });
}

const ALL_EVENTS = 100_000;

/** The lines of the stages that earlier sessions did, with the details that they gave. */
async function keptLines(
  { store, earlier }: Drive,
  lines: EventLines,
  isKept: (stage: StageRecord) => boolean,
): Promise<readonly string[]> {
  if (earlier === undefined) return [];
  for (const event of await store.loadEvents(earlier.id, 0, ALL_EVENTS)) lines.lines(event);
  const stages = await store.loadStages(earlier.id);
  return stages
    .filter(isKept)
    .map(({ stage, durationMs, items }) => lines.kept(stage, durationMs, items));
}

/** What stages warn of reaches the person as well as the log. */
function heard(logger: Logger, notice: (line: string) => void): Logger {
  return {
    debug: (message, fields) => logger.debug(message, fields),
    info: (message, fields) => logger.info(message, fields),
    error: (message, fields) => logger.error(message, fields),
    warn(message, fields) {
      logger.warn(message, fields);
      notice(message);
    },
    child: (fields) => heard(logger.child(fields), notice),
  };
}
