/** Arithmetic mean; NaN of nothing. */
export function mean(values: Iterable<number>): number {
  let sum = 0;
  let count = 0;
  for (const value of values) {
    sum += value;
    count += 1;
  }
  return sum / count;
}

/** Standard deviation of the sample (n - 1); NaN of fewer than two values. */
export function sampleDeviation(values: ArrayLike<number> & Iterable<number>): number {
  if (values.length < 2) return Number.NaN;
  const centre = mean(values);
  let squares = 0;
  for (const value of values) squares += (value - centre) ** 2;
  return Math.sqrt(squares / (values.length - 1));
}

/** Slope of the least-squares line through the values at 0, 1, 2, ... in units a place. */
export function regressionSlope(values: ArrayLike<number> & Iterable<number>): number {
  const centre = (values.length - 1) / 2;
  const level = mean(values);
  let products = 0;
  let squares = 0;
  let at = 0;
  for (const value of values) {
    products += (at - centre) * (value - level);
    squares += (at - centre) ** 2;
    at += 1;
  }
  return products / squares;
}

/** Log returns from each value to the next. */
export function logReturns(values: ArrayLike<number>): Float64Array {
  return Float64Array.from({ length: Math.max(0, values.length - 1) }, (_, at) =>
    Math.log((values[at + 1] ?? Number.NaN) / (values[at] ?? Number.NaN)),
  );
}
