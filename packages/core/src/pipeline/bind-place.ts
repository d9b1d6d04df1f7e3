import type { Diagnostic, PathSegment } from '../base/diagnostic.ts';

/** What a part of a definition is called, where it stands, and who hears of its faults. */
export interface Place {
  /** `stage "score"` */
  readonly owner: string;
  readonly path: readonly PathSegment[];
  readonly report: (diagnostic: Diagnostic) => void;
}

export function placeWithin(place: Place, ...path: readonly PathSegment[]): Place {
  return { ...place, path: [...place.path, ...path] };
}
