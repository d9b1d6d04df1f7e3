import { requireWhole } from '../base/require.ts';

/**
 * Net change over the sum of the single changes, 0 (no way made) to 1 (straight); 0 where nothing changed. NaN at
 * the first `window` places. Source: P. Kaufman, Trading Systems and Methods (1995).
 */
export function efficiencyRatio(closes: Float64Array, window: number): Float64Array {
  requireWhole('window', window, 1);
  const ratios = new Float64Array(closes.length).fill(Number.NaN);
  for (let at = window; at < closes.length; at++) {
    let path = 0;
    for (let step = at - window + 1; step <= at; step++) {
      path += Math.abs((closes[step] as number) - (closes[step - 1] as number));
    }
    const net = Math.abs((closes[at] as number) - (closes[at - window] as number));
    ratios[at] = path === 0 ? 0 : Math.min(1, net / path);
  }
  return ratios;
}
