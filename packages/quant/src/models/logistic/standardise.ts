/** Mean and deviation of each feature over the rows that are fitted. */
export interface Scales {
  readonly means: Float64Array;
  /** 1 for a feature that does not vary. */
  readonly deviations: Float64Array;
}

/** Of finite values only. */
export function scalesOf(columns: readonly Float64Array[], rows: Int32Array): Scales {
  const means = new Float64Array(columns.length);
  const deviations = new Float64Array(columns.length).fill(1);
  for (const [feature, column] of columns.entries()) {
    let count = 0;
    let mean = 0;
    let spread = 0;
    for (const row of rows) {
      const value = column[row] as number;
      if (!Number.isFinite(value)) continue;
      count += 1;
      const distance = value - mean;
      mean += distance / count;
      spread += distance * (value - mean);
    }
    means[feature] = mean;
    const deviation = Math.sqrt(spread / Math.max(1, count));
    if (deviation > 1e-12 * Math.abs(mean)) deviations[feature] = deviation;
  }
  return { means, deviations };
}

/** The features of the rows, row by row, standardised; what is not finite is the mean. A 1 stands before each row. */
export function designOf(
  columns: readonly Float64Array[],
  rows: Int32Array,
  { means, deviations }: Scales,
): Float64Array {
  const width = columns.length + 1;
  const design = new Float64Array(rows.length * width);
  for (let at = 0; at < rows.length; at++) design[at * width] = 1;
  for (const [feature, column] of columns.entries()) {
    const [mean, deviation] = [means[feature] as number, deviations[feature] as number];
    for (let at = 0; at < rows.length; at++) {
      const value = column[rows[at] as number] as number;
      design[at * width + feature + 1] = Number.isFinite(value) ? (value - mean) / deviation : 0;
    }
  }
  return design;
}
