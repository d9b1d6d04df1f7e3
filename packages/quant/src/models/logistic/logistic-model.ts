import {
  type FeatureImportance,
  type MetaModel,
  probabilityOf,
  requireRow,
  sharesOf,
} from '../meta-model.ts';
import type { LogisticBody } from '../model-body.ts';

/** Logistic regression on standardised features. */
export class LogisticModel implements MetaModel {
  readonly kind = 'logistic';
  readonly body: LogisticBody;

  constructor(body: LogisticBody) {
    this.body = body;
  }

  get features(): readonly string[] {
    return this.body.features;
  }

  get training(): LogisticBody['training'] {
    return this.body.training;
  }

  predict(row: Readonly<Float64Array>): number {
    const { features, coefficients, means, deviations, intercept } = this.body;
    requireRow(row, features);
    let logOdds = intercept;
    for (let at = 0; at < row.length; at++) {
      const value = row[at] as number;
      if (!Number.isFinite(value)) continue;
      const standard = (value - (means[at] as number)) / (deviations[at] as number);
      logOdds += (coefficients[at] as number) * standard;
    }
    return probabilityOf(logOdds);
  }

  /** By the size of the coefficients, which standard features make comparable. */
  importance(): readonly FeatureImportance[] {
    return sharesOf(this.body.features, this.body.coefficients.map(Math.abs));
  }
}

/** What is wrong with the columns of a body that came from a file; undefined if nothing. */
export function logisticFault(body: LogisticBody): string | undefined {
  const { features, coefficients, means, deviations } = body;
  return [coefficients, means, deviations].some(({ length }) => length !== features.length)
    ? 'it has not one coefficient, mean and deviation per feature'
    : undefined;
}
