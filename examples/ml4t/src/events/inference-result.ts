import type { RiskDecision } from '@millrace/quant';
import type { EnrichedSignalEvent } from './enriched-signal-event.ts';
import type { Refusal } from './refusal.ts';

/** What became of the bars of a signal. */
export interface BarCounts {
  /** New and sound: the features rest on them. */
  readonly taken: number;
  /** Whose time the bar before has, too. */
  readonly duplicate: number;
  /** Whose time is before that of a bar taken already. */
  readonly outOfOrder: number;
  /** NaN, prices that are not above 0, highs below lows. */
  readonly faulty: number;
  /** Distances above the regular one; never filled. */
  readonly gaps: number;
  /** New bars without trades; taken, since that nobody traded is a fact. */
  readonly withoutVolume: number;
  /** The bars no longer join those seen before: features and toxicity begin anew from these. */
  readonly resynchronised: boolean;
  /** The signal is older than what was seen: computed from its own bars, beside the state. */
  readonly replayed: boolean;
}

/** Where the confidence comes from: the model, or the default for a reason. */
export type ConfidenceSource =
  | 'model'
  /** There is no model, or it was refused. */
  | 'no-model'
  /** A signal of 0 has no side whose success could be foretold. */
  | 'no-side'
  /** Too few sound bars for every feature. */
  | 'warming'
  /** The newest bar cannot be used: the features are those of an earlier one. */
  | 'stale-bar';

/** The answer to a signal, and how it came about. */
export interface InferenceResult {
  readonly kind: 'enriched';
  readonly enriched: EnrichedSignalEvent;
  readonly featureNs: bigint;
  readonly predictionNs: bigint;
  readonly totalNs: bigint;
  readonly modelAvailable: boolean;
  /** `name@version` of the one model that answered; null for the default. */
  readonly modelId: string | null;
  readonly confidenceFrom: ConfidenceSource;
  /** What the model saw, the side last; NaN while unknown. A copy. */
  readonly features: Float64Array;
  /** Signed share of the full size, -1 to 1. */
  readonly size: number;
  /** What the limits leave of it as a share of the equity, and why. */
  readonly risk: RiskDecision;
  readonly bars: BarCounts;
  /** It took longer than the timeout. */
  readonly late: boolean;
}

/** A signal that cannot be answered, with the reason. */
export interface RefusedSignal extends Refusal {
  readonly kind: 'refused';
  /** Empty where it is not known. */
  readonly instrumentId: string;
}

export type Inference = InferenceResult | RefusedSignal;
