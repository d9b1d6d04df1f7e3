import { type FeatureTable, type ModelRecord, SamplesSchema, takeRows } from '@millrace/quant';
import { asRunId, openStore, readValues, z } from 'millrace';
import { TrainingError } from '../base/training-error.ts';
import { samplesFingerprint } from '../deployment/deploy-model.ts';
import { Parts } from '../features/part-samples.ts';

const Values = z.object({ samples: SamplesSchema.optional(), parts: Parts.optional() });

/**
 * The features that a model was trained on, from the run that its lineage names, once they are proved to be those.
 * @param store spec of the run store
 * @throws TrainingError REFERENCE_GONE
 */
export async function readReference(
  store: string,
  { id, lineage }: Pick<ModelRecord, 'id' | 'lineage'>,
): Promise<FeatureTable> {
  const opened = await openStore(store, { readOnly: true });
  try {
    const runId = asRunId(lineage.runId);
    const known = await opened.findRun(runId);
    const keys = Object.keys(Values.shape);
    const { samples, parts } =
      known === undefined ? {} : Values.parse(await readValues(opened, runId, keys));
    if (samples === undefined || parts === undefined) {
      const message = `the run ${lineage.runId} that trained ${id} is not in ${opened.name}`;
      throw new TrainingError('REFERENCE_GONE', message);
    }
    const found = samplesFingerprint(samples);
    if (found !== lineage.data) {
      const message = `the samples of run ${lineage.runId} have the fingerprint ${found}; ${id} was fitted to ${lineage.data}`;
      throw new TrainingError('REFERENCE_GONE', message);
    }
    return takeRows(samples.features, parts.train);
  } finally {
    await opened.close();
  }
}
