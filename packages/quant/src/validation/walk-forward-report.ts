import { requireCount } from '../base/require.ts';
import { averageUniqueness } from '../labels/average-uniqueness.ts';
import type { Samples } from './samples.ts';
import { areaUnderCurve, type Scores, scorePredictions } from './scores.ts';
import type { FoldOutcome } from './walk-forward.ts';

/** A row of the report's table. */
export type FoldReport = Omit<FoldOutcome, 'probabilities'>;

/** A feature that alone tells the labels apart better than an honest one would. */
export interface SuspectFeature {
  readonly name: string;
  readonly auc: number;
}

/** Why a result is not to be believed. */
export type LeakSign =
  | { readonly kind: 'auc-too-high'; readonly auc: number; readonly limit: number }
  | { readonly kind: 'feature-too-good'; readonly feature: SuspectFeature; readonly limit: number }
  | { readonly kind: 'shuffled-labels-learned'; readonly auc: number };

/**
 * `leak-suspected`: too good to be true. `no-edge`: not told from chance. `edge`: better than chance, and believable.
 */
export type Verdict = 'edge' | 'no-edge' | 'leak-suspected';

export interface WalkForwardReport {
  readonly verdict: Verdict;
  readonly leakSigns: readonly LeakSign[];
  /** Over the test rows of all folds; a row that two folds test counts twice. */
  readonly pooled: Scores;
  /**
   * How many independent samples the tested ones are worth: the sum of their average uniqueness. Labels that overlap share
   * their outcome, so that many of them prove little.
   */
  readonly effectiveCount: number;
  readonly folds: readonly FoldReport[];
  /** AUC after the labels were shuffled; absent if that was not tried. */
  readonly canaryAuc?: number | null;
}

export interface ReportOptions {
  /** Above it an AUC, of the model or of one feature, is a suspected leak. Default .60, for features of prices. */
  readonly leakAuc?: number;
  /** Distance of an AUC from .5 that chance may explain. Default .03, and never less than two standard errors of the effective count. */
  readonly chance?: number;
  /** Outcome of the same folds on `shuffleLabels(samples)`. */
  readonly canary?: readonly FoldOutcome[];
}

/**
 * Sums up the folds of a walk-forward and says what to think of them. Log loss and base rate stand beside each AUC,
 * since an AUC alone hides a model that is sure of itself and wrong.
 * @throws MillraceError SERIES_TOO_SHORT without folds
 */
export function reportWalkForward(
  samples: Samples,
  outcomes: readonly FoldOutcome[],
  { leakAuc = 0.6, chance = 0.03, canary }: ReportOptions = {},
): WalkForwardReport {
  requireCount('folds to report', outcomes.length, 1);
  const pooled = poolScores(samples, outcomes);
  const canaryAuc = canary === undefined ? undefined : poolCanary(canary);
  const effectiveCount = countEffective(samples, outcomes);
  const allowed = Math.max(chance, 2 * standardError(pooled.baseRate, effectiveCount));
  // Shuffled labels do not overlap in anything.
  const allowedNoise = Math.max(chance, 2 * standardError(pooled.baseRate, pooled.count));
  const leakSigns = [
    ...tooHigh(pooled, leakAuc),
    ...tooGood(samples, outcomes, leakAuc),
    ...learnedNoise(canaryAuc, allowedNoise),
  ];
  const hasEdge = pooled.auc !== null && pooled.auc > 0.5 + allowed;
  const verdict: Verdict = leakSigns.length > 0 ? 'leak-suspected' : hasEdge ? 'edge' : 'no-edge';
  const folds = outcomes.map(({ probabilities: _, ...fold }) => fold);
  const report = { verdict, leakSigns, pooled, effectiveCount, folds };
  return canaryAuc === undefined ? report : { ...report, canaryAuc };
}

function poolScores({ labels }: Samples, outcomes: readonly FoldOutcome[]): Scores {
  const rows = outcomes.flatMap(({ testFrom, testTo }) => [...labels.subarray(testFrom, testTo)]);
  const probabilities = outcomes.flatMap((outcome) => [...outcome.probabilities]);
  return scorePredictions(Uint8Array.from(rows), Float64Array.from(probabilities));
}

/** Mean over the folds, weighted by their rows: the shuffled labels themselves are not kept. */
function poolCanary(canary: readonly FoldOutcome[]): number | null {
  let sum = 0;
  let count = 0;
  for (const fold of canary) {
    if (fold.auc === null) continue;
    sum += fold.auc * fold.count;
    count += fold.count;
  }
  return count === 0 ? null : sum / count;
}

/** Each row once, however many folds test it. */
function countEffective({ starts, ends }: Samples, outcomes: readonly FoldOutcome[]): number {
  const rows = new Set<number>();
  for (const { testFrom, testTo } of outcomes) {
    for (let row = testFrom; row < testTo; row++) rows.add(row);
  }
  const pick = (column: Int32Array) => Int32Array.from(rows, (row) => column[row] as number);
  return averageUniqueness(pick(starts), pick(ends)).reduce((sum, unique) => sum + unique, 0);
}

/** Of an AUC of .5 over these labels (Hanley and McNeil 1982, with Q1 = Q2 = 1/3). */
function standardError(baseRate: number, count: number): number {
  const ones = count * baseRate;
  const zeros = count - ones;
  if (ones === 0 || zeros === 0) return Number.POSITIVE_INFINITY;
  return Math.sqrt((count + 1) / (12 * ones * zeros));
}

function tooHigh({ auc }: Scores, limit: number): LeakSign[] {
  return auc !== null && auc > limit ? [{ kind: 'auc-too-high', auc, limit }] : [];
}

function tooGood(
  { features, labels }: Samples,
  outcomes: readonly FoldOutcome[],
  limit: number,
): LeakSign[] {
  const from = Math.min(...outcomes.map(({ testFrom }) => testFrom));
  const to = Math.max(...outcomes.map(({ testTo }) => testTo));
  return features.columns.flatMap((column, at): LeakSign[] => {
    const auc = areaUnderCurve(labels.subarray(from, to), column.subarray(from, to)) ?? 0.5;
    // A feature that is low for ones tells as much as one that is high.
    if (Math.max(auc, 1 - auc) <= limit) return [];
    return [{ kind: 'feature-too-good', feature: { name: features.names[at] ?? '', auc }, limit }];
  });
}

function learnedNoise(auc: number | null | undefined, allowed: number): LeakSign[] {
  if (auc === null || auc === undefined || Math.abs(auc - 0.5) <= allowed) return [];
  return [{ kind: 'shuffled-labels-learned', auc }];
}
