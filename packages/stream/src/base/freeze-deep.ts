/**
 * Freezes plain objects and arrays in place, all the way down, and gives the value back. What cannot be frozen (Map,
 * Set, Date, typed arrays) and instances of classes stay as they are. What is frozen already counts as frozen
 * throughout, so that what travels through many stages is walked once.
 */
export function freezeDeep<T>(value: T): T {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return value;
  if (Array.isArray(value)) {
    Object.freeze(value);
    for (const element of value) if (isObject(element)) freezeDeep(element);
    return value;
  }
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null) return value;
  Object.freeze(value);
  const plain = value as Readonly<Record<string, unknown>>;
  for (const key of Object.keys(plain)) {
    const held = plain[key];
    if (isObject(held)) freezeDeep(held);
  }
  return value;
}

function isObject(value: unknown): boolean {
  return typeof value === 'object' && value !== null;
}
