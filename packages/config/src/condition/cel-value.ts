/**
 * A value as expressions know it: records and maps are maps, lists, sets and typed arrays are lists,
 * bytes stay bytes. Only what an expression looks at is converted, since a list may be long.
 */
export function celValue(value: unknown): unknown {
  if (value === undefined) return null;
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return lazyList(value);
  // By tag, not by class: a value may come from another realm.
  switch (tagOf(value)) {
    case 'Map':
      return new LazyMap(ofMap(value as ReadonlyMap<unknown, unknown>));
    case 'Set':
      return lazyList([...(value as ReadonlySet<unknown>)]);
    case 'Date':
      return new Date(Number(value));
    case 'Uint8Array':
      return new Uint8Array(value as Uint8Array);
    case 'Object':
      return new LazyMap(ofRecord(value));
    default:
      return isTypedArray(value) ? Array.from(value) : value;
  }
}

function tagOf(value: object): string {
  return Object.prototype.toString.call(value).slice('[object '.length, -1);
}

function isTypedArray(value: object): value is Float64Array {
  return ArrayBuffer.isView(value) && Symbol.iterator in value;
}

/** What a map of an expression is read from. */
interface MapSource {
  keys(): unknown[];
  /** Undefined: there is no such key. */
  get(key: unknown): unknown;
}

/** A key set to undefined is a key left out, as everywhere in a config. */
function ofRecord(record: object): MapSource {
  const get = (key: unknown): unknown =>
    typeof key === 'string' && Object.hasOwn(record, key) ? Reflect.get(record, key) : undefined;
  return { keys: () => Object.keys(record).filter((key) => get(key) !== undefined), get };
}

function ofMap(map: ReadonlyMap<unknown, unknown>): MapSource {
  return {
    keys: () => [...map.keys()],
    get: (key) => {
      // `counts[1]` asks for an int, but the caller's number is a double.
      const found = map.get(key) ?? (typeof key === 'bigint' ? map.get(Number(key)) : undefined);
      return found === undefined && map.has(key) ? null : found;
    },
  };
}

class LazyMap extends Map<unknown, unknown> {
  readonly #source: MapSource;

  constructor(source: MapSource) {
    super();
    this.#source = source;
  }

  override get size(): number {
    return this.#source.keys().length;
  }

  override get(key: unknown): unknown {
    const value = this.#source.get(key);
    return value === undefined ? undefined : celValue(value);
  }

  override has(key: unknown): boolean {
    return this.#source.get(key) !== undefined;
  }

  override *keys(): MapIterator<unknown> {
    yield* this.#source.keys();
  }

  override *values(): MapIterator<unknown> {
    for (const key of this.#source.keys()) yield this.get(key);
  }

  override *entries(): MapIterator<[unknown, unknown]> {
    for (const key of this.#source.keys()) yield [key, this.get(key)];
  }

  override [Symbol.iterator](): MapIterator<[unknown, unknown]> {
    return this.entries();
  }

  override forEach(
    visit: (value: unknown, key: unknown, map: Map<unknown, unknown>) => void,
  ): void {
    for (const [key, value] of this) visit(value, key, this);
  }
}

// The library knows a map by its constructor, and takes no subclass for one.
Object.defineProperty(LazyMap.prototype, 'constructor', { value: Map });

/** Of an empty list, because a proxy must show the elements of a frozen list as they are. */
function lazyList(list: readonly unknown[]): readonly unknown[] {
  if (list.every(isPrimitive)) return [...list];
  return new Proxy<unknown[]>([], {
    get: (empty, key, receiver) => {
      if (key === 'length') return list.length;
      return isIndex(key) ? celValue(list[Number(key)]) : Reflect.get(empty, key, receiver);
    },
    has: (empty, key) => (isIndex(key) ? Number(key) < list.length : Reflect.has(empty, key)),
  });
}

function isPrimitive(value: unknown): boolean {
  return value !== undefined && (typeof value !== 'object' || value === null);
}

function isIndex(key: string | symbol): key is string {
  return typeof key === 'string' && /^\d+$/.test(key);
}
