import type { EnrichedJson } from '../events/enriched-json.ts';
import { Latencies } from './latencies.ts';

/** What came back for the signals of a part of the demo. */
export class Tally {
  readonly quiet = new Latencies();
  readonly duringRetrain = new Latencies();
  readonly #models = new Map<string, number>();
  #asked = 0;
  #answered = 0;
  #late = 0;

  asked(count: number): void {
    this.#asked += count;
  }

  /** @param isRetraining whether a model was being trained meanwhile */
  answered(answers: readonly EnrichedJson[], isRetraining: boolean): void {
    for (const answer of answers) {
      this.#answered += 1;
      if (answer.kind === 'refused') continue;
      const by = answer.modelId ?? `default (${answer.confidenceFrom})`;
      this.#models.set(by, (this.#models.get(by) ?? 0) + 1);
      if (answer.late) this.#late += 1;
      (isRetraining ? this.duringRetrain : this.quiet).add(Number(answer.latencyNs));
    }
  }

  get dropped(): number {
    return this.#asked - this.#answered;
  }

  get answers(): number {
    return this.#answered;
  }

  get late(): number {
    return this.#late;
  }

  /** Answers by the one model that gave them. */
  get models(): ReadonlyMap<string, number> {
    return this.#models;
  }
}
