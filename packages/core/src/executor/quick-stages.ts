import type { StageBlueprint } from '../pipeline/index.ts';

/** A stage that holds the process for so long is slow. */
const SLOW_MS = 20;

/** Tells which stages may hold the process for long when they are started, so that nothing is written meanwhile. */
export class QuickStages {
  readonly #isSlow = new Map<StageBlueprint, boolean>();

  /**
   * Undefined when nothing is known.
   * @param pastMs what the stage took in earlier runs
   */
  isSlow(blueprint: StageBlueprint, pastMs: number | undefined): boolean | undefined {
    const seen = this.#isSlow.get(blueprint);
    return seen ?? (pastMs !== undefined && pastMs >= SLOW_MS ? true : undefined);
  }

  /** @param heldMs from its start to its first wait, or to its end */
  saw(blueprint: StageBlueprint, heldMs: number): void {
    const isSlow = heldMs >= SLOW_MS;
    if (isSlow || !this.#isSlow.has(blueprint)) this.#isSlow.set(blueprint, isSlow);
  }
}
