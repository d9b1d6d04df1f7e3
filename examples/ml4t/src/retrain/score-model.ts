import { setImmediate } from 'node:timers/promises';
import { type MetaModel, rowOf, type Samples, scorePredictions } from '@millrace/quant';
import type { ModelScore } from './retrain-trigger.ts';

/** Predictions between two looks at the event loop: some .3 ms, so that inference waits no longer. */
const AT_ONCE = 32;

/** How a model does on these rows. Yields to others in between. */
export async function scoreModel(
  model: MetaModel,
  samples: Samples,
  rows: Int32Array,
): Promise<ModelScore> {
  const probabilities = new Float64Array(rows.length);
  for (const [at, row] of rows.entries()) {
    if (at % AT_ONCE === 0) await setImmediate();
    probabilities[at] = model.predict(rowOf(samples.features, row));
  }
  const labels = Uint8Array.from(rows, (row) => samples.labels[row] as number);
  const { accuracy, logLoss, auc } = scorePredictions(labels, probabilities);
  return { accuracy, logLoss, auc };
}

/**
 * Whether the candidate is to take the place of the present model: surer of what came, and right at least as often. The
 * log loss alone would let in a model that is right less often, the accuracy alone one that was lucky by a row.
 */
export function isBetter(candidate: ModelScore, present: ModelScore | undefined): boolean {
  if (present === undefined) return true;
  return candidate.logLoss < present.logLoss && candidate.accuracy >= present.accuracy;
}
