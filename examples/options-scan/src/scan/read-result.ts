import {
  type CheckpointStore,
  MillraceError,
  type RunId,
  type RunRecord,
  type StageRecord,
} from 'millrace';
import type { ScanStatus } from '../ledger/scan-row.ts';
import type { ScanResult, StageTiming } from '../report/scan-result.ts';
import { itemErrors } from './item-errors.ts';
import { type RunValues, readRunValues } from './read-run-values.ts';

/**
 * How a run stands, as its store tells it: the same for a run that another process finished, that was killed, or that
 * still goes on.
 */
export async function readResult(
  store: CheckpointStore,
  runId: RunId,
  date: string,
): Promise<ScanResult> {
  const run = await store.findRun(runId);
  if (run === undefined) {
    throw new MillraceError('RUN_NOT_FOUND', `${store.name} has no run ${runId}`);
  }
  const stages = await store.loadStages(runId);
  const values = await readRunValues(store, runId);
  const { universe = [], ranking = [], recommendations = [], theses = [] } = values;
  const real = universe.filter(({ origin }) => origin === 'real').length;
  const timings = stages.map(toTiming);
  return {
    ...{ runId, date, recommendations, theses },
    status: statusOf(run, values),
    runStatus: run.status,
    createdAt: new Date(run.createdAt).toISOString(),
    // The store does not know how long a killed session took.
    durationMs: run.durationMs ?? timings.reduce((sum, { durationMs }) => sum + durationMs, 0),
    tickers: { real, generated: universe.length - real },
    sources: {
      chains: distinct(recommendations.map(({ chain }) => chain)),
      earnings: values.earningsSource ?? null,
      models: distinct(theses.flatMap(({ model, cause }) => (cause === null ? [model] : []))),
    },
    scores: ranking,
    stages: timings,
    itemErrors: await itemErrors(store, runId, { stages, values }),
  };
}

/** FAILED only where there is nothing of use: a ranking is, even if what came after it failed. */
function statusOf({ status }: RunRecord, { ranking = [] }: RunValues): ScanStatus {
  if (status === 'succeeded') return 'COMPLETED';
  if (status === 'degraded') return 'PARTIAL';
  if (status === 'failed') return ranking.length > 0 ? 'PARTIAL' : 'FAILED';
  return 'UNFINISHED';
}

function toTiming({ stage, status, durationMs, attempt, items }: StageRecord): StageTiming {
  return { stage, status, durationMs, attempt, ...(items === undefined ? {} : { items }) };
}

function distinct(names: readonly string[]): readonly string[] {
  return [...new Set(names)].sort();
}
