import type { Cell } from './cell.ts';

/** The initial context's place among the writers. */
export const INITIAL_WRITER = -1;

/**
 * What every stage wrote, one layer per writer, added in O(1) and never flattened.
 * The executor owns it; everybody else reads it through a {@link PipelineContext}.
 */
export class ContextLayers {
  readonly #initial = new Map<string, Cell>();
  readonly #layers: (readonly Cell[] | undefined)[] = [];
  readonly #writersOf = new Map<string, number[]>();
  /** Writers whose keys are not in the map yet: most are read by whom the wiring tells, and nobody asks who wrote them. */
  #unsorted: number[] = [];

  constructor(initial: Iterable<Cell>) {
    for (const cell of initial) this.#initial.set(cell.key, cell);
  }

  /** Adds what `writer` wrote. A stage writes once. */
  add(writer: number, cells: readonly Cell[]): void {
    this.#layers[writer] = cells;
    this.#unsorted.push(writer);
  }

  /** Takes away what `writer` wrote, as if it never had. */
  remove(writer: number): void {
    this.#sort();
    for (const { key } of this.layer(writer)) {
      const left = this.writersOf(key).filter((other) => other !== writer);
      if (left.length === 0) this.#writersOf.delete(key);
      else this.#writersOf.set(key, left);
    }
    this.#layers[writer] = undefined;
  }

  /** The key as `writer` left it, or undefined when it did not write it. */
  cell(writer: number, key: string): Cell | undefined {
    if (writer === INITIAL_WRITER) return this.#initial.get(key);
    const cells = this.#layers[writer];
    if (cells === undefined) return undefined;
    for (const cell of cells) if (cell.key === key) return cell;
    return undefined;
  }

  /** All that `writer` wrote. */
  layer(writer: number): readonly Cell[] {
    return this.#layers[writer] ?? [];
  }

  /** Stages that wrote the key so far, in order of commit. */
  writersOf(key: string): readonly number[] {
    this.#sort();
    return this.#writersOf.get(key) ?? [];
  }

  initialKeys(): IterableIterator<string> {
    return this.#initial.keys();
  }

  writtenKeys(): IterableIterator<string> {
    this.#sort();
    return this.#writersOf.keys();
  }

  #sort(): void {
    if (this.#unsorted.length === 0) return;
    const unsorted = this.#unsorted;
    this.#unsorted = [];
    for (const writer of unsorted) {
      for (const { key } of this.layer(writer)) {
        const writers = this.#writersOf.get(key);
        if (writers === undefined) this.#writersOf.set(key, [writer]);
        else writers.push(writer);
      }
    }
  }
}
