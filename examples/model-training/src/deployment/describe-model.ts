import { decimal, percent } from '../base/figures.ts';
import type { Evaluation } from '../evaluation/evaluation.ts';
import type { DataSource } from '../market/data-source.ts';
import type { Split } from '../market/split-days.ts';

export interface DescribedModel {
  readonly evaluation: Evaluation;
  readonly source: DataSource;
  readonly split: Split;
}

/** What the model file says of the model, beside its lineage. */
export function describeModel({ evaluation, source, split }: DescribedModel) {
  const { scores, strategy, verdict, evidence, candidate } = evaluation;
  const [first, validationFrom, testFrom, last] = split.days;
  const description =
    `Direction of the next day for ${source.title}; ${candidate}, ${verdict}: ` +
    `accuracy ${percent(scores.accuracy)} on ${testFrom} to ${last}, Sharpe ${decimal(strategy.sharpe)}`;
  return {
    description,
    properties: {
      ...{ verdict, evidence, candidate },
      ...{ data: source.name, isGenerated: source.isGenerated, bars: source.fingerprint },
      ...{
        trainedFrom: first,
        validatedFrom: validationFrom,
        testedFrom: testFrom,
        testedTo: last,
      },
      ...{
        accuracy: scores.accuracy,
        baseRate: scores.baseRate,
        maxDrawdown: strategy.maxDrawdown,
      },
      ...(scores.auc === null ? {} : { auc: scores.auc }),
      ...(strategy.sharpe === null ? {} : { sharpe: strategy.sharpe }),
    },
  };
}
