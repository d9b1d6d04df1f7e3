import { soundValue } from '../base/codec/index.ts';
import type { CheckpointStore } from '../checkpoint/index.ts';

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

  async load(hash: string): Promise<unknown> {
    if (hash === '' || this.#values.has(hash)) return this.#values.get(hash);
    this.#values.set(hash, soundValue(await this.#store.loadValue(hash), hash)?.value);
    return this.#values.get(hash);
  }

  get(hash: string): unknown {
    return this.#values.get(hash);
  }
}
