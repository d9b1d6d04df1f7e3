import type { Bars } from '../bars/bars.ts';
import type { BarrierOptions } from './barrier-options.ts';

/** Which barrier ended an event. */
export const TOUCH = { vertical: 0, takeProfit: 1, stopLoss: 2 } as const;
export type Touch = (typeof TOUCH)[keyof typeof TOUCH];

/** A position on its way, in returns signed by its side, so that both sides read alike. */
export interface Walk {
  readonly entry: number;
  readonly side: number;
  /** Return of the upper barrier; infinite for none. */
  readonly upper: number;
  /** Distance of the stop below 0, or below the best return when it trails; infinite for none. */
  readonly reach: number;
  /** First and last bar after the entry. */
  readonly from: number;
  readonly to: number;
}

/** Where a walk ended; one object for all walks, since millions are made. */
export interface WalkEnd {
  at: number;
  touch: Touch;
  outcome: number;
  /** False where no barrier was touched. */
  touched: boolean;
}

/** Walks by closes: strict inequalities, exit at the close. */
export function walkCloses(
  { close }: Bars,
  { entry, side, upper, reach, from, to }: Walk,
  { trailing = false }: BarrierOptions,
  end: WalkEnd,
): void {
  let lower = -reach;
  for (let at = from; at <= to; at++) {
    const gain = side * ((close[at] as number) / entry - 1);
    if (gain > upper) return finish(end, at, TOUCH.takeProfit, gain);
    if (gain < lower) return finish(end, at, TOUCH.stopLoss, gain);
    if (trailing && gain - reach > lower) lower = gain - reach;
  }
  end.touched = false;
}

/** Walks through whole bars: inclusive, opens first, then the stop, then the profit. */
export function walkBars(
  { open, high, low }: Bars,
  { entry, side, upper, reach, from, to }: Walk,
  { trailing = false }: BarrierOptions,
  end: WalkEnd,
): void {
  const [best, worst] = side > 0 ? [high, low] : [low, high];
  let lower = -reach;
  for (let at = from; at <= to; at++) {
    const opened = side * ((open[at] as number) / entry - 1);
    if (opened <= lower) return finish(end, at, TOUCH.stopLoss, opened);
    if (opened >= upper) return finish(end, at, TOUCH.takeProfit, opened);
    if (side * ((worst[at] as number) / entry - 1) <= lower)
      return finish(end, at, TOUCH.stopLoss, lower);
    const top = side * ((best[at] as number) / entry - 1);
    if (top >= upper) return finish(end, at, TOUCH.takeProfit, upper);
    if (trailing && top - reach > lower) lower = top - reach;
  }
  end.touched = false;
}

function finish(end: WalkEnd, at: number, touch: Touch, outcome: number): void {
  end.touched = true;
  end.at = at;
  end.touch = touch;
  end.outcome = outcome;
}
