/** How a fit of boosted trees stands after a tree. */
export interface FitRound {
  /** Counts from 1. */
  readonly round: number;
  /** Mean log loss of the samples that are learned from. */
  readonly loss: number;
  /** That of the samples kept back for early stopping; undefined without any. */
  readonly tailLoss: number | undefined;
}

/** Hears of each tree, in order, while the fit goes on. */
export type OnRound = (round: FitRound) => void;
