import { fingerprint, type MetaModel, ModelStore, type Samples } from '@millrace/quant';
import { z } from '../base/schema.ts';

/** What became of a trained model. */
export const Deployed = z
  .object({
    /** `name@version`. */
    id: z.string(),
    name: z.string(),
    version: z.int(),
    isPromoted: z.boolean(),
    /** The version that is in use after it; null if none was ever promoted. */
    inUse: z.int().nullable(),
  })
  .readonly();
export type Deployed = z.infer<typeof Deployed>;

export interface Deployment {
  /** Absolute folder of the model store. */
  readonly folder: string;
  readonly name: string;
  readonly model: MetaModel;
  readonly samples: Samples;
  /** Only what the evaluation approved is put in use. */
  readonly isApproved: boolean;
  readonly description: string;
  readonly tags: readonly string[];
  readonly properties: Readonly<Record<string, string | number | boolean>>;
  readonly runId: string;
  readonly stageId: string;
  /** The same for each attempt, so that one which was killed after its file was written makes no second version. */
  readonly key: string;
}

/**
 * Keeps a model as the next version of its name, rejected or not, and promotes it only if it is approved: what was in
 * use stays in use otherwise.
 * @throws MillraceError MODEL_STORE_UNWRITABLE, MODEL_REFUSED
 */
export async function deployModel(deployment: Deployment): Promise<Deployed> {
  const { folder, name, model, samples, isApproved, runId, stageId, key } = deployment;
  const { description, tags, properties } = deployment;
  const store = new ModelStore(folder);
  const lineage = { runId, stageId, data: samplesFingerprint(samples) };
  const about = { lineage, description, tags, properties, key };
  const { id, version } = await store.save(name, model, about);
  if (isApproved) await store.promote(name, version);
  const inUse = (await store.promoted(name)) ?? null;
  return { id, name, version, isPromoted: isApproved, inUse };
}

/** SHA-256 of all that a model was fitted to and judged on. */
export function samplesFingerprint(samples: Samples): string {
  const { features, labels, weights, starts, ends } = samples;
  const columns = Object.fromEntries(
    features.columns.map((column, at) => [`feature ${features.names[at]}`, column]),
  );
  return fingerprint({ ...columns, labels, weights, starts, ends });
}
