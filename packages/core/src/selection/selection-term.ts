/** Terms of which a stage must fit every one. */
export interface SelectionPart {
  /** As typed: `tag:daily,+risk`. */
  readonly text: string;
  readonly terms: readonly SelectionTerm[];
}

/** Stages named by an atom, with their neighbours. */
export interface SelectionTerm {
  /** As typed: `2+risk`. */
  readonly text: string;
  /** Where its atom begins in the whole text, from 1. */
  readonly column: number;
  /** Generations of ancestors that come along: 0 for none, Infinity for all. */
  readonly ancestors: number;
  /** As `ancestors`, the other way. */
  readonly descendants: number;
  readonly atom: SelectionAtom;
}

export type SelectionAtom =
  | { readonly kind: 'stage'; readonly name: NamePattern }
  | { readonly kind: 'tag'; readonly name: NamePattern }
  | { readonly kind: 'state'; readonly name: NamePattern };

export interface NamePattern {
  readonly text: string;
  /** Whether `*` and `?` stand for other characters. */
  readonly isGlob: boolean;
}

/** What is wrong with the form of a text. */
export interface SyntaxFault {
  readonly column: number;
  /** Stands by itself: `nothing stands beside the comma at column 3`. */
  readonly message: string;
  readonly help: string;
}

/** Whether a text is a stage id, to the letter. */
export type IsStage = (text: string) => boolean;
