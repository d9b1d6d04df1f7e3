import type { ModelStore, RefusalReason, StoredModel } from '@millrace/quant';
import { MillraceError } from 'millrace';
import { z } from '../base/schema.ts';
import type { LiveModel } from './live-model.ts';

/** Why there is no model to answer with. */
export interface NoModel {
  readonly reason: RefusalReason | 'none-promoted' | 'no-baseline';
  readonly message: string;
}

export type ReadModel =
  | { readonly ok: true; readonly live: LiveModel }
  | { readonly ok: false; readonly problem: NoModel };

/**
 * The promoted version, or one that is asked for. What cannot be used is refused with the reason, so that the caller goes
 * on without a model and says so.
 * @param features that the model must have been fitted to
 * @throws what the file system throws
 */
export async function readLiveModel(
  store: ModelStore,
  name: string,
  { features, version }: { readonly features: readonly string[]; readonly version?: number },
): Promise<ReadModel> {
  try {
    const asked = version === undefined ? { features } : { features, version };
    const read = await store.read(name, asked);
    return read.ok ? liveOf(read.value) : { ok: false, problem: read.problem };
  } catch (error) {
    const reason = reasonOf(error);
    if (reason === undefined || !(error instanceof MillraceError)) throw error;
    return { ok: false, problem: { reason, message: error.message } };
  }
}

const Accuracy = z.object({ accuracy: z.number().min(0).max(1) });

function liveOf({ record, model }: StoredModel): ReadModel {
  const measured = Accuracy.safeParse(record.properties);
  if (!measured.success) {
    const message = `${record.id} does not say how accurate it was; nothing could be held against it`;
    return { ok: false, problem: { reason: 'no-baseline', message } };
  }
  const { id, version, tags } = record;
  return { ok: true, live: { id, version, model, baseline: measured.data.accuracy, tags } };
}

/** `promotions.json` may be damaged as well as a model. */
function reasonOf(error: unknown): NoModel['reason'] | undefined {
  const code = error instanceof MillraceError ? error.code : undefined;
  if (code === 'MODEL_NOT_FOUND') return 'none-promoted';
  return code === 'MODEL_REFUSED' ? 'not-a-model' : undefined;
}
