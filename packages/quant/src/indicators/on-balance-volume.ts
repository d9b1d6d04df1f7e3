import type { Bars } from '../bars/bars.ts';

/**
 * Volume added up where the close rose and taken off where it fell, from 0 at the first bar.
 * Source: J. Granville, New Key to Stock Market Profits (1963).
 */
export function onBalanceVolume({ close, volume }: Bars): Float64Array {
  const balance = new Float64Array(close.length);
  for (let at = 1; at < close.length; at++) {
    const direction = Math.sign((close[at] as number) - (close[at - 1] as number));
    balance[at] = (balance[at - 1] as number) + direction * (volume[at] as number);
  }
  return balance;
}
