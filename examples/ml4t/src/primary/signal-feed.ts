import { type Bars, sliceBars } from '@millrace/quant';
import { MIN_BARS, type SignalEvent, type SignalSide } from '../events/signal-event.ts';
import { trendSides } from './trend-sides.ts';

export interface FeedOptions {
  readonly instrumentId: string;
  /** Bars of each signal, at least 100. Default 100. */
  readonly window?: number;
  /** Bars from one signal to the next. Default 1. */
  readonly every?: number;
}

const NS_PER_MS = 1_000_000n;

/** Signals of the primary strategy, each with the bars up to its own, as they would come live. */
export function* signalFeed(
  bars: Bars,
  { instrumentId, window = MIN_BARS, every = 1 }: FeedOptions,
): Generator<SignalEvent> {
  const sides = trendSides(bars.close);
  for (let end = window; end <= bars.close.length; end += every) {
    const newest = bars.time[end - 1] as number;
    yield {
      instrumentId,
      signal: sides[end - 1] as SignalSide,
      timestamp: BigInt(Math.floor(newest)) * NS_PER_MS,
      bars: sliceBars(bars, end - window, end),
    };
  }
}
