import type { ConfidenceSource, Inference } from '../events/inference-result.ts';
import type { RefusalReason } from '../events/refusal.ts';

/** How many signals were answered, and how. Written by the engine alone. */
export class InferenceCounts {
  readonly #sources: Partial<Record<ConfidenceSource, number>> = {};
  readonly #refusals: Partial<Record<RefusalReason, number>> = {};
  readonly #bars = { taken: 0, duplicate: 0, outOfOrder: 0, faulty: 0, gaps: 0, withoutVolume: 0 };
  #enriched = 0;
  #refused = 0;
  #late = 0;
  #resynchronised = 0;
  #replayed = 0;

  /** Counts an answer and gives it back. */
  count<T extends Inference>(inference: T): T {
    const answer: Inference = inference;
    if (answer.kind === 'refused') {
      this.#refused += 1;
      this.#refusals[answer.reason] = (this.#refusals[answer.reason] ?? 0) + 1;
      return inference;
    }
    const { confidenceFrom, late, bars } = answer;
    this.#enriched += 1;
    this.#sources[confidenceFrom] = (this.#sources[confidenceFrom] ?? 0) + 1;
    if (late) this.#late += 1;
    if (bars.resynchronised) this.#resynchronised += 1;
    if (bars.replayed) this.#replayed += 1;
    this.#bars.taken += bars.taken;
    this.#bars.duplicate += bars.duplicate;
    this.#bars.outOfOrder += bars.outOfOrder;
    this.#bars.faulty += bars.faulty;
    this.#bars.gaps += bars.gaps;
    this.#bars.withoutVolume += bars.withoutVolume;
    return inference;
  }

  get enriched(): number {
    return this.#enriched;
  }

  get refused(): number {
    return this.#refused;
  }

  /** Beyond the timeout. */
  get late(): number {
    return this.#late;
  }

  /** Answers by where their confidence came from. */
  get sources(): Readonly<Partial<Record<ConfidenceSource, number>>> {
    return this.#sources;
  }

  get refusals(): Readonly<Partial<Record<RefusalReason, number>>> {
    return this.#refusals;
  }

  /** Of all bars that were new to their instrument. */
  get bars() {
    const { ...counts } = this.#bars;
    return { ...counts, resynchronised: this.#resynchronised, replayed: this.#replayed };
  }
}
