import { inspect } from 'node:util';

interface Tracked {
  readonly source: Readonly<Record<string, unknown>>;
  readonly read: (key: string) => unknown;
  /** What `read` gave for the keys that were read. */
  values: Map<string, unknown> | undefined;
}

/** The key under which a tracked object bears what it stands for. A WeakMap of them takes several times as long. */
const TRACKED = Symbol('tracked');

/** True for what can be tracked part by part; everything else counts as one value. */
export function isPlainObject(value: unknown): value is Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

/**
 * A frozen stand-in for a plain object that tells which of its keys are read. It has getters of its
 * own, and is no proxy, so that it can be spread, listed, cloned and handed to a worker like the object.
 * @param read called with each key when it is first read, and gives its value
 */
export function trackedObject(
  source: Readonly<Record<string, unknown>>,
  read: (key: string) => unknown,
): Readonly<Record<string, unknown>> {
  const isBare = Object.getPrototypeOf(source) === null;
  const tracked: Record<string, unknown> = isBare ? Object.create(null) : {};
  for (const key of Object.keys(source)) Object.defineProperty(tracked, key, getterOf(key));
  Object.defineProperty(tracked, inspect.custom, SHOWN);
  const track: Tracked = { source, read, values: undefined };
  Object.defineProperty(tracked, TRACKED, { value: track });
  // Frozen by this, since no getter can be configured; Object.freeze itself takes four times as long.
  return Object.preventExtensions(tracked);
}

/** What a tracked object stands for; undefined for any other object. */
export function trackedSource(value: object): object | undefined {
  return Object.hasOwn(value, TRACKED) ? trackOf(value).source : undefined;
}

/** A printed object shows values, not getters. Printing counts as reading nothing. */
const SHOWN: PropertyDescriptor = {
  value(this: object): unknown {
    return trackOf(this).source;
  },
};

const getters = new Map<string, PropertyDescriptor>();
const KEPT_GETTERS = 4096;

/** One for all objects with the key: objects of the same keys then have the same shape, and are made quickly. */
function getterOf(key: string): PropertyDescriptor {
  const known = getters.get(key);
  if (known !== undefined) return known;
  if (getters.size >= KEPT_GETTERS) getters.clear();
  const getter: PropertyDescriptor = {
    enumerable: true,
    get(this: object): unknown {
      const track = trackOf(this);
      track.values ??= new Map();
      if (!track.values.has(key)) track.values.set(key, track.read(key));
      return track.values.get(key);
    },
  };
  getters.set(key, getter);
  return getter;
}

/** Of the object itself, or of the one that it inherits from. */
function trackOf(object: object): Tracked {
  const track: Tracked | undefined = Reflect.get(object, TRACKED);
  if (track !== undefined) return track;
  throw new TypeError('a getter of params was taken away from its object');
}
