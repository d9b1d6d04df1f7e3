import { inspect } from 'node:util';

const LONGEST = 80;

/** A value in a message: one line, bounded, and never a call into the value's own code. */
export function describeValue(value: unknown): string {
  if (value === undefined) return 'nothing';
  if (typeof value === 'string') return cut(JSON.stringify(value));
  if (typeof value === 'object' && value !== null) {
    return cut(
      inspect(value, {
        depth: 1,
        breakLength: Number.POSITIVE_INFINITY,
        maxArrayLength: 5,
        customInspect: false,
        getters: false,
      }),
    );
  }
  return cut(typeof value === 'bigint' ? `${value}n` : String(value));
}

function cut(text: string): string {
  return text.length <= LONGEST ? text : `${text.slice(0, LONGEST - 3)}...`;
}
