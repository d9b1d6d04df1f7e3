import { types } from 'node:util';

/**
 * Where two values differ, or undefined when a program could not tell them apart: Object.is for primitives,
 * holes, key order, entry order, classes, and which parts are the same object. An object without prototype
 * equals a plain one. An independent reading of what the codec promises, for tests only.
 */
export function findDifference(expected: unknown, actual: unknown): string | undefined {
  return compare(expected, actual, '$', new Map(), new Set());
}

function compare(
  expected: unknown,
  actual: unknown,
  path: string,
  partners: Map<unknown, unknown>,
  taken: Set<unknown>,
): string | undefined {
  if (typeof expected !== 'object' || expected === null) {
    return Object.is(expected, actual) ? undefined : `${path}: ${String(expected)} became another`;
  }
  if (typeof actual !== 'object' || actual === null) return `${path}: an object became none`;
  if (partners.has(expected)) {
    return partners.get(expected) === actual ? undefined : `${path}: a shared part was split`;
  }
  if (taken.has(actual)) return `${path}: two parts were merged`;
  partners.set(expected, actual);
  taken.add(actual);
  if (classOf(expected) !== classOf(actual))
    return `${path}: ${classOf(expected)} became ${classOf(actual)}`;
  const left = contentOf(expected);
  const right = contentOf(actual);
  if (left.length !== right.length) return `${path}: ${left.length} became ${right.length} parts`;
  for (const [index, part] of left.entries()) {
    const difference = compare(part, right[index], `${path}/${index}`, partners, taken);
    if (difference !== undefined) return difference;
  }
  return undefined;
}

function classOf(value: object): string {
  if (Buffer.isBuffer(value)) return 'Buffer';
  return Object.prototype.toString.call(value).slice(8, -1);
}

/** The parts of an object in order; keys and indices are parts, so that holes and order count. */
function contentOf(value: object): unknown[] {
  if (types.isDate(value)) return [value.getTime()];
  if (types.isMap(value)) return [...value].flat();
  if (types.isSet(value)) return [...value];
  if (ArrayBuffer.isView(value)) {
    return [Buffer.from(value.buffer, value.byteOffset, value.byteLength).toString('hex')];
  }
  if (types.isArrayBuffer(value)) return [Buffer.from(value).toString('hex')];
  const length = Array.isArray(value) ? [value.length] : [];
  return [...length, ...Reflect.ownKeys(value).flatMap((key) => [key, Reflect.get(value, key)])];
}
