import { MillraceError } from '@millrace/core';
import { locationOf, type Span } from '../source/config-source.ts';
import { expressionSpan } from './expression-span.ts';

/**
 * Asks a condition; what it throws tells under `details.at` where in the config the faulty part of the
 * expression stands, since its stack holds nothing of the user's.
 */
export function withConditionPlace(ask: () => boolean, written: Span): boolean {
  try {
    return ask();
  } catch (error) {
    if (!(error instanceof MillraceError)) throw error;
    const { code, message, help } = error;
    const details = { ...error.details, ...placeOf(error, written) };
    throw new MillraceError(code, message, help === undefined ? { details } : { details, help });
  }
}

/** The part that a failed condition blames, as far as it can be told. */
export function blamedSpan({ details }: MillraceError, written: Span): Span {
  const { condition, part } = details;
  if (typeof condition !== 'string' || !isPart(part)) return written;
  return expressionSpan(written, condition, part);
}

function placeOf(error: MillraceError, written: Span): object {
  // A flag or a module has no lines.
  return written.source.kind === 'file' ? { at: locationOf(blamedSpan(error, written)) } : {};
}

function isPart(value: unknown): value is { readonly start: number; readonly end: number } {
  return typeof value === 'object' && value !== null && 'start' in value && 'end' in value;
}
