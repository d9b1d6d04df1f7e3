import { boundsConflict } from './bounds.ts';
import { nameLiterals } from './describe-literals.ts';
import { type Gap, kindGap, nearGap } from './gap.ts';
import type { Member } from './members-of.ts';
import type { NumberShape, PlainShape, TextShape } from './shape.ts';

const NOUNS = { text: 'text', number: 'number', bigint: 'bigint', date: 'Date' } as const;
const TYPES = { text: 'string', number: 'number', bigint: 'bigint', date: undefined } as const;

/**
 * Limits are told only where no value keeps both: what lies between them is the parser's to find when a
 * value is there.
 */
export function compareScalars(
  provided: TextShape | NumberShape | PlainShape,
  expected: Member,
): Gap | undefined {
  if (expected.kind === 'literals') {
    const same = [...expected.values].filter((value) => typeof value === TYPES[provided.kind]);
    if (same.length === 0) return kindGap(provided, expected);
    if ('narrowed' in provided && provided.narrowed) return undefined;
    const others = nameLiterals(new Set(same));
    return nearGap(provided, expected, `may be any ${NOUNS[provided.kind]}, not only ${others}`);
  }
  if (provided.kind === 'text' && expected.kind === 'text') {
    const conflict = boundsConflict(provided.bounds, expected.bounds);
    return conflict === undefined
      ? undefined
      : nearGap(provided, expected, `has a length of ${conflict}`);
  }
  if (provided.kind === 'number' && expected.kind === 'number') {
    const conflict = boundsConflict(provided.bounds, expected.bounds);
    if (conflict !== undefined) return nearGap(provided, expected, `is ${conflict}`);
    if (!expected.whole || provided.whole || provided.narrowed) return undefined;
    return nearGap(provided, expected, 'may have a fraction');
  }
  return provided.kind === expected.kind ? undefined : kindGap(provided, expected);
}
