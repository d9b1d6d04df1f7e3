/** A tree over bins, its nodes in the order in which they were made; node 0 is the root. */
export class GrownTree {
  /** -1 for a leaf. */
  readonly feature: Int32Array;
  readonly bin: Uint8Array;
  /** The right child follows it. */
  readonly left: Int32Array;
  readonly value: Float64Array;
  readonly gain: Float64Array;
  #count = 1;

  constructor(leaves: number) {
    const nodes = 2 * leaves - 1;
    this.feature = new Int32Array(nodes).fill(-1);
    this.bin = new Uint8Array(nodes);
    this.left = new Int32Array(nodes).fill(-1);
    this.value = new Float64Array(nodes);
    this.gain = new Float64Array(nodes);
  }

  get count(): number {
    return this.#count;
  }

  /** Makes two leaves of one, and gives the left. */
  split(node: number, feature: number, bin: number, gain: number): number {
    const left = this.#count;
    this.feature[node] = feature;
    this.bin[node] = bin;
    this.gain[node] = gain;
    this.left[node] = left;
    this.#count += 2;
    return left;
  }

  /** Value of the leaf that a row of bins falls in. */
  valueOf(bins: readonly Uint8Array[], row: number): number {
    let node = 0;
    for (;;) {
      const feature = this.feature[node] as number;
      if (feature < 0) return this.value[node] as number;
      const bin = (bins[feature] as Uint8Array)[row] as number;
      node = (this.left[node] as number) + (bin > (this.bin[node] as number) ? 1 : 0);
    }
  }
}
