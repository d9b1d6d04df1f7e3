import {
  type CheckpointStore,
  cancelOnSignals,
  type LoadedPipeline,
  type OpenLogging,
  PipelineExecutor,
  type RunEvent,
  type RunHandle,
  type RunRecord,
  type StageRecord,
} from 'millrace';
import type { Book } from '../book/book.ts';
import type { RunLedger } from '../ledger/run-ledger.ts';
import { headerLines } from '../report/cli-output.ts';
import type { DailyIo } from './daily-io.ts';
import { EventLines } from './event-lines.ts';
import type { DailyOutcome } from './read-outcome.ts';
import { RowKeeper } from './row-keeper.ts';

/** What a run leaves beside its store. */
export interface Records {
  /** Gets the row of the run. */
  readonly ledger: RunLedger;
  readonly log: OpenLogging;
  /** The command that goes on with a run. */
  readonly resume: (runId: string) => string;
}

export interface Session {
  readonly loaded: LoadedPipeline;
  readonly store: CheckpointStore;
  /** The run that goes on; undefined for a new one. */
  readonly earlier: RunRecord | undefined;
  readonly date: string;
  /** Held before a new run; undefined: a million dollars in cash. */
  readonly book: Book | undefined;
  /** Undefined for a dry run. */
  readonly records: Records | undefined;
}

export interface SessionEnd {
  readonly outcome: DailyOutcome;
  /** Why the run could not be recorded to its end. */
  readonly error?: unknown;
}

/**
 * Prints the run while it goes on. Its row is written at the start, as not finished, and at the end, whatever
 * happens.
 */
export async function driveSession(session: Session, io: DailyIo): Promise<SessionEnd> {
  const { store, date, earlier, records } = session;
  for (const line of headerLines(date, records === undefined)) io.out(line);
  const lines = new EventLines();
  const row = new RowKeeper({ store, date, ledger: records?.ledger });
  if (earlier?.status === 'succeeded') {
    for (const line of await keptLines(session, lines, () => true)) io.out(line);
    return { outcome: await row.write(earlier.id) };
  }
  const onEvent = (event: RunEvent): void => {
    records?.log.event(event);
    for (const { to, line } of lines.lines(event)) io[to](line);
    if (event.type === 'stage.succeeded') row.writeSoon(event.runId);
  };
  const handle = await begin(session, { io, lines, onEvent });
  const stopWatching = cancelOnSignals(handle, (mode) =>
    io.notice(
      mode === 'drain'
        ? 'the running stage finishes, then the run stops; Ctrl-C again aborts it'
        : 'aborting the running stage; Ctrl-C again leaves at once',
    ),
  );
  try {
    if (records !== undefined)
      io.notice(`if this is killed, go on with: ${records.resume(handle.id)}`);
    await row.write(handle.id);
    await handle.result;
    return { outcome: await row.write(handle.id) };
  } catch (error) {
    handle.cancel('kill');
    await handle.result.catch(() => {});
    return { outcome: await row.writeIfPossible(handle.id), error };
  } finally {
    stopWatching();
  }
}

interface Listeners {
  readonly io: DailyIo;
  readonly lines: EventLines;
  readonly onEvent: (event: RunEvent) => void;
}

async function begin(session: Session, { io, lines, onEvent }: Listeners): Promise<RunHandle> {
  const { loaded, store, earlier, book, records } = session;
  const { pipeline, source } = loaded;
  const logger = records === undefined ? {} : { logger: records.log.logger };
  const executor = new PipelineExecutor({ store, ...logger });
  if (earlier === undefined) {
    return executor.start(pipeline, { onEvent, source, context: { book: book ?? null } });
  }
  const plan = await executor.planResume(earlier.id, pipeline);
  const isKept = ({ stage }: StageRecord): boolean => {
    return plan.decisions[pipeline.graph.indexById.get(stage) ?? -1] === 'reuse';
  };
  for (const line of await keptLines(session, lines, isKept)) io.out(line);
  return executor.resume(earlier.id, pipeline, { onEvent });
}

const ALL_EVENTS = 100_000;

/** The lines of the stages that earlier sessions did, with the details that they gave. */
async function keptLines(
  { store, earlier }: Session,
  lines: EventLines,
  isKept: (stage: StageRecord) => boolean,
): Promise<readonly string[]> {
  if (earlier === undefined) return [];
  for (const event of await store.loadEvents(earlier.id, 0, ALL_EVENTS)) lines.lines(event);
  const stages = await store.loadStages(earlier.id);
  return stages.filter(isKept).map(({ stage, durationMs }) => lines.kept(stage, durationMs));
}
