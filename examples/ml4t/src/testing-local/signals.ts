import { type Bar, type Bars, barAt, generateBars, sliceBars } from '@millrace/quant';
import type { SignalEvent } from '../events/signal-event.ts';
import { signalFeed } from '../primary/signal-feed.ts';

/** GENERATED signals, one for each bar from the hundredth on. */
export function signalsOf(count: number, { seed = 5, persistence = 0.7, instrumentId = 'X' } = {}) {
  return [...signalFeed(generateBars({ count, seed, persistence }), { instrumentId })];
}

/** Bars from single ones, as they are: repeated, late or faulty. */
export function barsOf(list: readonly Bar[]): Bars {
  const column = (of: (bar: Bar) => number): Float64Array => Float64Array.from(list, of);
  return {
    time: column(({ time }) => time),
    open: column(({ open }) => open),
    high: column(({ high }) => high),
    low: column(({ low }) => low),
    close: column(({ close }) => close),
    volume: column(({ volume }) => volume),
  };
}

export const listOf = (bars: Bars): Bar[] => Array.from(bars.time.keys(), (at) => barAt(bars, at));

/** A signal over bars `from` up to but not including `to`. */
export function signalOver(
  bars: Bars,
  [from, to]: readonly [from: number, to: number],
  instrumentId = 'X',
): SignalEvent {
  const cut = sliceBars(bars, from, to);
  const times = [...cut.time].filter(Number.isFinite);
  return { instrumentId, signal: 1, timestamp: BigInt(Math.max(...times)) * 1_000_000n, bars: cut };
}
