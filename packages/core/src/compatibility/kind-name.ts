import { unreachable } from '../base/invariant.ts';
import { nameLiterals } from './describe-literals.ts';
import { type Member, membersOf } from './members-of.ts';
import { resolved, type Shape } from './shape.ts';

const MOST_KINDS = 4;

/** What a shape's values are, in a sentence: `is text, not a number or null`. */
export function kindName(shape: Shape): string {
  const names = [...new Set(membersOf(shape).map(memberName))];
  const shown = names.slice(0, MOST_KINDS);
  if (names.length > shown.length) shown.push('...');
  return shown.join(' or ');
}

function memberName(member: Member): string {
  switch (member.kind) {
    case 'unknown':
      return 'anything';
    case 'never':
      return 'nothing';
    case 'text':
      return 'text';
    case 'number':
      return member.whole ? 'a whole number' : 'a number';
    case 'bigint':
      return 'a bigint';
    case 'date':
      return 'a Date';
    case 'literals':
      return nameLiterals(member.values);
    case 'object':
      return 'an object';
    case 'list':
      return 'a list';
    case 'map':
      return 'a Map';
    case 'set':
      return 'a Set';
    case 'both':
      return bothName(member.members);
    default:
      return unreachable(member, 'unknown kind of shape');
  }
}

/** The kind that all members share. */
function bothName(members: readonly Shape[]): string {
  for (const member of members.map(resolved)) {
    if (member.kind !== 'both' && member.kind !== 'union') return memberName(member);
  }
  return 'a value of several types';
}
