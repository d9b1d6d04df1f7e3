import {
  fingerprint,
  type ModelSpec,
  type ModelStore,
  type Samples,
  shareSamples,
  splitTail,
  type Trainer,
} from '@millrace/quant';
import type { LiveModel } from '../models/live-model.ts';
import type { Comparison } from './retrain-trigger.ts';
import { isBetter, scoreModel } from './score-model.ts';

export interface CandidateRequest {
  readonly samples: Samples;
  /** The model in use, against which the candidate is held. */
  readonly present: LiveModel | undefined;
  /** Newest share of the samples, on which both are compared. */
  readonly freshShare: number;
  readonly lineageId: string;
  /** Where the samples come from, such as `generated`; kept with the model. */
  readonly origin: string;
}

export interface CandidatePlaces {
  readonly trainer: Trainer;
  readonly store: ModelStore;
  readonly name: string;
}

export interface Candidate {
  readonly live: LiveModel;
  readonly comparison: Comparison;
  readonly isBetter: boolean;
}

/** Small trees: a retraining has some thousand samples. */
export const RETRAIN_SPEC = {
  kind: 'boosted-trees',
  rounds: 80,
  leaves: 8,
  minRows: 40,
  seed: 1,
} as const satisfies ModelSpec;

/**
 * Fits a candidate to all but the newest samples, on a thread, holds it against the present model on the newest, and keeps
 * it in the store. It is promoted only if it is better.
 * @throws MillraceError TRAINING_ONE_CLASS, TRAINING_WORKER_FAILED, MODEL_STORE_UNWRITABLE
 */
export async function trainCandidate(
  { samples, present, freshShare, lineageId, origin }: CandidateRequest,
  { trainer, store, name }: CandidatePlaces,
): Promise<Candidate> {
  const all = Int32Array.from(samples.labels.keys());
  // Samples whose label is not known when the fresh part begins are in neither.
  const { head, tail } = splitTail(samples, all, freshShare);
  const model = await trainer.fit(shareSamples(samples), RETRAIN_SPEC, { rows: head });
  const candidate = await scoreModel(model, samples, tail);
  const incumbent = present && (await scoreModel(present.model, samples, tail));
  const comparison = { fresh: tail.length, candidate, present: incumbent };
  const better = isBetter(candidate, incumbent);
  const tags = ['retrained', origin];
  const record = await store.save(name, model, {
    tags,
    properties: { accuracy: candidate.accuracy, logLoss: candidate.logLoss, isBetter: better },
    lineage: {
      runId: lineageId,
      data: fingerprint({ labels: samples.labels, starts: samples.starts, ends: samples.ends }),
    },
  });
  if (better) await store.promote(name, record.version);
  const { id, version } = record;
  const live = { id, version, model, baseline: candidate.accuracy, tags };
  return { live, comparison, isBetter: better };
}
