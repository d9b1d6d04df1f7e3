import { AlternativeChoice } from './alternative-choice.ts';
import { type Compare, type Gap, kindGap, nearGap } from './gap.ts';
import { type Member, membersOf } from './members-of.ts';
import type { ListShape, UnionShape } from './shape.ts';
import { listVariants } from './shape-variants.ts';

/** More cases are not looked at: the consumer is taken to know them all. */
const MOST_CASES = 256;

/** Whether what the provider gives, one kind of value, always fits one of the consumer's alternatives. */
export function compareAlternatives(
  provided: Member,
  expected: UnionShape,
  compare: Compare,
): Gap | undefined {
  const near: Member[] = [];
  let likeliest: Gap | undefined;
  for (const member of membersOf(expected)) {
    const gap = compare(provided, member);
    if (gap === undefined) return undefined;
    if (!gap.isNear) continue;
    likeliest ??= gap;
    near.push(member);
  }
  if (likeliest === undefined) return kindGap(provided, expected);
  // What is of another kind fits no part of the provider's values either.
  if (near.length === 1) return likeliest;
  switch (provided.kind) {
    case 'object':
      return new AlternativeChoice(provided, expected, compare).compareWith(near);
    case 'list':
      return compareEachCase(provided, expected, near, compare);
    default:
      return likeliest;
  }
}

/** No alternative takes all of the lists, yet each case of them may have one that does. */
function compareEachCase(
  provided: ListShape,
  expected: UnionShape,
  alternatives: readonly Member[],
  compare: Compare,
): Gap | undefined {
  const isRefused = listVariants(provided, MOST_CASES)?.some((one) =>
    alternatives.every((alternative) => compare(one, alternative) !== undefined),
  );
  if (isRefused !== true) return undefined;
  return nearGap(provided, expected, () => `fits none of the ${alternatives.length} alternatives`);
}
