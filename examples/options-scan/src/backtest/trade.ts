import type { Bars } from '../market/bars.ts';
import type { Position } from './choose-positions.ts';

/** A position from its entry to its exit. */
export interface Trade {
  readonly ticker: string;
  readonly side: 1 | -1;
  /** By day: the return of that day on the day before, in favour of the position. The first is from the entry. */
  readonly days: readonly { readonly day: number; readonly value: number }[];
  /** From entry to exit, in favour of the position. */
  readonly total: number;
}

/**
 * Enters at the open after the day of the score, since its close cannot be both seen and traded, and leaves at the
 * close `hold` days after it. Of the underlying: there are no prices of past options.
 * @returns undefined where the ticker has no such days
 */
export function makeTrade({ ticker, side, chosenOn }: Position, bars: Bars, hold: number) {
  const chosen = bars.days.indexOf(chosenOn);
  const entry = bars.open[chosen + 1];
  const exit = bars.close[chosen + hold];
  if (chosen < 0 || entry === undefined || exit === undefined) return undefined;
  const days = Array.from({ length: hold }, (_, at) => {
    const place = chosen + 1 + at;
    const before = at === 0 ? entry : (bars.close[place - 1] ?? entry);
    const value = side * ((bars.close[place] ?? before) / before - 1);
    return { day: bars.days[place] ?? 0, value };
  });
  const trade: Trade = { ticker, side, days, total: side * (exit / entry - 1) };
  return trade;
}
