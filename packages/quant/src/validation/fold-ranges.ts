import { requireCount, requireWhole } from '../base/require.ts';

/**
 * Where a fold trains and tests, in rows of the samples; `to` is not included. Rows of the test part, and those that
 * {@link trainingRows} purges, are not trained on although they lie in the range.
 */
export interface FoldRange {
  readonly fold: number;
  readonly trainFrom: number;
  readonly trainTo: number;
  readonly testFrom: number;
  readonly testTo: number;
}

export interface WalkForwardOptions {
  /** Test blocks. */
  readonly folds: number;
  /** Rows before the test block that are trained on; without it, all. */
  readonly window?: number;
}

/**
 * Walk-forward: `folds` + 1 consecutive blocks, each of the last `folds` tested on what lies before it.
 * @throws MillraceError QUANT_ARGUMENT, SERIES_TOO_SHORT
 */
export function walkForwardRanges(
  count: number,
  { folds, window }: WalkForwardOptions,
): FoldRange[] {
  requireWhole('folds', folds, 1);
  if (window !== undefined) requireWhole('window', window, 1);
  requireCount('samples for a walk-forward', count, folds + 1);
  const border = (block: number): number => Math.floor((block * count) / (folds + 1));
  return Array.from({ length: folds }, (_, fold) => {
    const testFrom = border(fold + 1);
    const trainFrom = window === undefined ? 0 : Math.max(0, testFrom - window);
    return { fold, trainFrom, trainTo: testFrom, testFrom, testTo: border(fold + 2) };
  });
}

export interface RollingOptions {
  /** Rows of a training part. Default 252. */
  readonly train?: number;
  /** Rows of a test part; the last ones may be shorter. Default 63. */
  readonly test?: number;
  /** Rows from one test part to the next. Default 21. */
  readonly step?: number;
  /** Rows left out between training and test. Default 5. */
  readonly embargo?: number;
  /** When more folds would come, `train`, `test` and `step` grow in proportion. Without it, no limit. */
  readonly maxFolds?: number;
}

/**
 * Rolling windows: test parts begin `step` rows apart for as long as there are rows, so that the last are short. A
 * thousand rows give 36 folds.
 * @throws MillraceError QUANT_ARGUMENT, SERIES_TOO_SHORT
 */
export function rollingRanges(count: number, options: RollingOptions = {}): FoldRange[] {
  const { maxFolds = Number.POSITIVE_INFINITY } = options;
  const embargo = requireWhole('embargo', options.embargo ?? 5, 0);
  const base = {
    train: requireWhole('train', options.train ?? 252, 1),
    test: requireWhole('test', options.test ?? 63, 1),
    step: requireWhole('step', options.step ?? 21, 1),
  };
  const fewest = base.train + base.step * maxFolds;
  const scale = Math.max(1, (count - embargo) / fewest);
  const train = Math.ceil(base.train * scale);
  const step = Math.ceil(base.step * scale);
  const test = Math.ceil(base.test * scale);
  requireCount('samples for rolling folds', count, train + embargo + 1);
  const folds = Math.ceil((count - train - embargo) / step);
  return Array.from({ length: folds }, (_, fold) => {
    const trainFrom = fold * step;
    const trainTo = trainFrom + train;
    const testFrom = trainTo + embargo;
    return { fold, trainFrom, trainTo, testFrom, testTo: Math.min(count, testFrom + test) };
  });
}

/**
 * Purged k-fold: each of `folds` blocks is tested once on the others, those after it included, so that an embargo is
 * needed. Source: López de Prado (2018), section 7.4.
 * @throws MillraceError QUANT_ARGUMENT, SERIES_TOO_SHORT
 */
export function purgedKFoldRanges(count: number, folds: number): FoldRange[] {
  requireWhole('folds', folds, 2);
  requireCount('samples for k folds', count, folds);
  const border = (block: number): number => Math.floor((block * count) / folds);
  return Array.from({ length: folds }, (_, fold) => ({
    fold,
    trainFrom: 0,
    trainTo: count,
    testFrom: border(fold),
    testTo: border(fold + 1),
  }));
}
