import { outsideBounds } from './bounds.ts';
import type { Compare } from './gap.ts';
import type { Member } from './members-of.ts';
import { type Literal, literals } from './shape.ts';

/** Whether a shape takes one known value; true also where that cannot be told. */
export function takesLiteral(member: Member, value: Literal, compare: Compare): boolean {
  switch (member.kind) {
    case 'unknown':
      return true;
    case 'literals':
      return member.values.has(value);
    case 'text':
      return typeof value === 'string' && outsideBounds(value.length, member.bounds) === undefined;
    case 'number':
      if (typeof value !== 'number' || Number.isNaN(value)) return false;
      return (
        (!member.whole || Number.isInteger(value)) &&
        outsideBounds(value, member.bounds) === undefined
      );
    case 'bigint':
      return typeof value === 'bigint';
    case 'both':
      return compare(literals([value]), member) === undefined;
    default:
      return false;
  }
}
