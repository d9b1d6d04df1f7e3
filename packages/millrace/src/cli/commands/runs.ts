import {
  type CheckpointStore,
  formatDuration,
  MillraceError,
  type RunRecord,
} from '@millrace/core';
import { openStore } from '../../facade/open-store.ts';
import type { CommandContext, CommonFlags } from '../command-context.ts';
import { EXIT, type ExitCode } from '../exit-code.ts';
import { localTime } from '../report/words.ts';
import { findStore } from '../runs/find-store.ts';
import { stageTotal } from '../runs/run-report.ts';
import { readRunWaits } from '../runs/run-waits.ts';
import type { ShownRunStatus } from '../runs/shown-status.ts';
import { shownStore } from '../runs/store-place.ts';
import { paintStatus } from '../terminal/status-style.ts';
import { table } from '../terminal/table.ts';

export interface RunsFlags extends CommonFlags {
  readonly pipeline?: string;
  readonly status?: ShownRunStatus;
  /** Default 20. */
  readonly limit?: number;
}

const DEFAULT_LIMIT = 20;

interface ListedRun {
  readonly id: string;
  readonly pipeline: string;
  readonly status: ShownRunStatus;
  readonly startedAt: number;
  readonly durationMs: number | undefined;
  /** How often it was started or resumed. */
  readonly sessions: number;
  /** Stages that succeeded; undefined when nothing is recorded yet. */
  readonly done: number | undefined;
  readonly total: number | undefined;
  /** The time it was scheduled for; undefined for a run that no schedule started. */
  readonly scheduledAt: number | undefined;
  /** Signals that its stages wait for, and `time` for those that sleep. */
  readonly waitsFor: readonly string[];
}

/** Lists the runs of a store, newest first. */
export async function runs(context: CommandContext, flags: RunsFlags): Promise<ExitCode> {
  const { terminal, cwd } = context;
  const spec = await findStore(context, flags);
  const listed = await list(spec, flags);
  if (flags.json === true) {
    terminal.printJson({ store: spec, runs: listed });
  } else if (listed.length === 0) {
    terminal.notice(`no runs${isFiltered(flags) ? ' like that' : ''} in ${shownStore(spec, cwd)}`);
  } else {
    const { paint } = terminal;
    const rows = listed.map(
      ({ id, pipeline, status, startedAt, durationMs, done, total, waitsFor, scheduledAt }) => [
        id,
        pipeline,
        paintStatus(status, paint),
        localTime(startedAt),
        durationMs === undefined ? '' : formatDuration(durationMs),
        total === undefined ? '' : `${done ?? 0}/${total}`,
        waitsFor.join(', '),
        scheduledAt === undefined ? '' : localTime(scheduledAt),
      ],
    );
    terminal.print(table(COLUMNS, rows, paint));
  }
  return EXIT.succeeded;
}

const COLUMNS = [
  { title: 'run' },
  { title: 'pipeline' },
  { title: 'status' },
  { title: 'started' },
  { title: 'duration', right: true },
  { title: 'done', right: true },
  { title: 'waits for' },
  { title: 'scheduled' },
];

async function list(spec: string, flags: RunsFlags): Promise<readonly ListedRun[]> {
  const store = await openOrNone(spec, flags);
  if (store === undefined) return [];
  const { pipeline, status, limit = DEFAULT_LIMIT } = flags;
  const stored = isOfRunning(status) ? 'running' : status;
  try {
    const records = await store.listRuns({
      // Whether a running one was interrupted is not in the store, so more are read and some dropped.
      limit: stored === 'running' ? 10_000 : limit,
      ...(pipeline === undefined ? {} : { pipeline }),
      ...(stored === undefined ? {} : { statuses: [stored] }),
    });
    const found: ListedRun[] = [];
    for (const run of records) {
      if (found.length === limit) break;
      const listed = await toListed(store, run);
      if (status === undefined || listed.status === status) found.push(listed);
    }
    return found;
  } finally {
    await store.close();
  }
}

/** A default store that was never made holds no runs; one that was named must be there. */
async function openOrNone(
  spec: string,
  { store }: RunsFlags,
): Promise<CheckpointStore | undefined> {
  try {
    return await openStore(spec, { readOnly: true });
  } catch (error) {
    const isMissing = error instanceof MillraceError && error.code === 'STORE_MISSING';
    if (isMissing && store === undefined) return undefined;
    throw error;
  }
}

async function toListed(store: CheckpointStore, run: RunRecord): Promise<ListedRun> {
  const { id, pipeline, createdAt, durationMs, fence, source } = run;
  const total = await stageTotal(store, run);
  // A run that succeeded may have left out what was not selected.
  const done = await countDone(store, run);
  const { status, waits } = await readRunWaits(store, run);
  const sinceMs = status === 'running' && fence === 1 ? Date.now() - createdAt : durationMs;
  return {
    id,
    pipeline,
    status,
    startedAt: createdAt,
    durationMs: sinceMs,
    sessions: fence,
    done,
    total,
    scheduledAt: source.schedule?.at,
    waitsFor: waits.map(({ kind, name }) => (kind === 'time' ? 'time' : name)),
  };
}

async function countDone(store: CheckpointStore, { id }: RunRecord): Promise<number> {
  const stages = await store.loadStages(id);
  return stages.filter(({ status }) => status === 'succeeded').length;
}

/** Shown of runs that the store tells of as running. */
function isOfRunning(status: ShownRunStatus | undefined): status is 'interrupted' | 'waiting' {
  return status === 'interrupted' || status === 'waiting';
}

function isFiltered({ pipeline, status }: RunsFlags): boolean {
  return pipeline !== undefined || status !== undefined;
}
