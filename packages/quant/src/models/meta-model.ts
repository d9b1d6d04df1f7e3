import { MillraceError } from '@millrace/core';
import type { ModelBody, Training } from './model-body.ts';

export interface FeatureImportance {
  readonly name: string;
  /** Of all features together 1, unless none is used. */
  readonly share: number;
}

/** Tells how likely a primary signal makes money. Immutable, so that it can be swapped while others predict. */
export interface MetaModel {
  readonly kind: ModelBody['kind'];
  /** Names of the features, in the order of a row. */
  readonly features: readonly string[];
  readonly training: Training;
  /** All of the model as plain data; `modelOf` makes the same model of it. */
  readonly body: ModelBody;
  /**
   * Probability of label 1, 0 to 1. NaN in a row is allowed: trees send it left, the logistic model takes the mean.
   * @throws MillraceError FEATURES_MISMATCH for a row of another length
   */
  predict(row: Readonly<Float64Array>): number;
  /** Largest share first. */
  importance(): readonly FeatureImportance[];
}

/** @throws MillraceError FEATURES_MISMATCH */
export function requireRow(row: Readonly<Float64Array>, features: readonly string[]): void {
  if (row.length === features.length) return;
  throw new MillraceError(
    'FEATURES_MISMATCH',
    `a row has ${row.length} features; the model was fitted with ${features.length}: ${features.join(', ')}`,
    { details: { got: row.length, expected: features.length } },
  );
}

export function sharesOf(
  names: readonly string[],
  amounts: readonly number[],
): readonly FeatureImportance[] {
  const total = amounts.reduce((sum, amount) => sum + amount, 0);
  return names
    .map((name, at) => ({ name, share: total > 0 ? (amounts[at] ?? 0) / total : 0 }))
    .sort((a, b) => b.share - a.share);
}

export const probabilityOf = (logOdds: number): number => 1 / (1 + Math.exp(-logOdds));
