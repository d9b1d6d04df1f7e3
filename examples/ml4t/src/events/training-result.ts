import type { FeatureImportance, Verdict } from '@millrace/quant';

/** What a training gave. */
export interface TrainingResult {
  /** `name@version`. */
  readonly model: string;
  readonly verdict: Verdict;
  /** Out of sample, over the test rows of all folds. */
  readonly accuracy: number;
  /** Null where all labels were equal. */
  readonly auc: number | null;
  readonly logLoss: number;
  /** Share of ones. */
  readonly baseRate: number;
  /** Largest share first. */
  readonly featureImportance: readonly FeatureImportance[];
  readonly samples: number;
  readonly folds: number;
}
