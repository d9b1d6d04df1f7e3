import type { FoundStage } from './records.ts';

/** Outcomes by their cache key, so that a search does not visit every stage of every run. */
export class MemoryStoreIndex {
  readonly #byKey = new Map<string, Set<FoundStage>>();

  /** Keeps the outcome if others may find it: it succeeded and has a key. */
  add(found: FoundStage): void {
    const { cacheKey, status } = found.record;
    if (cacheKey === undefined || status !== 'succeeded') return;
    const same = this.#byKey.get(cacheKey);
    if (same === undefined) this.#byKey.set(cacheKey, new Set([found]));
    else same.add(found);
  }

  /** @param found the very object that was added; any other is ignored */
  remove(found: FoundStage): void {
    const { cacheKey } = found.record;
    if (cacheKey !== undefined) this.#byKey.get(cacheKey)?.delete(found);
  }

  /** The last to finish first, and of the same instant the last one added first. */
  find(cacheKey: string, limit: number): readonly FoundStage[] {
    return [...(this.#byKey.get(cacheKey) ?? [])]
      .reverse()
      .sort((a, b) => b.record.finishedAt - a.record.finishedAt)
      .slice(0, limit);
  }
}
