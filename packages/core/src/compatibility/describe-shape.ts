import { unreachable } from '../base/invariant.ts';
import { cutText } from './cut-text.ts';
import { describeLiterals } from './describe-literals.ts';
import { type ListShape, type ObjectShape, resolved, type Shape } from './shape.ts';
import { withoutUndefined } from './without-undefined.ts';

const LONGEST = 120;
const SHOWN_PARTS = 8;
/** Shapes inside the shape's own parts' parts are not opened; a recursive one would never end. */
const OPENED_LEVELS = 4;
const HIDDEN = '...';

/** A shape as its author would write it down: `a list of { symbol: text, close?: number }`; bounded. */
export function describeShape(shape: Shape): string {
  return cutText(describe(shape, OPENED_LEVELS), LONGEST);
}

function describe(shape: Shape, levels: number): string {
  const here = resolved(shape);
  if (levels === 0 && 'members' in here) return HIDDEN;
  switch (here.kind) {
    case 'unknown':
      return 'anything';
    case 'never':
      return 'nothing';
    case 'text':
    case 'bigint':
      return here.kind;
    case 'date':
      return 'Date';
    case 'number':
      return here.whole ? 'whole number' : 'number';
    case 'literals':
      return describeLiterals(here.values);
    case 'object':
      return describeObject(here, levels);
    case 'list':
      return describeList(here, levels);
    case 'map':
      return levels === 0
        ? 'a Map'
        : `a Map of ${part(here.key, levels)} to ${part(here.value, levels)}`;
    case 'set':
      return levels === 0 ? 'a Set' : `a Set of ${part(here.item, levels)}`;
    case 'union':
      return joined(here.members, ' | ', levels);
    case 'both':
      return joined(here.members, ' & ', levels);
    default:
      return unreachable(here, 'unknown kind of shape');
  }
}

function describeObject({ properties, rest, names }: ObjectShape, levels: number): string {
  if (levels === 0) return '{ ... }';
  const shown = [...properties].slice(0, SHOWN_PARTS).map(([key, { shape, required }]) => {
    const name = /^[\p{L}_$][\p{L}\p{N}_$]*$/u.test(key) ? key : JSON.stringify(key);
    return required
      ? `${name}: ${describe(shape, levels - 1)}`
      : `${name}?: ${describe(withoutUndefined(shape), levels - 1)}`;
  });
  if (properties.size > shown.length) shown.push(`... ${properties.size - shown.length} more`);
  const others = resolved(rest);
  if (others.kind !== 'never' && others.kind !== 'unknown') {
    const key = names === undefined ? 'text' : describe(names, levels - 1);
    shown.push(`[${key}]: ${describe(others, levels - 1)}`);
  }
  return shown.length === 0 ? '{}' : `{ ${shown.join(', ')} }`;
}

function describeList({ first, required, rest }: ListShape, levels: number): string {
  if (levels === 0) return 'a list';
  if (first.length === 0) return `a list of ${part(rest, levels)}`;
  const shown = first
    .slice(0, SHOWN_PARTS)
    .map((item, place) =>
      place < required ? part(item, levels) : `${part(withoutUndefined(item), levels)}?`,
    );
  if (first.length > shown.length) shown.push(`... ${first.length - shown.length} more`);
  if (resolved(rest).kind !== 'never') shown.push(`...${part(rest, levels)}`);
  return `[${shown.join(', ')}]`;
}

function joined(members: readonly Shape[], sign: string, levels: number): string {
  const shown = members.slice(0, SHOWN_PARTS).map((member) => {
    const isList = sign === ' | ' && resolved(member).kind === 'literals';
    return isList ? describe(member, levels - 1) : part(member, levels);
  });
  if (members.length > shown.length) shown.push(`... ${members.length - shown.length} more`);
  return shown.join(sign);
}

/** In brackets where its own members would run into its neighbours. */
function part(shape: Shape, levels: number): string {
  const text = describe(shape, levels - 1);
  const { kind } = resolved(shape);
  const isOpen = (kind === 'union' || kind === 'literals') && text.includes(' | ');
  return isOpen || kind === 'both' ? `(${text})` : text;
}
