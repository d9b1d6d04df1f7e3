import type { StageStatus } from '../events/index.ts';
import type { CompactGraph } from '../graph/index.ts';

/** The lists of a selection, in the order in which their problems are told. */
export const SELECTION_OPTIONS = ['select', 'exclude', 'from', 'until'] as const;

export type SelectionOption = (typeof SELECTION_OPTIONS)[number];

/**
 * Which stages are meant. Each entry is a text as somebody typed it; the entries of one list unite, and
 * an empty list counts as not given. A stage is selected when `select`, `from` and `until` all hold for
 * it, as far as they are given, and `exclude` does not.
 */
export interface Selection {
  readonly select?: readonly string[];
  readonly exclude?: readonly string[];
  /** The stages that a text names, and all that need them. */
  readonly from?: readonly string[];
  /** The stages that a text names, and all that they need. */
  readonly until?: readonly string[];
}

/** What a selection is made from. */
export interface SelectablePipeline {
  readonly graph: CompactGraph;
  /** Tags of the stage with this index; any order. */
  readonly tagsOf: (index: number) => readonly string[];
}

/** The status that the run so far gives a stage; undefined for one without a record. */
export type StatusLookup = (id: string) => StageStatus | undefined;

/** Masks hold a 1 for each stage meant, by its index in the graph. */
export interface SelectedStages {
  readonly mask: Uint8Array;
  /** Stages in `mask`, at least 1 when anything was given. */
  readonly count: number;
  /**
   * What `from` means by itself; all zero without it. A resume runs the stages that are in both masks
   * again, also those that it could keep.
   */
  readonly fromMask: Uint8Array;
}
