import type { Bars } from '../bars/bars.ts';
import { Vpin } from './vpin.ts';
import type { VpinOptions } from './vpin-options.ts';

/** VPIN after each bar, NaN until it is known; the same numbers as {@link Vpin} gives live. */
export function vpinColumn({ open, close, volume }: Bars, options: VpinOptions): Float64Array {
  const vpin = new Vpin(options);
  return close.map((price, at) => {
    const bar = { open: open[at] as number, close: price, volume: volume[at] as number };
    return vpin.push(bar) ?? Number.NaN;
  });
}

const DAY_MS = 86_400_000;

/**
 * Mean volume of the UTC days in the bars, the last one excluded, since more of it may come.
 * @returns undefined when there is no day that has ended
 */
export function averageDailyVolume({ time, volume }: Bars): number | undefined {
  const dayOf = (at: number): number => Math.floor((time[at] as number) / DAY_MS);
  const lastDay = dayOf(time.length - 1);
  const days = new Set<number>();
  let total = 0;
  for (let at = 0; at < time.length; at++) {
    const day = dayOf(at);
    if (day === lastDay) break;
    days.add(day);
    total += volume[at] as number;
  }
  return days.size === 0 ? undefined : total / days.size;
}
