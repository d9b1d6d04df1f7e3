import type { Bars } from '@millrace/quant';

/** Bars that a signal carries at least: as many as every feature needs, and some more. */
export const MIN_BARS = 100;

export type SignalSide = -1 | 0 | 1;

/** What a primary strategy says of an instrument, with the bars that it knew. */
export interface SignalEvent {
  readonly instrumentId: string;
  /** 1 long, -1 short, 0 none. */
  readonly signal: SignalSide;
  /** Nanoseconds since 1970 at which the signal was made; no bar of it ends later. */
  readonly timestamp: bigint;
  /** The newest bars, {@link MIN_BARS} at least; the last one is that of the signal. */
  readonly bars: Bars;
}
