import type { Bounds } from './shape.ts';

/** What is wrong when no number lies within both: `at most 2, not at least 3`. */
export function boundsConflict(provided: Bounds, expected: Bounds): string | undefined {
  if (isBelow(provided, expected)) return `${upper(provided)}, not ${lower(expected)}`;
  if (isBelow(expected, provided)) return `${lower(provided)}, not ${upper(expected)}`;
  return undefined;
}

/** What is wrong with a number that lies outside: `less than 3`. */
export function outsideBounds(value: number, bounds: Bounds): string | undefined {
  const own = { min: value, max: value, aboveMin: false, belowMax: false };
  if (isBelow(own, bounds)) return `not ${lower(bounds)}`;
  return isBelow(bounds, own) ? `not ${upper(bounds)}` : undefined;
}

function isBelow(low: Bounds, high: Bounds): boolean {
  return low.max < high.min || (low.max === high.min && (low.belowMax || high.aboveMin));
}

function lower({ min, aboveMin }: Bounds): string {
  return aboveMin ? `more than ${min}` : `at least ${min}`;
}

function upper({ max, belowMax }: Bounds): string {
  return belowMax ? `less than ${max}` : `at most ${max}`;
}
