import { describeValue } from '../base/describe-value.ts';
import type { Literal } from './shape.ts';

const SHOWN_VALUES = 6;

/** As types are written: `"buy" | "sell"`, `boolean | null`; of many values the first. */
export function describeLiterals(values: ReadonlySet<Literal>): string {
  return literalTexts(values, 'boolean').join(' | ');
}

/** As one would say it: `"buy" or "sell"`, `true or false or null`. */
export function nameLiterals(values: ReadonlySet<Literal>): string {
  return literalTexts(values, 'true or false').join(' or ');
}

/** `"buy", "sell"` */
export function listLiterals(values: ReadonlySet<Literal>): string {
  return literalTexts(values, 'true, false').join(', ');
}

export function describeLiteral(value: Literal): string {
  return value === undefined ? 'undefined' : describeValue(value);
}

function literalTexts(values: ReadonlySet<Literal>, bothBooleans: string): string[] {
  const isBoolean = values.has(true) && values.has(false);
  const others = [...values].filter((value) => !isBoolean || typeof value !== 'boolean');
  const shown = others.slice(0, SHOWN_VALUES).map(describeLiteral);
  if (others.length > shown.length) shown.push(`... ${others.length - shown.length} more`);
  return isBoolean ? [bothBooleans, ...shown] : shown;
}
