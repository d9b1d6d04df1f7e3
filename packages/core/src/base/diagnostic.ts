import type { SourceLocation } from './source-location.ts';

/** One step into plain data: a key or an array index. */
export type PathSegment = string | number;

/** A located problem of a pipeline's definition or config. All of them are reported together. */
export interface Diagnostic {
  /** Stable code with a page under docs/errors. */
  readonly code: string;
  readonly severity: 'error' | 'warning';
  /** What is wrong and with which id, in one sentence. */
  readonly message: string;
  /** Where in the definition: `['stages', 'score', 'with', 'window']`. */
  readonly path: readonly PathSegment[];
  /** Points at the key that leads to the value, not at the value (unknown or duplicate keys). */
  readonly pointsAtKey?: boolean;
  readonly at?: SourceLocation;
  readonly got?: string;
  readonly expected?: string;
  /** What to do, often a nearest name: `did you mean "ingest"?` */
  readonly help?: string;
  readonly related?: readonly RelatedPlace[];
}

/** Another place that explains a diagnostic, such as the other writer of a key. */
export interface RelatedPlace {
  readonly message: string;
  readonly path: readonly PathSegment[];
  readonly at?: SourceLocation;
}
