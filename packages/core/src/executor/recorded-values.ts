import { soundValue } from '../base/codec/index.ts';
import { type CheckpointStore, storedValue } from '../checkpoint/index.ts';

/**
 * Params and code descriptions of earlier records, read when a plan has to compare them. They explain, and
 * are no part of an outcome: one that is damaged counts as unknown.
 */
export class RecordedValues {
  readonly #store: CheckpointStore;
  readonly #values = new Map<string, unknown>();

  constructor(store: CheckpointStore) {
    this.#store = store;
  }

  /** @param short the value itself, where the record has it */
  async load(hash: string, short?: string): Promise<unknown> {
    if (hash === '' || this.#values.has(hash)) return this.#values.get(hash);
    const stored = await storedValue(this.#store, { hash, short });
    this.#values.set(hash, soundValue(stored, hash)?.value);
    return this.#values.get(hash);
  }

  get(hash: string): unknown {
    return this.#values.get(hash);
  }
}
