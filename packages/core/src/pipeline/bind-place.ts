import type { Diagnostic, PathSegment } from '../base/diagnostic.ts';

/** What a part of a definition is called, where it stands, who hears of its faults, and what of it stays unsaid. */
export interface Place {
  /** `stage "score"` */
  readonly owner: string;
  readonly path: readonly PathSegment[];
  readonly report: (diagnostic: Diagnostic) => void;
  /** Takes the values of secrets out of what is recorded. Undefined: none are known. */
  readonly redact?: ((text: string) => string) | undefined;
}

export function placeWithin(place: Place, ...path: readonly PathSegment[]): Place {
  return { ...place, path: [...place.path, ...path] };
}
