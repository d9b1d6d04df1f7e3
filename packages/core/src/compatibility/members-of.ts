import { type ReferenceShape, resolved, type Shape, type UnionShape } from './shape.ts';

/** A shape that is neither a union nor a reference to anything. */
export type Member = Exclude<Shape, ReferenceShape | UnionShape>;

/** What a union may be, unions in it included; of any other shape the shape itself. */
export function membersOf(shape: Shape): Member[] {
  const members: Member[] = [];
  // A union may be a member of itself.
  const seen = new Set<Shape>();
  const pending = [shape];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    const here = resolved(next);
    if (seen.has(here)) continue;
    seen.add(here);
    if (here.kind === 'union') pending.push(...here.members.toReversed());
    else members.push(here);
  }
  return members;
}
