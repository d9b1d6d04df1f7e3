import { boundsConflict } from './bounds.ts';
import { type Compare, type Gap, gapWithin, nearGap } from './gap.ts';
import { type ListShape, NEVER, resolved, type Shape } from './shape.ts';
import { withoutUndefined } from './without-undefined.ts';

export function compareLists(
  provided: ListShape,
  expected: ListShape,
  compare: Compare,
): Gap | undefined {
  const conflict = lengthConflict(provided, expected);
  if (conflict !== undefined) return nearGap(provided, expected, () => conflict);
  const places = Math.max(provided.first.length, expected.first.length);
  // The last one stands for all that follow.
  for (let place = 0; place <= places; place++) {
    const wanted = itemAt(expected, place);
    // How many there may be is told by the length.
    if (resolved(wanted).kind === 'never') break;
    const gap = compare(givenAt(provided, expected, place), wanted);
    if (gap !== undefined) return gapWithin(place, gap);
  }
  return undefined;
}

function lengthConflict(provided: ListShape, expected: ListShape): string | undefined {
  const conflict = boundsConflict(provided.bounds, expected.bounds);
  if (conflict !== undefined) return `has a length of ${conflict}`;
  if (provided.narrowed) return undefined;
  const { required, first, rest } = expected;
  if (provided.bounds.min < required) return `may have fewer than ${counted(required)}`;
  const isClosed = resolved(rest).kind === 'never';
  if (isClosed && provided.bounds.max > first.length) {
    return `may have more than ${counted(first.length)}`;
  }
  return undefined;
}

function givenAt(provided: ListShape, expected: ListShape, place: number): Shape {
  if (place >= provided.bounds.max) return NEVER;
  const item = itemAt(provided, place);
  return place < expected.required ? item : withoutUndefined(item);
}

function itemAt({ first, rest }: ListShape, place: number): Shape {
  return first[place] ?? rest;
}

function counted(items: number): string {
  return items === 1 ? '1 item' : `${items} items`;
}
