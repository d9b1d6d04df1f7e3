import type { Day } from '../base/calendar.ts';
import { element } from '../base/element.ts';
import { mean, sampleStandardDeviation } from '../base/statistics.ts';

/** A derived series: days ascending, one value each. Every SeriesTable is one. */
export interface Line {
  readonly days: ArrayLike<Day>;
  readonly values: ArrayLike<number>;
}

/** `change(now, before)` of each value and the one `periods` rows earlier. */
export function overPeriods(
  { days, values }: Line,
  periods: number,
  change: (now: number, before: number) => number,
): Line {
  const length = Math.max(0, values.length - periods);
  return {
    days: Array.from({ length }, (_, at) => element(days, at + periods)),
    values: Array.from({ length }, (_, at) => {
      return change(element(values, at + periods), element(values, at));
    }),
  };
}

/** Change in percent over `periods` rows. */
export function percentChange(line: Line, periods: number): Line {
  return overPeriods(line, periods, (now, before) => 100 * (now / before - 1));
}

/** Difference over `periods` rows, in the line's unit. */
export function difference(line: Line, periods: number): Line {
  return overPeriods(line, periods, (now, before) => now - before);
}

/** Natural log of the ratio over `periods` rows. */
export function logChange(line: Line, periods: number): Line {
  return overPeriods(line, periods, (now, before) => Math.log(now / before));
}

/** `join(a, b)` on the days that both lines have. */
export function combine(a: Line, b: Line, join: (a: number, b: number) => number): Line {
  const days: Day[] = [];
  const values: number[] = [];
  for (let i = 0, j = 0; i < a.days.length && j < b.days.length; ) {
    const [left, right] = [element(a.days, i), element(b.days, j)];
    if (left === right) {
      days.push(left);
      values.push(join(element(a.values, i), element(b.values, j)));
    }
    if (left <= right) i += 1;
    if (right <= left) j += 1;
  }
  return { days, values };
}

export function mapValues({ days, values }: Line, map: (value: number) => number): Line {
  return { days, values: Array.from(values, map) };
}

/**
 * How many deviations the last value lies from the mean of the `window` values before it.
 * Undefined when there are fewer, or when they do not vary.
 */
export function zOfLast({ values }: Line, window: number): number | undefined {
  if (values.length < window + 1) return undefined;
  const history = Array.from(values).slice(-window - 1, -1);
  const deviation = sampleStandardDeviation(history);
  return deviation > 0 ? (element(values, -1) - mean(history)) / deviation : undefined;
}
