import { outsideBounds } from './bounds.ts';
import { describeLiteral, listLiterals } from './describe-literals.ts';
import { type Compare, type Gap, kindGap, nearGap } from './gap.ts';
import { kindName } from './kind-name.ts';
import { type Member, membersOf } from './members-of.ts';
import { type Literal, type LiteralsShape, literals, type Shape } from './shape.ts';

/** Whether each of the provider's known values is one that the consumer takes. */
export function compareLiterals(
  provided: LiteralsShape,
  expected: Shape,
  compare: Compare,
): Gap | undefined {
  const { values, narrowed } = provided;
  const members = membersOf(expected);
  const refused = [...values].filter(
    (value) => !members.some((member) => refusal(member, value, compare) === undefined),
  );
  const [first] = refused;
  if (refused.length === 0 || (narrowed && refused.length < values.size)) return undefined;
  if (first === undefined) {
    return nearGap(provided, expected, values.size === 1 ? 'is missing' : 'may be missing');
  }
  const near = members.filter((member) => isOfType(member, first));
  if (near.length === 0 && refused.length === values.size) {
    return kindGap(provided, expected);
  }
  const verb = values.size === 1 ? 'is' : 'may be';
  return nearGap(
    provided,
    expected,
    `${verb} ${describeLiteral(first)}, ${reason(first, near, expected, compare)}`,
  );
}

/** Why a shape does not take a value; undefined where it does, or where that cannot be told. */
function refusal(member: Member, value: Literal, compare: Compare): string | undefined {
  switch (member.kind) {
    case 'unknown':
      return undefined;
    case 'literals':
      return member.values.has(value) ? undefined : `not ${kindName(member)}`;
    case 'text': {
      if (typeof value !== 'string') return 'not text';
      const fault = outsideBounds(value.length, member.bounds);
      return fault === undefined ? undefined : `whose length is ${fault}`;
    }
    case 'number': {
      if (typeof value !== 'number' || Number.isNaN(value)) return `not ${kindName(member)}`;
      if (member.whole && !Number.isInteger(value)) return 'not a whole number';
      return outsideBounds(value, member.bounds);
    }
    case 'bigint':
      return typeof value === 'bigint' ? undefined : 'not a bigint';
    case 'both':
      return compare(literals([value]), member)?.why;
    default:
      return `not ${kindName(member)}`;
  }
}

function reason(
  value: Literal,
  near: readonly Member[],
  expected: Shape,
  compare: Compare,
): string {
  const known = new Set(
    near.flatMap((member) => (member.kind === 'literals' ? [...member.values] : [])),
  );
  if (known.size > 1) return `which is not among ${listLiterals(known)}`;
  const [only] = near;
  const told = only === undefined ? undefined : refusal(only, value, compare);
  return told ?? `not ${kindName(expected)}`;
}

/** The shape has values of the literal's own type, though perhaps not this one. */
function isOfType(member: Member, value: Literal): boolean {
  if (member.kind === 'literals') {
    return value !== null && [...member.values].some((other) => typeof other === typeof value);
  }
  return member.kind === 'bigint' || member.kind === 'number' || member.kind === 'text'
    ? TYPES[member.kind] === typeof value
    : false;
}

const TYPES = { bigint: 'bigint', number: 'number', text: 'string' } as const;
