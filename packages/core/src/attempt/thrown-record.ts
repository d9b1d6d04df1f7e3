import { inspect } from 'node:util';
import type { ThrownRecord } from '../events/index.ts';

const LONGEST_NAME = 200;
const LONGEST_MESSAGE = 2000;
const LONGEST_STACK = 4000;
const DEEPEST_CAUSE = 5;

/** Makes a thrown value plain. Never throws itself, whatever getters or traps the value has. */
export function toThrownRecord(thrown: unknown, depth = 0): ThrownRecord {
  try {
    if (thrown instanceof Error || isErrorLike(thrown)) return fromError(thrown, depth);
    return { name: 'NonError', message: cut(printed(thrown), LONGEST_MESSAGE) };
  } catch {
    return { name: 'NonError', message: 'a value that cannot be printed' };
  }
}

/** Errors of another realm fail `instanceof`. */
function isErrorLike(thrown: unknown): thrown is object {
  return Object.prototype.toString.call(thrown) === '[object Error]';
}

function fromError(error: object, depth: number): ThrownRecord {
  const code = read(error, 'code');
  const stack = read(error, 'stack');
  const cause = read(error, 'cause');
  const retryAfterMs = read(error, 'retryAfterMs');
  return {
    name: cut(String(read(error, 'name') ?? 'Error'), LONGEST_NAME),
    message: cut(String(read(error, 'message') ?? ''), LONGEST_MESSAGE),
    ...(typeof code === 'string' || typeof code === 'number'
      ? { code: cut(String(code), LONGEST_NAME) }
      : {}),
    ...(typeof stack === 'string' ? { stack: cut(stack, LONGEST_STACK) } : {}),
    ...(isWait(retryAfterMs) ? { retryAfterMs } : {}),
    ...(cause === undefined || depth >= DEEPEST_CAUSE
      ? {}
      : { cause: toThrownRecord(cause, depth + 1) }),
  };
}

function isWait(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value) && value >= 0;
}

/** A getter that throws hides only its own property. */
function read(error: object, property: string): unknown {
  try {
    return Reflect.get(error, property);
  } catch {
    return undefined;
  }
}

function printed(value: unknown): string {
  return typeof value === 'string'
    ? value
    : inspect(value, { depth: 2, maxArrayLength: 10, customInspect: false });
}

function cut(text: string, longest: number): string {
  return text.length <= longest ? text : `${text.slice(0, longest - 3)}...`;
}
