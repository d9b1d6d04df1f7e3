/** values[i] / values[i - 1] - 1, NaN at the first place. Shares: .01 is one percent. */
export function simpleReturns(values: Float64Array): Float64Array {
  return changes(values, (now, before) => now / before - 1);
}

/** ln(values[i] / values[i - 1]), NaN at the first place. */
export function logReturns(values: Float64Array): Float64Array {
  return changes(values, (now, before) => Math.log(now / before));
}

function changes(
  values: Float64Array,
  change: (now: number, before: number) => number,
): Float64Array {
  const results = new Float64Array(values.length).fill(Number.NaN);
  for (let at = 1; at < values.length; at++) {
    results[at] = change(values[at] as number, values[at - 1] as number);
  }
  return results;
}

/** Value of 1 held through the returns: what it is worth after each of them. */
export function equityCurve(returns: Float64Array): Float64Array {
  const equity = new Float64Array(returns.length);
  let worth = 1;
  for (let at = 0; at < returns.length; at++) {
    worth *= 1 + (returns[at] as number);
    equity[at] = worth;
  }
  return equity;
}
