export type RegimeKind = 'trend' | 'range' | 'volatile';
export type VolatilityLevel = 'low' | 'normal' | 'high';

export interface Regime {
  readonly kind: RegimeKind;
  readonly volatility: VolatilityLevel;
  /** 0 (on the border to another kind) to 1. */
  readonly confidence: number;
}

/** Where one kind ends and another begins. */
export interface RegimeBorders {
  /** Efficiency ratio from which a market trends. Default .3. */
  readonly trend?: number;
  /** Volatility over its slow mean below which it is low. Default .8. */
  readonly low?: number;
  /** From which it is high. Default 1.5. */
  readonly high?: number;
}

/**
 * Reads a regime from Kaufman's efficiency ratio and from volatility over slow volatility. Efficient: a trend,
 * however volatile. Else volatile where volatility is high, a range where it is not. Our own definition; the ratio is that of
 * P. Kaufman, Trading Systems and Methods (1995).
 */
export function readRegime(
  efficiency: number,
  volatilityRatio: number,
  { trend = 0.3, low = 0.8, high = 1.5 }: RegimeBorders = {},
): Regime {
  const volatility = volatilityRatio >= high ? 'high' : volatilityRatio < low ? 'low' : 'normal';
  if (efficiency >= trend) {
    return { kind: 'trend', volatility, confidence: share(efficiency - trend, 1 - trend) };
  }
  const inefficiency = share(trend - efficiency, trend);
  if (volatility !== 'high') return { kind: 'range', volatility, confidence: inefficiency };
  const excess = share(volatilityRatio - high, high);
  return { kind: 'volatile', volatility, confidence: Math.min(inefficiency, excess) };
}

const share = (part: number, whole: number): number =>
  whole > 0 ? Math.min(1, Math.max(0, part / whole)) : 1;

const KIND_WEIGHT = { trend: 1, range: 0.5, volatile: 0.3 } as const;
const VOLATILITY_WEIGHT = { low: 1, normal: 0.8, high: 0.5 } as const;

/** Share of the full size that a regime allows: kind x volatility x (.5 + .5 x confidence). */
export function regimeWeight({ kind, volatility, confidence }: Regime): number {
  return KIND_WEIGHT[kind] * VOLATILITY_WEIGHT[volatility] * (0.5 + 0.5 * confidence);
}

/** A regime as a number that trees can split: volatile -1, range 0, trend 1. */
export function regimeCode(kind: RegimeKind): number {
  switch (kind) {
    case 'volatile':
      return -1;
    case 'range':
      return 0;
    case 'trend':
      return 1;
    default:
      return kind satisfies never;
  }
}
