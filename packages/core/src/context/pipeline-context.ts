import { type Cell, readCell } from './cell.ts';

/** Finds keys for one viewer. */
export interface CellFinder {
  find(key: string): Cell | undefined;
  keys(): Iterable<string>;
}

/**
 * An immutable view of the context: of one stage (the initial keys and the writes of its ancestors)
 * or of a whole run. What it gives out is frozen, or a copy of its own.
 */
export class PipelineContext {
  readonly #finder: CellFinder;

  constructor(finder: CellFinder) {
    this.#finder = finder;
  }

  get(key: string): unknown {
    const cell = this.#finder.find(key);
    return cell === undefined ? undefined : readCell(cell);
  }

  has(key: string): boolean {
    return this.#finder.find(key) !== undefined;
  }

  /** The visible keys, sorted. */
  keys(): readonly string[] {
    return [...new Set(this.#finder.keys())].filter((key) => this.has(key)).sort();
  }

  /** The cells behind the visible keys; for the engine. */
  cells(): readonly Cell[] {
    return this.keys().flatMap((key) => this.#finder.find(key) ?? []);
  }

  /** Identity of the key's value: equal hashes mean equal values. */
  hashOf(key: string): string | undefined {
    return this.#finder.find(key)?.hash;
  }

  /** All visible keys as one object without a prototype, so that every key is ordinary. */
  toObject(): Readonly<Record<string, unknown>> {
    const all: Record<string, unknown> = Object.create(null);
    for (const key of this.keys()) all[key] = this.get(key);
    return Object.freeze(all);
  }
}
