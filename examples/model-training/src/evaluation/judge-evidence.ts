import {
  type FoldOutcome,
  type FoldRange,
  type LeakSign,
  type MetaModel,
  reportWalkForward,
  runFold,
  type Samples,
  scorePredictions,
  shuffleLabels,
  type WalkForwardReport,
} from '@millrace/quant';
import { decimal } from '../base/figures.ts';
import type { Parts } from '../features/part-samples.ts';
import { labelsOf, predictRows } from '../training/fit-candidate.ts';

/** The mean over several: with a thousand test days the AUC of a single one strays by .04. */
const SHUFFLES = 5;

export interface EvidenceOptions {
  /** Above it an AUC, of the model or of one feature, is a suspected leak. */
  readonly leakAuc: number;
  readonly seed: number;
  /** Fits the same model to other labels. */
  readonly refit: (samples: Samples, rows: Int32Array) => Promise<MetaModel>;
}

/** The test part as the one fold of a walk-forward, with the same fits on shuffled labels beside it. */
export async function judgeEvidence(
  samples: Samples,
  parts: Parts,
  model: MetaModel,
  { leakAuc, seed, refit }: EvidenceOptions,
): Promise<WalkForwardReport & { readonly probabilities: Float64Array }> {
  const { train, validation, test, purged } = parts;
  const testFrom = test[0] ?? 0;
  const to = testFrom + test.length;
  const range: FoldRange = { fold: 0, trainFrom: 0, trainTo: testFrom, testFrom, testTo: to };
  const probabilities = predictRows(model, samples, test);
  const outcome: FoldOutcome = {
    ...range,
    ...scorePredictions(labelsOf(samples, test), probabilities),
    trained: train.length + validation.length,
    purged,
    probabilities,
  };
  const canary = await Promise.all(
    Array.from({ length: SHUFFLES }, (_, at) =>
      runFold(shuffleLabels(samples, seed + at), range, refit),
    ),
  );
  const report = reportWalkForward(samples, [outcome], { leakAuc, canary });
  return { ...report, probabilities };
}

/** Why a result is not to be believed, for people. */
export function leakText(sign: LeakSign): string {
  switch (sign.kind) {
    case 'auc-too-high':
      return `a leak is suspected: AUC ${decimal(sign.auc, 3)} is above ${sign.limit}, more than features of prices give`;
    case 'feature-too-good':
      return `a leak is suspected: the feature ${sign.feature.name} alone has an AUC of ${decimal(sign.feature.auc, 3)}, limit ${sign.limit}`;
    case 'shuffled-labels-learned':
      return `a leak is suspected: shuffled labels were learned, AUC ${decimal(sign.auc, 3)}`;
    default:
      return sign satisfies never;
  }
}
