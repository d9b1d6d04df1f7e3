import type { SelectionOption } from './selection.ts';

/** Why a selection cannot be followed, as data. `message` is one sentence that stands by itself. */
export type SelectionProblem =
  | SelectionSyntaxProblem
  | SelectionUnknownProblem
  | SelectionEmptyProblem;

/** Where in what was typed. */
export interface SelectionPlace {
  readonly option: SelectionOption;
  /** The whole text. */
  readonly text: string;
  /** Counts UTF-16 units from 1, as editors do. */
  readonly column: number;
}

export interface SelectionSyntaxProblem extends SelectionPlace {
  readonly code: 'SELECTION_SYNTAX';
  readonly message: string;
  readonly help: string;
}

/** A name that nothing in the pipeline has, or a glob that fits none. */
export interface SelectionUnknownProblem extends SelectionPlace {
  readonly code: 'SELECTION_UNKNOWN';
  readonly kind: 'stage' | 'tag' | 'state';
  /** As typed, without prefix and quotes. */
  readonly name: string;
  readonly message: string;
  /** The first of the names there are; absent when there is none. */
  readonly expected?: string;
  readonly help: string;
}

/** Every name is known, and still no stage is left. Told only when nothing else is wrong. */
export interface SelectionEmptyProblem {
  readonly code: 'SELECTION_EMPTY';
  readonly message: string;
  readonly help: string;
  /** What the first parts mean, each by itself. */
  readonly matches: readonly PartMatch[];
}

export interface PartMatch {
  readonly option: SelectionOption;
  /** One part as typed: `tag:daily,+risk`. */
  readonly part: string;
  /** Stages it means: of `from` with all descendants, of `until` with all ancestors. */
  readonly count: number;
  /** Each term by itself; only when there are several. */
  readonly terms: readonly TermMatch[];
}

export interface TermMatch {
  readonly term: string;
  readonly count: number;
}
