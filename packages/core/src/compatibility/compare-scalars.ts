import { boundsConflict } from './bounds.ts';
import { nameLiterals } from './describe-literals.ts';
import { type Gap, kindGap, nearGap } from './gap.ts';
import type { Member } from './members-of.ts';
import type { LiteralsShape, NumberShape, PlainShape, TextShape } from './shape.ts';

type Scalar = TextShape | NumberShape | PlainShape;

const TYPES = { text: 'string', number: 'number', bigint: 'bigint', date: undefined } as const;

/**
 * Limits are told only where no value keeps both: what lies between them is the parser's to find when a
 * value is there.
 */
export function compareScalars(provided: Scalar, expected: Member): Gap | undefined {
  if (expected.kind === 'literals') return compareWithLiterals(provided, expected);
  if (provided.kind === 'text' && expected.kind === 'text') {
    const conflict = boundsConflict(provided.bounds, expected.bounds);
    return conflict === undefined
      ? undefined
      : nearGap(provided, expected, () => `has a length of ${conflict}`);
  }
  if (provided.kind === 'number' && expected.kind === 'number') {
    const conflict = boundsConflict(provided.bounds, expected.bounds);
    if (conflict !== undefined) return nearGap(provided, expected, () => `is ${conflict}`);
    const mayBreak = expected.whole && !provided.whole && !provided.narrowed;
    return mayBreak ? nearGap(provided, expected, () => 'may have a fraction') : undefined;
  }
  return provided.kind === expected.kind ? undefined : kindGap(provided, expected);
}

function compareWithLiterals(provided: Scalar, expected: LiteralsShape): Gap | undefined {
  const same = [...expected.values].filter((value) => typeof value === TYPES[provided.kind]);
  if (same.length === 0) return kindGap(provided, expected);
  if ('narrowed' in provided && provided.narrowed) return undefined;
  return nearGap(
    provided,
    expected,
    () => `may be any ${provided.kind}, not only ${nameLiterals(new Set(same))}`,
  );
}
