import { types } from 'node:util';

const LONGEST = 80;
const SHOWN_PARTS = 5;
/** Containers inside the value's own containers are named, not opened. */
const OPENED_LEVELS = 2;

const sizeOfMap = getterOf(Map.prototype, 'size');
const sizeOfSet = getterOf(Set.prototype, 'size');
const lengthOfTypedArray = getterOf(Object.getPrototypeOf(Uint8Array.prototype), 'length');
const tagOfTypedArray = getterOf(Object.getPrototypeOf(Uint8Array.prototype), Symbol.toStringTag);

/**
 * A value in a message: one line, bounded, and never a call into the value's own code (getters, proxies,
 * toString, toStringTag), which util.inspect does call.
 */
export function describeValue(value: unknown): string {
  return value === undefined ? 'nothing' : cut(describe(value, '"', OPENED_LEVELS));
}

function describe(value: unknown, quote: '"' | "'", levels: number): string {
  switch (typeof value) {
    case 'string':
      return quoted(value, quote);
    case 'bigint':
      return `${value}n`;
    case 'function':
      return types.isProxy(value) ? '[Proxy]' : describeFunction(value);
    case 'object':
      return value === null ? 'null' : describeObject(value, levels);
    case 'number':
      return Object.is(value, -0) ? '-0' : String(value);
    default:
      return String(value);
  }
}

function describeObject(value: object, levels: number): string {
  if (types.isProxy(value)) return '[Proxy]';
  if (Array.isArray(value)) return levels === 0 ? '[Array]' : describeArray(value, levels);
  if (types.isDate(value)) {
    const time = Date.prototype.getTime.call(value);
    return Number.isNaN(time) ? 'Invalid Date' : new Date(time).toISOString();
  }
  if (types.isMap(value)) return `Map(${sizeOfMap(value)})`;
  if (types.isSet(value)) return `Set(${sizeOfSet(value)})`;
  if (types.isTypedArray(value)) return `${tagOfTypedArray(value)}(${lengthOfTypedArray(value)})`;
  if (types.isNativeError(value)) return `[${classNameOf(value)}: ${ownText(value, 'message')}]`;
  const name = classNameOf(value);
  if (levels === 0) return `[${name}]`;
  return name === 'Object'
    ? describeParts(value, levels)
    : `${name} ${describeParts(value, levels)}`;
}

function describeArray(array: readonly unknown[], levels: number): string {
  if (array.length === 0) return '[]';
  const shown = Array.from({ length: Math.min(array.length, SHOWN_PARTS) }, (_, index) =>
    describeProperty(array, String(index), levels),
  );
  if (array.length > shown.length) shown.push(`... ${array.length - shown.length} more`);
  return `[ ${shown.join(', ')} ]`;
}

function describeParts(value: object, levels: number): string {
  const keys = Object.keys(value);
  if (keys.length === 0) return '{}';
  const shown = keys.slice(0, SHOWN_PARTS).map((key) => {
    const name = /^[\p{L}_$][\p{L}\p{N}_$]*$/u.test(key) ? key : quoted(key, "'");
    return `${name}: ${describeProperty(value, key, levels)}`;
  });
  if (keys.length > shown.length) shown.push(`... ${keys.length - shown.length} more`);
  return `{ ${shown.join(', ')} }`;
}

function describeProperty(holder: object, key: string, levels: number): string {
  const property = Object.getOwnPropertyDescriptor(holder, key);
  if (property === undefined) return '<hole>';
  return 'value' in property ? describe(property.value, "'", levels - 1) : '[Getter]';
}

function describeFunction(value: object): string {
  const name = ownText(value, 'name');
  return name === '' ? '[Function]' : `[Function ${name}]`;
}

/** The name of the class as its author wrote it; `Object` where none can be told without a call. */
function classNameOf(value: object): string {
  const prototype: unknown = Object.getPrototypeOf(value);
  if (typeof prototype !== 'object' || prototype === null || types.isProxy(prototype)) {
    return 'Object';
  }
  const made: unknown = Object.getOwnPropertyDescriptor(prototype, 'constructor')?.value;
  if (typeof made !== 'function' || types.isProxy(made)) return 'Object';
  return ownText(made, 'name') || 'Object';
}

function ownText(holder: object, key: string): string {
  const text: unknown = Object.getOwnPropertyDescriptor(holder, key)?.value;
  return typeof text === 'string' ? text.slice(0, LONGEST) : '';
}

function quoted(text: string, quote: '"' | "'"): string {
  // One sign more than is shown, so that `cut` sees that something is missing.
  const json = JSON.stringify(text.slice(0, LONGEST + 1));
  return quote === '"' ? json : `'${json.slice(1, -1).replaceAll('\\"', '"')}'`;
}

function cut(text: string): string {
  const line = text.replaceAll(/\s*[\r\n]\s*/g, ' ');
  return line.length <= LONGEST ? line : `${line.slice(0, LONGEST - 3)}...`;
}

function getterOf(prototype: object, key: PropertyKey): (value: object) => unknown {
  const getter = Object.getOwnPropertyDescriptor(prototype, key)?.get;
  return (value) => getter?.call(value);
}
