/**
 * Weights with which both labels weigh as much as each other, and all together as much as before. For rare labels; the
 * probabilities of a model fitted so are those of a world in which both are equally common.
 */
export function balanceClasses(labels: Uint8Array, weights: Float64Array): Float64Array {
  const sums: [zeros: number, ones: number] = [0, 0];
  for (const [at, label] of labels.entries()) sums[label === 1 ? 1 : 0] += weights[at] as number;
  const [zeros, ones] = sums;
  if (zeros === 0 || ones === 0) return weights.slice();
  const half = (zeros + ones) / 2;
  return weights.map((weight, at) => weight * (half / (labels[at] === 1 ? ones : zeros)));
}
