import { shinglesOf, similarity } from './shingles.ts';

export interface NearSameOptions {
  /** From this Jaccard similarity on two texts are the same. Default .8. */
  readonly similarity?: number;
  /** How long a text is remembered. Default five minutes. */
  readonly windowMs?: number;
}

interface Seen {
  readonly id: string;
  readonly at: number;
  readonly shingles: ReadonlySet<number>;
}

/**
 * Finds messages that say what another one of the same ticker said shortly before. Copies of copies do not prolong
 * each other: a text is held against originals only, so a slogan that is repeated for hours counts once in a window.
 */
export class NearSameTexts {
  readonly #atLeast: number;
  readonly #windowMs: number;
  readonly #seen = new Map<string, Seen[]>();

  constructor({ similarity: atLeast = 0.8, windowMs = 300_000 }: NearSameOptions = {}) {
    this.#atLeast = atLeast;
    this.#windowMs = windowMs;
  }

  /**
   * @returns id of the message that said it first, or undefined for an original, which is remembered from then on. The
   * same id again is itself and no copy, so that a message that comes twice is judged twice alike.
   */
  originalOf(message: {
    id: string;
    ticker: string;
    text: string;
    at: number;
  }): string | undefined {
    const { id, ticker, text, at } = message;
    const shingles = shinglesOf(text);
    const recent = (this.#seen.get(ticker) ?? []).filter((one) => one.at >= at - this.#windowMs);
    this.#seen.set(ticker, recent);
    if (recent.some((one) => one.id === id)) return undefined;
    const original = recent.find((one) => similarity(one.shingles, shingles) >= this.#atLeast);
    if (original !== undefined) return original.id;
    recent.push({ id, at, shingles });
    return undefined;
  }
}
