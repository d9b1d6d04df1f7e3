import { outsideBounds } from './bounds.ts';
import { describeLiteral, listLiterals } from './describe-literals.ts';
import { type Compare, type Gap, kindGap, nearGap } from './gap.ts';
import { kindName } from './kind-name.ts';
import { type Member, membersOf } from './members-of.ts';
import type { Literal, LiteralsShape, Shape } from './shape.ts';
import { takesLiteral } from './takes-literal.ts';

/** Whether each of the provider's known values is one that the consumer takes. */
export function compareLiterals(
  provided: LiteralsShape,
  expected: Shape,
  compare: Compare,
): Gap | undefined {
  const { values, narrowed } = provided;
  const members = membersOf(expected);
  const refused = [...values].filter(
    (value) => !members.some((member) => takesLiteral(member, value, compare)),
  );
  if (refused.length === 0 || (narrowed && refused.length < values.size)) return undefined;
  const [first] = refused;
  const isSure = values.size === 1;
  if (first === undefined) {
    return nearGap(provided, expected, () => (isSure ? 'is missing' : 'may be missing'));
  }
  const near = members.filter((member) => isOfType(member, first));
  if (near.length === 0 && refused.length === values.size) return kindGap(provided, expected);
  const verb = isSure ? 'is' : 'may be';
  return nearGap(
    provided,
    expected,
    () => `${verb} ${describeLiteral(first)}, ${refusal(first, near, expected)}`,
  );
}

/** The shape has values of the literal's own type, though perhaps not this one. */
function isOfType(member: Member, value: Literal): boolean {
  switch (member.kind) {
    case 'literals':
      return value !== null && [...member.values].some((other) => typeof other === typeof value);
    case 'text':
      return typeof value === 'string';
    case 'number':
      return typeof value === 'number' && !Number.isNaN(value);
    default:
      return member.kind === typeof value;
  }
}

function refusal(value: Literal, near: readonly Member[], expected: Shape): string {
  const known = new Set(
    near.flatMap((member) => (member.kind === 'literals' ? [...member.values] : [])),
  );
  if (known.size > 1) return `which is not among ${listLiterals(known)}`;
  const [only] = near;
  if (only?.kind === 'text' && typeof value === 'string') {
    return `whose length is ${outsideBounds(value.length, only.bounds)}`;
  }
  if (only?.kind === 'number' && typeof value === 'number') {
    return outsideBounds(value, only.bounds) ?? 'not a whole number';
  }
  return `not ${kindName(expected)}`;
}
