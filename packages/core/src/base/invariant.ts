import { MillraceError } from './millrace-error.ts';

/**
 * The only place where a bug in Millrace itself is thrown from.
 * @throws MillraceError INVARIANT_BROKEN
 */
export function invariant(condition: unknown, message: string): asserts condition {
  if (!condition) throw brokenInvariant(message);
}

/** Closes a switch over a union: the compiler proves that it is never reached. */
export function unreachable(value: never, message: string): never {
  throw brokenInvariant(`${message}: ${String(value)}`);
}

function brokenInvariant(message: string): MillraceError {
  return new MillraceError('INVARIANT_BROKEN', `Millrace has a bug: ${message}`, {
    help: 'Please report it with the command and the config that led here.',
  });
}
