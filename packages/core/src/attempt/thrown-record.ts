import { inspect } from 'node:util';
import type { ThrownRecord } from '../events/index.ts';

const LONGEST_MESSAGE = 2000;
const LONGEST_STACK = 4000;
const DEEPEST_CAUSE = 5;

/** Makes a thrown value plain. Never throws itself, whatever getters the value has. */
export function toThrownRecord(thrown: unknown, depth = 0): ThrownRecord {
  try {
    if (thrown instanceof Error || isErrorLike(thrown)) return fromError(thrown, depth);
    return { name: 'NonError', message: cut(printed(thrown), LONGEST_MESSAGE) };
  } catch {
    return { name: 'NonError', message: 'a value that cannot be printed' };
  }
}

interface ErrorLike {
  readonly name: unknown;
  readonly message: unknown;
  readonly stack?: unknown;
  readonly cause?: unknown;
  readonly code?: unknown;
}

/** Errors of another realm fail `instanceof`. */
function isErrorLike(thrown: unknown): thrown is ErrorLike {
  return Object.prototype.toString.call(thrown) === '[object Error]';
}

function fromError(error: ErrorLike, depth: number): ThrownRecord {
  const { name, message, code, stack, cause } = error;
  return {
    name: cut(String(name), 200),
    message: cut(String(message), LONGEST_MESSAGE),
    ...(typeof code === 'string' || typeof code === 'number' ? { code: String(code) } : {}),
    ...(typeof stack === 'string' ? { stack: cut(stack, LONGEST_STACK) } : {}),
    ...(cause === undefined || depth >= DEEPEST_CAUSE
      ? {}
      : { cause: toThrownRecord(cause, depth + 1) }),
  };
}

function printed(value: unknown): string {
  return typeof value === 'string'
    ? value
    : inspect(value, { depth: 2, maxArrayLength: 10, customInspect: false });
}

function cut(text: string, longest: number): string {
  return text.length <= longest ? text : `${text.slice(0, longest - 3)}...`;
}
