/** Each power of two is cut into so many buckets, so that a value is known to within 3 %. */
const PARTS = 32;
const PART_BITS = 5;
/** Up to 2 ** 40 microseconds, twelve days. */
const POWERS = 40;

export interface Latencies {
  readonly count: number;
  /** Milliseconds. Of a quantile: the upper end of its bucket, at most 3 % too much. Null where there is none. */
  readonly p50Ms: number | null;
  readonly p99Ms: number | null;
  readonly p999Ms: number | null;
  readonly maxMs: number | null;
}

/** Counts durations in buckets of equal relative width: constant room and time, whatever comes. */
export class LatencyHistogram {
  readonly #counts = new Float64Array((POWERS - PART_BITS + 1) * PARTS);
  #count = 0;
  #maxUs = 0;

  add(ms: number): void {
    const us = Math.max(0, ms * 1000);
    const bucket = Math.min(this.#counts.length - 1, bucketOf(Math.floor(us)));
    this.#counts[bucket] = (this.#counts[bucket] ?? 0) + 1;
    this.#count++;
    if (us > this.#maxUs) this.#maxUs = us;
  }

  get latencies(): Latencies {
    return {
      count: this.#count,
      p50Ms: this.quantile(0.5),
      p99Ms: this.quantile(0.99),
      p999Ms: this.quantile(0.999),
      maxMs: this.#count === 0 ? null : this.#maxUs / 1000,
    };
  }

  /** @param share in (0, 1] @returns milliseconds */
  quantile(share: number): number | null {
    if (this.#count === 0) return null;
    let left = Math.ceil(this.#count * share);
    for (let bucket = 0; bucket < this.#counts.length; bucket++) {
      left -= this.#counts[bucket] ?? 0;
      if (left <= 0) return Math.min(upperEndUs(bucket), this.#maxUs) / 1000;
    }
    return this.#maxUs / 1000;
  }

  clear(): void {
    this.#counts.fill(0);
    this.#count = 0;
    this.#maxUs = 0;
  }
}

/** Below 32 each microsecond has a bucket; above, each power of two has 32. */
function bucketOf(us: number): number {
  if (us < PARTS) return us;
  const power = Math.floor(Math.log2(us));
  const part = Math.floor(us / 2 ** (power - PART_BITS)) - PARTS;
  return (power - PART_BITS + 1) * PARTS + part;
}

function upperEndUs(bucket: number): number {
  if (bucket < PARTS) return bucket + 1;
  const row = Math.floor(bucket / PARTS);
  const part = bucket % PARTS;
  return (PARTS + part + 1) * 2 ** (row - 1);
}
