import { PipelineStage, type StageScope, z } from '@millrace/core';
import { fingerprint } from '../base/fingerprint.ts';
import { ModelStore } from '../model-store/model-store.ts';
import { ModelBody } from '../models/model-body.ts';
import { modelOf } from '../models/model-of.ts';
import type { Samples } from '../validation/samples.ts';
import { JudgementSchema } from './judge-model.ts';
import { SamplesSchema } from './schemas.ts';

const SavedModel = z.object({
  id: z.string(),
  name: z.string(),
  version: z.int(),
  isPromoted: z.boolean(),
});

/** Keeps a model with its lineage, and promotes it if the judgement allows; see `ModelStore`. */
export class SaveModel extends PipelineStage.of({
  description: 'Keeps a model version, and puts it in use where its judgement allows.',
  params: z.object({
    folder: z.string().min(1).describe('Of the model store.'),
    name: z.string().min(1),
    description: z.string().default(''),
    tags: z.array(z.string()).default([]),
    promote: z.enum(['if-edge', 'always', 'never']).default('if-edge'),
  }),
  inputs: z.object({ model: ModelBody, samples: SamplesSchema, judgement: JudgementSchema }),
  outputs: z.object({ savedModel: SavedModel }),
}) {
  async run({ inputs, params, runId, stageId, idempotencyKey }: StageScope<typeof SaveModel>) {
    const { model, samples, judgement } = inputs;
    const { folder, name, description, tags, promote } = params;
    const store = new ModelStore(folder);
    const { verdict, pooled } = judgement;
    const auc = pooled.auc === null ? {} : { auc: pooled.auc };
    const record = await store.save(name, modelOf(model), {
      description,
      tags,
      properties: { verdict, accuracy: pooled.accuracy, baseRate: pooled.baseRate, ...auc },
      lineage: { runId, stageId, data: dataFingerprint(samples) },
      key: idempotencyKey,
    });
    const isPromoted = promote === 'always' || (promote === 'if-edge' && verdict === 'edge');
    if (isPromoted) await store.promote(name, record.version);
    return { savedModel: { id: record.id, name, version: record.version, isPromoted } };
  }
}

function dataFingerprint({ features, labels, weights, starts, ends }: Samples): string {
  const columns = features.names.map((name, at) => [`feature ${name}`, features.columns[at]]);
  return fingerprint({ ...Object.fromEntries(columns), labels, weights, starts, ends });
}
