import { SecretFinder } from './secret-finder.ts';
import type { SecretSource } from './secret-source.ts';

/** Follows a source of secrets that may grow; the costly finder is built again only when it did. */
export class KnownSecrets {
  readonly #source: SecretSource;
  #values: readonly string[] = [];
  #finder = new SecretFinder([]);

  constructor(source: SecretSource) {
    this.#source = source;
  }

  /** Undefined when the source throws: nothing can be shown then. */
  finder(): SecretFinder | undefined {
    try {
      if (this.#hasChanged()) {
        this.#values = [...this.#source.values()].filter((value) => typeof value === 'string');
        this.#finder = new SecretFinder(this.#values);
      }
      return this.#finder;
    } catch {
      return undefined;
    }
  }

  #hasChanged(): boolean {
    let index = 0;
    for (const value of this.#source.values()) {
      if (typeof value !== 'string') continue;
      if (this.#values[index++] !== value) return true;
    }
    return index !== this.#values.length;
  }
}
