import { requirePositive, requireWhole, requireWithin } from '../../base/require.ts';

export interface TreeOptions {
  /** Trees at most. Default 200. */
  readonly rounds?: number;
  /** Leaves of a tree at most. Default 31. */
  readonly leaves?: number;
  /** Default .1. */
  readonly learningRate?: number;
  /** Samples in a leaf at least. Default 20. */
  readonly minRows?: number;
  /** Ridge on the value of a leaf. Default 1. */
  readonly l2?: number;
  /** A split must gain more. Default 0. */
  readonly minGain?: number;
  /** Bins of a feature at most, 2 to 255. Default 255. */
  readonly bins?: number;
  /** Samples that each tree sees, drawn by the seed. Default 1. */
  readonly rowShare?: number;
  /** Features that each tree may split, drawn by the seed. Default 1. */
  readonly featureShare?: number;
  readonly seed?: number;
  /** Newest samples kept back for early stopping; those whose label reaches into them are purged. Default .15. */
  readonly tailShare?: number;
  /** Rounds without a better log loss of the tail after which it stops. Default 10. */
  readonly patience?: number;
}

const LIMITS = {
  rounds: 1,
  leaves: 2,
  minRows: 1,
  patience: 1,
} as const;

/** @throws MillraceError QUANT_ARGUMENT */
export function checkTreeOptions(options: TreeOptions): Required<TreeOptions> {
  const all: Required<TreeOptions> = {
    rounds: 200,
    leaves: 31,
    learningRate: 0.1,
    minRows: 20,
    l2: 1,
    minGain: 0,
    bins: 255,
    rowShare: 1,
    featureShare: 1,
    seed: 1,
    tailShare: 0.15,
    patience: 10,
    ...options,
  };
  for (const name of ['rounds', 'leaves', 'minRows', 'patience'] as const) {
    requireWhole(name, all[name], LIMITS[name]);
  }
  requirePositive('learningRate', all.learningRate);
  requireWithin('l2', all.l2, [0, Number.POSITIVE_INFINITY]);
  requireWithin('minGain', all.minGain, [0, Number.POSITIVE_INFINITY]);
  requireWithin('bins', requireWhole('bins', all.bins, 2), [2, 255]);
  requireWithin('rowShare', all.rowShare, [Number.MIN_VALUE, 1]);
  requireWithin('featureShare', all.featureShare, [Number.MIN_VALUE, 1]);
  requireWithin('tailShare', all.tailShare, [0, 0.9]);
  return all;
}
