import { type Bars, generateBars } from '@millrace/quant';
import type { SignalEvent } from '../events/signal-event.ts';
import { signalFeed } from '../primary/signal-feed.ts';

export interface MarketOptions {
  readonly instrumentId: string;
  readonly seed: number;
  readonly bars: number;
  /** Of the returns: as `generateBars` has it. */
  readonly persistence: number;
  /** End of the last bar before these, in milliseconds. Default 0. */
  readonly afterMs?: number;
}

/** GENERATED signals of a market with a character of its own, as they would come live. */
export function liveSignals(options: MarketOptions): Generator<SignalEvent> {
  const { instrumentId, seed, bars: count, persistence, afterMs = 0 } = options;
  const bars = generateBars({ count, seed, persistence });
  return signalFeed(later(bars, afterMs), { instrumentId });
}

function later(bars: Bars, byMs: number): Bars {
  return { ...bars, time: bars.time.map((time) => time + byMs) };
}

/** The next so many; fewer at the end. */
export function takeSome<T>(from: Iterator<T>, most: number): T[] {
  const taken: T[] = [];
  while (taken.length < most) {
    const { value, done } = from.next();
    if (done === true) break;
    taken.push(value);
  }
  return taken;
}
