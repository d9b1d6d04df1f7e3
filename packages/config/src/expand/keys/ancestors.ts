import type { StageDefinition } from '@millrace/core';

/** Answers who a stage depends on, directly or not, before there is a graph. */
export class Ancestors {
  readonly #stages: readonly StageDefinition[];
  readonly #indexById: ReadonlyMap<string, number>;

  constructor(stages: readonly StageDefinition[]) {
    this.#stages = stages;
    this.#indexById = new Map(stages.map(({ id }, index) => [id, index]));
  }

  /** Those of `wanted` that the stage depends on. Looks no further once all are found. */
  among(wanted: ReadonlySet<number>, stage: StageDefinition): ReadonlySet<number> {
    const found = new Set<number>();
    const seen = new Set<number>();
    const waiting: (readonly string[])[] = [stage.needs];
    for (let needs = waiting.pop(); needs !== undefined; needs = waiting.pop()) {
      for (const id of needs) {
        const index = this.#indexById.get(id);
        if (index === undefined || seen.has(index)) continue;
        seen.add(index);
        if (wanted.has(index)) found.add(index);
        if (found.size === wanted.size) return found;
        waiting.push(this.#stages[index]?.needs ?? []);
      }
    }
    return found;
  }
}
