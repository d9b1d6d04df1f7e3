import { inspect } from 'node:util';

const LONGEST = 60;

/** A value in one short line; undefined stands for what is not there. */
export function shortValue(value: unknown): string {
  if (value === undefined) return 'not set';
  const text =
    typeof value === 'string'
      ? JSON.stringify(value)
      : inspect(value, { breakLength: Number.POSITIVE_INFINITY, depth: 2, maxArrayLength: 10 });
  const line = text.replaceAll(/\s+/g, ' ');
  return line.length <= LONGEST ? line : `${line.slice(0, LONGEST - 3)}...`;
}
