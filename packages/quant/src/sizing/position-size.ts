import { requireWithin } from '../base/require.ts';

export interface SizeInputs {
  /** -1 to 1; its sign is the side. */
  readonly signal: number;
  /** Probability that the signal makes money, 0 to 1. */
  readonly confidence: number;
  /** 0 to 1; see `regimeWeight`. */
  readonly regimeWeight: number;
  /** 0 to 1; null while unknown. */
  readonly toxicity: number | null;
}

export interface SizeOptions {
  /** Power of the signal's strength. Default .5. */
  readonly exponent?: number;
  /** Share of the full size. Default .5. */
  readonly scale?: number;
  /** A smaller size is none. Default .01. */
  readonly least?: number;
  /** Default 1. */
  readonly cap?: number;
  /** Stands for a toxicity that is unknown. Default .7, where high begins: never 0, which would be trust without cause. */
  readonly unknownToxicity?: number;
}

/**
 * Signed size as a share of the full one: sign x |signal| ^ exponent x confidence x regime x (1 - toxicity) x scale.
 * @throws MillraceError QUANT_ARGUMENT for inputs that are NaN or out of range
 */
export function positionSize(inputs: SizeInputs, options: SizeOptions = {}): number {
  const { exponent = 0.5, scale = 0.5, least = 0.01, cap = 1, unknownToxicity = 0.7 } = options;
  const { signal, confidence, regimeWeight, toxicity } = inputs;
  requireWithin('signal', signal, [-1, 1]);
  requireWithin('confidence', confidence, [0, 1]);
  requireWithin('regimeWeight', regimeWeight, [0, 1]);
  const toxic = requireWithin('toxicity', toxicity ?? unknownToxicity, [0, 1]);
  const strength = Math.abs(signal) ** exponent;
  const size = strength * confidence * regimeWeight * (1 - toxic) * scale;
  return size < least || signal === 0 ? 0 : Math.sign(signal) * Math.min(cap, size);
}
