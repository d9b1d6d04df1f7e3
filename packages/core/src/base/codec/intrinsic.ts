import { inspect, types } from 'node:util';

/** Up to here listing the keys is cheaper than asking `inspect`. */
const FEW_ELEMENTS = 64;
const ONLY_NAMED_PROPERTIES = { maxArrayLength: 0, depth: 0, customInspect: false };

/** Whether `prototype` is Object.prototype of any realm (`vm` contexts have their own). */
export function isObjectPrototype(prototype: object): boolean {
  return (
    prototype === Object.prototype ||
    (Object.getPrototypeOf(prototype) === null && Object.hasOwn(prototype, '__lookupGetter__'))
  );
}

/** Whether `prototype` is Array.prototype of any realm. It is an array itself. */
export function isArrayPrototype(prototype: object | null): boolean {
  return (
    prototype === Array.prototype ||
    (Array.isArray(prototype) && Object.hasOwn(prototype, 'flatMap'))
  );
}

/**
 * Whether an object's prototype has `length` prototypes above itself, so that nobody derived from the
 * built-in class: 1 for Date, Map, Set, DataView and ArrayBuffer; 2 for typed arrays.
 */
export function hasPrototypeChain(value: object, length: number): boolean {
  let prototype: object | null = Object.getPrototypeOf(value);
  for (let left = length; left > 0 && prototype !== null; left--) {
    prototype = Object.getPrototypeOf(prototype);
  }
  return prototype !== null && Object.getPrototypeOf(prototype) === null;
}

/**
 * Whether an array or typed array has properties besides its elements.
 * @param bare has the same class and length, and elements only
 * @param present how many elements are there, holes not counted
 */
export function hasExtraProperties(source: object, bare: object, present: number): boolean {
  if (Object.getOwnPropertySymbols(source).length > 0) return true;
  // Listing the keys makes a string for each element: 30 times the cost of copying it. And inspect
  // looks behind a proxy.
  if (present <= FEW_ELEMENTS || types.isProxy(source)) {
    return Object.keys(source).length !== present;
  }
  return inspect(source, ONLY_NAMED_PROPERTIES) !== inspect(bare, ONLY_NAMED_PROPERTIES);
}

/** The name of the class that made an object, for messages. */
export function classNameOf(value: object): string {
  const prototype: object | null = Object.getPrototypeOf(value);
  if (prototype === null) return 'Object';
  const maker: unknown = Object.getOwnPropertyDescriptor(prototype, 'constructor')?.value;
  if (typeof maker === 'function' && maker.name !== '') return maker.name;
  return Object.prototype.toString.call(value).slice('[object '.length, -1);
}
