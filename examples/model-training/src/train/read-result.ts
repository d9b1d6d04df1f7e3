import { type CheckpointStore, MillraceError, type RunId, readValues, z } from 'millrace';
import { Deployed } from '../deployment/deploy-model.ts';
import { Drift } from '../drift/drift.ts';
import { Evaluation } from '../evaluation/evaluation.ts';
import { Quality } from '../market/check-bars.ts';
import { DataSource } from '../market/data-source.ts';
import { Split } from '../market/split-days.ts';
import type { TrainingResult } from '../report/training-result.ts';
import { CandidateFit } from '../training/candidate-fit.ts';
import { reasonOf } from './reason-of.ts';

/** What a result is made of; each is missing until its stage has succeeded. */
const Values = z.object({
  source: DataSource.optional(),
  quality: Quality.optional(),
  split: Split.optional(),
  fits: z.array(CandidateFit).readonly().optional(),
  drift: Drift.optional(),
  evaluation: Evaluation.optional(),
  deployed: Deployed.optional(),
});

/**
 * How a run stands, as its store tells it: the same for a run that another process finished, that was killed, or that
 * still goes on.
 */
export async function readResult(store: CheckpointStore, runId: RunId): Promise<TrainingResult> {
  const run = await store.findRun(runId);
  if (run === undefined) {
    throw new MillraceError('RUN_NOT_FOUND', `${store.name} has no run ${runId}`);
  }
  const stages = await store.loadStages(runId);
  const values = Values.parse(await readValues(store, runId, Object.keys(Values.shape)));
  const failures = stages.flatMap(({ stage, attempt, status, failure }) =>
    status === 'failed' && failure !== undefined
      ? [{ stage, attempt, message: reasonOf(failure) }]
      : [],
  );
  return {
    ...{ runId, failures, status: run.status },
    createdAt: new Date(run.createdAt).toISOString(),
    // The store does not know how long a killed session took.
    durationMs: run.durationMs ?? stages.reduce((sum, { durationMs }) => sum + durationMs, 0),
    ...{ source: values.source, quality: values.quality, split: values.split },
    ...{ fits: values.fits, drift: values.drift },
    ...{ evaluation: values.evaluation, deployed: values.deployed },
  };
}
