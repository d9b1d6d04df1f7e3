import { requireWhole } from '../base/require.ts';
import { runIndicator } from './run-indicator.ts';
import { RSI } from './trading-signals.ts';

/**
 * Wilder's relative strength index, 0 to 100; 100 where the averages hold no loss, also of a flat series. NaN at the
 * first `window` places. Source: Wilder (1978), section VI.
 */
export function relativeStrength(closes: Float64Array, window = 14): Float64Array {
  return runIndicator(new RSI(requireWhole('window', window, 2)), closes);
}
