import { requireWhole } from '../base/require.ts';
import { RollingMoments } from '../base/rolling-moments.ts';

/**
 * Sample standard deviation (n - 1) of the newest `window` values. NaN where a value of the window is NaN, so a
 * leading warm-up makes the result begin later.
 */
export function rollingDeviation(values: Float64Array, window: number): Float64Array {
  requireWhole('window', window, 2);
  const deviations = new Float64Array(values.length);
  let moments = new RollingMoments(window);
  for (let at = 0; at < values.length; at++) {
    const value = values[at] as number;
    if (Number.isNaN(value)) moments = new RollingMoments(window);
    else moments.push(value);
    deviations[at] = moments.deviation;
  }
  return deviations;
}
