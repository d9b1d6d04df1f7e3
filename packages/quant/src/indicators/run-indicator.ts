/** What the library's indicators have in common as far as it is used here. */
interface Streaming {
  add(value: number): number | null;
}

/** Feeds values one by one; the result at each place, NaN where the indicator has none yet. */
export function runIndicator(indicator: Streaming, values: Float64Array): Float64Array {
  const results = new Float64Array(values.length);
  for (let at = 0; at < values.length; at++) {
    results[at] = indicator.add(values[at] as number) ?? Number.NaN;
  }
  return results;
}
