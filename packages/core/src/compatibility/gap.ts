import type { PathSegment } from '../base/diagnostic.ts';
import { kindName } from './kind-name.ts';
import type { Shape } from './shape.ts';

/** A place where a provider's value may not be what the consumer takes. */
export interface Gap {
  /** Below the two shapes that were compared. */
  readonly path: readonly PathSegment[];
  readonly provides: Shape;
  readonly expects: Shape;
  /** One clause, `is text, not a number`: worded on demand, since most gaps are those of other alternatives. */
  readonly why: () => string;
  /** Both are of one kind, such as two objects, and differ in something less. */
  readonly isNear: boolean;
}

/** Compares two parts: undefined when everything that the first gives is fit for the second. */
export type Compare = (provided: Shape, expected: Shape) => Gap | undefined;

export function nearGap(provides: Shape, expects: Shape, why: () => string): Gap {
  return { path: [], provides, expects, why, isNear: true };
}

/** No value of the one kind is of the other. */
export function kindGap(provides: Shape, expects: Shape): Gap {
  const why = (): string => `is ${kindName(provides)}, not ${kindName(expects)}`;
  return { path: [], provides, expects, why, isNear: false };
}

export function gapWithin(segment: PathSegment, gap: Gap): Gap {
  return { ...gap, path: [segment, ...gap.path], isNear: true };
}

/** The same of a value that is only one of those which `provides` may be. */
export function perhaps(gap: Gap, provides: Shape, expects: Shape): Gap {
  const why = (): string => gap.why().replace(/^is /, 'may be ').replace(/^has /, 'may have ');
  return { ...gap, provides, expects, why };
}
