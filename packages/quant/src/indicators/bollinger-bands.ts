import { requirePositive, requireWhole } from '../base/require.ts';
import { RollingMoments } from '../base/rolling-moments.ts';

export interface BollingerBands {
  readonly lower: Float64Array;
  readonly middle: Float64Array;
  readonly upper: Float64Array;
  /** (upper - lower) / middle. */
  readonly width: Float64Array;
}

export interface BollingerOptions {
  /** Default 20. */
  readonly window?: number;
  /** Distance of a band from the middle in standard deviations. Default 2. */
  readonly deviations?: number;
  /** `population` (n), as in J. Bollinger, Bollinger on Bollinger Bands (2001), the default; `sample` (n - 1). */
  readonly of?: 'population' | 'sample';
}

/** Bands around the simple moving average. NaN at the first window - 1 places. */
export function bollingerBands(
  closes: Float64Array,
  { window = 20, deviations = 2, of = 'population' }: BollingerOptions = {},
): BollingerBands {
  requireWhole('window', window, 2);
  requirePositive('deviations', deviations);
  const scale = deviations * (of === 'sample' ? 1 : Math.sqrt((window - 1) / window));
  const moments = new RollingMoments(window);
  const column = (): Float64Array => new Float64Array(closes.length);
  const bands = { lower: column(), middle: column(), upper: column(), width: column() };
  for (let at = 0; at < closes.length; at++) {
    moments.push(closes[at] as number);
    const { mean, deviation } = moments;
    const reach = scale * deviation;
    bands.middle[at] = mean;
    bands.lower[at] = mean - reach;
    bands.upper[at] = mean + reach;
    bands.width[at] = (2 * reach) / mean;
  }
  return bands;
}
