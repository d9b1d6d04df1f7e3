import type { Plan } from '@millrace/core';

/**
 * How long a run still takes, from how long its stages took before: the longest path that is left, or
 * all work that is left over the slots, whichever is more. Undefined without history.
 */
export class Eta {
  readonly #plan: Plan;
  readonly #slots: number;
  readonly #past: ReadonlyMap<string, number>;
  #workMs = 0;

  constructor(plan: Plan, slots: number, past: ReadonlyMap<string, number>) {
    this.#plan = plan;
    this.#slots = slots;
    this.#past = past;
    plan.pipeline.graph.ids.forEach((id, index) => {
      const decision = plan.decisions[index];
      if (decision === 'run' || decision === 'undecided') this.#workMs += past.get(id) ?? 0;
    });
  }

  ended(stage: string): void {
    this.#workMs -= this.#past.get(stage) ?? 0;
  }

  /** @param elapsedMs so long each running stage has run */
  remainingMs(elapsedMs: ReadonlyMap<string, number>): number | undefined {
    if (this.#past.size === 0) return undefined;
    const { priority, pipeline } = this.#plan;
    let doneMs = 0;
    let pathMs = 0;
    for (const [stage, elapsed] of elapsedMs) {
      const index = pipeline.graph.indexById.get(stage) ?? -1;
      const own = Math.min(elapsed, this.#past.get(stage) ?? 0);
      doneMs += own;
      pathMs = Math.max(pathMs, (priority[index] ?? 0) - own);
    }
    return Math.max(0, pathMs, (this.#workMs - doneMs) / this.#slots);
  }
}
