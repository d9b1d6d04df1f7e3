/** Context keys by a stage's own names, where its definition renames them. */
export interface Renames<Key> extends Iterable<readonly [name: string, key: Key]> {
  readonly size: number;
  has(name: string): boolean;
  get(name: string): Key | undefined;
}

/** The renames as they stand in a definition: no copy, since each of many stages has some. */
class WrittenRenames<Key> implements Renames<Key> {
  readonly #written: Readonly<Record<string, Key>>;

  constructor(written: Readonly<Record<string, Key>>) {
    this.#written = written;
  }

  get size(): number {
    return Object.keys(this.#written).length;
  }

  has(name: string): boolean {
    return Object.hasOwn(this.#written, name);
  }

  get(name: string): Key | undefined {
    return Object.hasOwn(this.#written, name) ? this.#written[name] : undefined;
  }

  [Symbol.iterator](): Iterator<[string, Key]> {
    return Object.entries(this.#written).values();
  }
}

const NO_RENAMES: Renames<never> = new Map<string, never>();

export function renamesOf<Key>(written: Readonly<Record<string, Key>> | undefined): Renames<Key> {
  return written === undefined ? NO_RENAMES : new WrittenRenames(written);
}
