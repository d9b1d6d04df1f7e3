import { inspect } from 'node:util';
import { cutTo, printable } from '../terminal/printable.ts';

/** A context value for people; short: on one line. */
export function valueText(value: unknown, { short }: { readonly short: boolean }): string {
  const options = short
    ? { depth: 2, maxArrayLength: 4, maxStringLength: 80, breakLength: Number.POSITIVE_INFINITY }
    : { depth: 20, maxArrayLength: 1000, maxStringLength: 100_000, breakLength: 100 };
  const text = printable(inspect(value, { ...options, compact: 3 }));
  return short ? cutTo(text.replaceAll(/\s*\n\s*/g, ' '), 120) : text;
}

/**
 * A context value as JSON can hold it: dates as ISO text, bigints as text, maps as objects when their
 * keys are text and else as pairs, sets and typed arrays as lists, NaN and infinities as text.
 */
export function valueJson(value: unknown): unknown {
  if (typeof value === 'bigint') return value.toString();
  if (typeof value === 'number') return Number.isFinite(value) ? value : String(value);
  if (typeof value !== 'object' || value === null) return value;
  if (value instanceof Date)
    return Number.isNaN(value.getTime()) ? 'Invalid Date' : value.toISOString();
  if (value instanceof Map) {
    const entries = Array.from(value, ([key, item]) => [key, valueJson(item)] as const);
    if (entries.every(([key]) => typeof key === 'string')) return Object.fromEntries(entries);
    return entries.map(([key, item]) => [valueJson(key), item]);
  }
  if (value instanceof Set || ArrayBuffer.isView(value)) {
    return value instanceof DataView ? [] : Array.from(value as Iterable<unknown>, valueJson);
  }
  if (Array.isArray(value)) return value.map(valueJson);
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, valueJson(item)]));
}
