import { types } from 'node:util';

/** One text for an object that is a single value, or whose contents do not belong in a log. */
export function summaryOf(value: object): string | undefined {
  if (types.isDate(value)) {
    return Number.isNaN(value.getTime()) ? 'Invalid Date' : value.toISOString();
  }
  if (value instanceof URL) return value.href;
  if (types.isRegExp(value) || types.isBoxedPrimitive(value)) return String(value);
  if (types.isTypedArray(value)) return `[${value[Symbol.toStringTag]} of ${value.length}]`;
  if (types.isDataView(value)) return `[DataView of ${value.byteLength} bytes]`;
  if (types.isAnyArrayBuffer(value)) return `[ArrayBuffer of ${value.byteLength} bytes]`;
  if (types.isPromise(value)) return '[Promise]';
  if (types.isWeakMap(value) || types.isWeakSet(value)) return '[weak collection]';
  return undefined;
}
