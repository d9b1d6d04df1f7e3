import { element } from '../base/element.ts';
import type { Bars } from '../market/bars.ts';

/** Days before one by whose mean its volume is measured. */
const VOLUME_WINDOW = 60;
const FEWEST_PARTS = 0.05;

/** What the days of a real series were like, whatever its price: a generated day is one of these. */
export interface Parent {
  /** How many days there are. */
  readonly length: number;
  /** Logs: of the close to that of the day before, and of open, high and low to the close. */
  readonly returns: Float64Array;
  readonly opens: Float64Array;
  readonly highs: Float64Array;
  readonly lows: Float64Array;
  /** Volume to the mean of the days before. */
  readonly volumes: Float64Array;
}

/** Takes the shape of each day out of real bars; the first days only serve to measure the volumes by. */
export function toParent({ open, high, low, close, volume }: Bars): Parent {
  const length = close.length - VOLUME_WINDOW;
  const column = (of: (at: number) => number): Float64Array =>
    Float64Array.from({ length }, (_, at) => of(at + VOLUME_WINDOW));
  const logTo = (prices: Float64Array, base: number, at: number): number =>
    Math.log(element(prices, at) / element(close, base));
  return {
    length,
    returns: column((at) => logTo(close, at - 1, at)),
    opens: column((at) => logTo(open, at, at)),
    highs: column((at) => logTo(high, at, at)),
    lows: column((at) => logTo(low, at, at)),
    volumes: column((at) => {
      const before = volume.subarray(at - VOLUME_WINDOW, at);
      const usual = before.reduce((sum, value) => sum + value, 0) / VOLUME_WINDOW;
      return Math.max(FEWEST_PARTS, element(volume, at) / usual);
    }),
  };
}
