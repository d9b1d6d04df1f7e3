import { type LoadedPipeline, MemoryStore, openLogging, openStore, type RunRecord } from 'millrace';
import { openLedger, peekBook } from '../ledger/open-ledger.ts';
import { checkSwitches } from '../rehearsal/switches.ts';
import { exitCodeOf } from '../report/run-status.ts';
import type { DailyIo } from './daily-io.ts';
import { driveSession, type SessionEnd } from './drive-session.ts';
import { EXIT, type ExitCode } from './exit-code.ts';
import { findRun } from './find-run.ts';
import { dateOf, loadForRun, loadForTask } from './load-daily.ts';
import type { DailyOptions } from './options.ts';
import { type Places, placesOf } from './places.ts';
import { resultLines } from './result-lines.ts';
import { resumeCommand } from './resume-command.ts';

/**
 * One session of a run, new or resumed, from its header to its row in `pipeline_runs`.
 * @throws MacroError and MillraceError when nothing can be run or recorded
 */
export async function runDaily(options: DailyOptions, io: DailyIo): Promise<ExitCode> {
  const { task, home, dryRun } = options;
  const first = await loadForTask(task, io.env);
  checkSwitches(io.env, first.pipeline.graph.ids);
  const places = placesOf(first, home, io.env);
  const resume = (runId: string): string => resumeCommand(runId, home, io.env);
  if (dryRun) {
    const end = await dryRunOf(first, places, io);
    return report(end, { places: undefined, options, resume }, io);
  }
  const earlier = task.kind === 'new' ? undefined : await findRun(places.store, task.run);
  const loaded = earlier === undefined ? first : await loadForRun(earlier, io.env);
  const end = await recordedRunOf({ loaded, places, earlier, resume }, io);
  return report(end, { places, options, resume }, io);
}

interface RecordedRun {
  readonly loaded: LoadedPipeline;
  readonly places: Places;
  readonly earlier: RunRecord | undefined;
  readonly resume: (runId: string) => string;
}

async function recordedRunOf(
  { loaded, places, earlier, resume }: RecordedRun,
  io: DailyIo,
): Promise<SessionEnd> {
  const { secrets, logging } = loaded;
  const date = dateOf(loaded);
  const ledger = await openLedger(places.ledger);
  const store = await openStore(places.store);
  const log = await openLogging({ dir: places.logs, level: logging.level, secrets });
  try {
    const book = await ledger.bookBefore(date);
    const records = { ledger, log, resume };
    return await driveSession({ loaded, store, earlier, date, book, records }, io);
  } finally {
    const fault = await log.close();
    if (fault !== undefined) io.notice(`${fault.code}: ${fault.message}`);
    await store.close();
    await ledger.close();
  }
}

async function dryRunOf(loaded: LoadedPipeline, places: Places, io: DailyIo): Promise<SessionEnd> {
  const date = dateOf(loaded);
  const book = await peekBook(places.ledger, date);
  const nothing = { earlier: undefined, records: undefined };
  return driveSession({ loaded, store: new MemoryStore(), date, book, ...nothing }, io);
}

interface ReportContext {
  /** Undefined for a dry run. */
  readonly places: Places | undefined;
  readonly options: DailyOptions;
  readonly resume: (runId: string) => string;
}

function report(
  { outcome, error }: SessionEnd,
  { places, options, resume }: ReportContext,
  io: DailyIo,
): ExitCode {
  for (const line of resultLines(outcome, { places, resume: resume(outcome.runId) })) io.out(line);
  // What could not be recorded is told after what could.
  if (error !== undefined) throw error;
  return outcome.cancelled ? EXIT.cancelled : exitCodeOf(outcome.status, options.strict);
}
