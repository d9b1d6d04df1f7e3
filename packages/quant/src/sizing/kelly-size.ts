export interface KellyInputs {
  /** 1 long, -1 short, 0 none. */
  readonly side: number;
  /** Probability of a gain. */
  readonly probability: number;
  /** Gain over loss (b), above 0. */
  readonly payoff: number;
  /** 0 to 1. */
  readonly regimeWeight: number;
  /** 0 to 1; null while unknown. */
  readonly toxicity: number | null;
}

export interface KellyOptions {
  /** Share of the Kelly bet that is taken, .25 to .5 as a rule. Default .25. */
  readonly fraction?: number;
  /** Largest share of the equity. Default .2. */
  readonly cap?: number;
  /** Stands for a toxicity that is unknown. Default .7. */
  readonly unknownToxicity?: number;
}

export type NoBet =
  | 'payoff-not-positive'
  | 'probability-outside-0-and-1'
  | 'weight-outside-0-and-1'
  | 'no-side'
  | 'no-advantage';

/** Signed share of the equity, 0 with a reason. */
export type KellySize =
  | { readonly size: number; readonly reason?: undefined }
  | { readonly size: 0; readonly reason: NoBet };

/**
 * Fractional Kelly: p - (1 - p) / b, times `fraction`, capped, times regime and 1 - toxicity. What cannot be computed is
 * no bet. Source: J. Kelly, A New Interpretation of Information Rate (1956); E. Thorp, The Kelly Criterion (2006).
 */
export function kellySize(inputs: KellyInputs, options: KellyOptions = {}): KellySize {
  const { fraction = 0.25, cap = 0.2, unknownToxicity = 0.7 } = options;
  const { side, probability, payoff, regimeWeight, toxicity } = inputs;
  const toxic = toxicity ?? unknownToxicity;
  if (!(payoff > 0)) return none('payoff-not-positive');
  if (!isShare(probability)) return none('probability-outside-0-and-1');
  if (!isShare(regimeWeight) || !isShare(toxic)) return none('weight-outside-0-and-1');
  if (side !== 1 && side !== -1) return none('no-side');
  const full = probability - (1 - probability) / payoff;
  if (!(full > 0)) return none('no-advantage');
  return { size: side * Math.min(cap, fraction * full) * regimeWeight * (1 - toxic) };
}

/** False for NaN. */
const isShare = (value: number): boolean => value >= 0 && value <= 1;

const none = (reason: NoBet): KellySize => ({ size: 0, reason });
