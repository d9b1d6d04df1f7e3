import { requireWhole } from '../base/require.ts';
import { Ring } from '../base/ring.ts';

export type ToxicityLevel = 'unknown' | 'low' | 'medium' | 'high';

/** `low` below .3, `medium` below .7, else `high`; `unknown` for null, which is never the same as low. */
export function toxicityLevel(toxicity: number | null): ToxicityLevel {
  if (toxicity === null || Number.isNaN(toxicity)) return 'unknown';
  if (toxicity < 0.3) return 'low';
  return toxicity < 0.7 ? 'medium' : 'high';
}

/** Rank of a value among those before it, for instruments whose VPIN is always high or always low. */
export class ToxicityRank {
  readonly #past: Ring;

  /** @param memory how many values before it are looked at */
  constructor(memory = 500) {
    this.#past = new Ring(requireWhole('memory', memory, 1));
  }

  /** Share of the values before it that are lower, ties half; null for null, and for the first. O(memory). */
  push(toxicity: number | null): number | null {
    if (toxicity === null) return null;
    const { below, equal } = this.#past.rankOf(toxicity);
    const { count } = this.#past;
    this.#past.push(toxicity);
    return count === 0 ? null : (below + equal / 2) / count;
  }
}
