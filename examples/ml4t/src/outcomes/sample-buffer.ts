import type { Samples } from '@millrace/quant';
import type { Outcome } from './outcome.ts';

const MINUTE_MS = 60_000;

/** The newest outcomes, for a retraining. */
export class SampleBuffer {
  readonly #features: readonly string[];
  readonly #keep: number;
  readonly #outcomes: Outcome[] = [];
  #first = 0;

  /**
   * @param features names of a row, the side last
   * @param keep outcomes that are kept
   */
  constructor(features: readonly string[], keep: number) {
    this.#features = features;
    this.#keep = keep;
  }

  get count(): number {
    return Math.min(this.#outcomes.length, this.#keep);
  }

  push(outcome: Outcome): void {
    if (this.#outcomes.length < this.#keep) this.#outcomes.push(outcome);
    else {
      this.#outcomes[this.#first] = outcome;
      this.#first = (this.#first + 1) % this.#keep;
    }
  }

  /**
   * All of them as samples, by their beginning. A sample is placed by the minute, so that those of several instruments
   * have one order, and purging leaves out what overlaps in time.
   */
  samples(): Samples {
    const sorted = this.#outcomes.toSorted(
      (a, b) => a.beganMs - b.beganMs || a.knownMs - b.knownMs,
    );
    const minute = (timeMs: number): number => Math.floor(timeMs / MINUTE_MS);
    return {
      features: {
        names: this.#features,
        columns: this.#features.map((_, at) =>
          Float64Array.from(sorted, ({ features }) => features[at] as number),
        ),
      },
      labels: Uint8Array.from(sorted, ({ label }) => label),
      weights: new Float64Array(sorted.length).fill(1),
      starts: Int32Array.from(sorted, ({ beganMs }) => minute(beganMs)),
      ends: Int32Array.from(sorted, ({ knownMs }) => minute(knownMs)),
    };
  }
}
