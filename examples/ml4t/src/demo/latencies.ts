/** Durations, of which the largest of a share are asked for. */
export class Latencies {
  readonly #ns: number[] = [];

  add(ns: number): void {
    this.#ns.push(ns);
  }

  get count(): number {
    return this.#ns.length;
  }

  /** In microseconds; NaN without any. @param share 0 to 1, such as .99 */
  quantileUs(share: number): number {
    const sorted = Float64Array.from(this.#ns).sort();
    const place = Math.min(sorted.length - 1, Math.floor(sorted.length * share));
    return (sorted[place] ?? Number.NaN) / 1000;
  }
}
