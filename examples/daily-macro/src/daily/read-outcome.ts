import {
  type CheckpointStore,
  type FailureRecord,
  MillraceError,
  type RunId,
  readValues,
  z,
} from 'millrace';
import { AgentReport, countSignals } from '../agents/agent-report.ts';
import { Regime } from '../agents/regime.ts';
import { Book } from '../book/book.ts';
import { type RunStatus, statusOf } from '../report/run-status.ts';
import { RunSummary } from '../report/run-summary.ts';
import { RiskReport } from '../risk/risk-report.ts';

export interface StageFailure {
  readonly stage: string;
  readonly attempt: number;
  readonly failure: FailureRecord;
}

/** How a run stands, as its store tells it. */
export interface DailyOutcome {
  readonly runId: RunId;
  readonly date: string;
  readonly status: RunStatus;
  readonly cancelled: boolean;
  /** A resume would find something to do. */
  readonly unfinished: boolean;
  readonly createdAt: string;
  readonly durationMs: number;
  readonly stageMs: ReadonlyMap<string, number>;
  readonly failures: readonly StageFailure[];
  readonly signals: number;
  readonly positions: number;
  /** Null while it is not known. */
  readonly regime: string | null;
  readonly summary: RunSummary | undefined;
  /** Undefined unless the run may hand a book to the next one. */
  readonly nextBook: Book | undefined;
}

/** What the row of a run is made of; each is missing until its stage has succeeded. */
const Results = z.object({
  reports: z.array(AgentReport).optional(),
  regime: Regime.optional(),
  risk: RiskReport.optional(),
  nextBook: Book.optional(),
  summary: RunSummary.optional(),
});

/**
 * Read from the store and not from the session that just ended, so that it is the same for a run that another
 * process finished.
 */
export async function readOutcome(
  store: CheckpointStore,
  runId: RunId,
  date: string,
): Promise<DailyOutcome> {
  const run = await store.findRun(runId);
  if (run === undefined)
    throw new MillraceError('RUN_NOT_FOUND', `${store.name} has no run ${runId}`);
  const stages = await store.loadStages(runId);
  const {
    reports = [],
    regime,
    risk,
    nextBook,
    summary,
  } = Results.parse(await readValues(store, runId, Object.keys(Results.shape)));
  const failures = stages.flatMap(({ stage, attempt, status, failure }) =>
    status === 'failed' && failure !== undefined ? [{ stage, attempt, failure }] : [],
  );
  const status = statusOf({
    finished: run.status === 'succeeded' || run.status === 'degraded',
    signals: countSignals(reports),
    shortfalls: [...(summary?.shortfalls ?? []), ...failures.map(({ stage }) => stage)],
  });
  const stageMs = new Map(
    stages.filter(({ attempt }) => attempt > 0).map((stage) => [stage.stage, stage.durationMs]),
  );
  return {
    ...{ runId, date, status, stageMs, failures, summary },
    cancelled: run.status === 'cancelled',
    unfinished: run.status !== 'succeeded',
    createdAt: new Date(run.createdAt).toISOString(),
    // The store does not know how long a killed session took; its stages ran one after the other.
    durationMs: Math.max(
      run.durationMs ?? 0,
      stageMs.values().reduce((sum, ms) => sum + ms, 0),
    ),
    signals: countSignals(reports),
    positions: Object.keys(risk?.weights ?? {}).length,
    regime: regime?.label ?? null,
    nextBook: status === 'FAILED' ? undefined : nextBook,
  };
}
