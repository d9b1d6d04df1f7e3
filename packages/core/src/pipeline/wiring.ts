import type { BoundStage } from './bound-stage.ts';

/** The key comes from the initial context. */
export const FROM_INITIAL = -1;
/** Nobody writes the key and the stage can do without it. */
export const ABSENT = -2;
/** An ancestor that declares nothing may write the key: it is looked up when the stage starts. */
export const LOOKED_UP = -3;

/** A list of several keys, each with a provider of its own. */
export const GATHERED = -4;

/** Where one declared input or update of a stage comes from. */
export interface WiredInput {
  /** The stage's own name for it. */
  readonly name: string;
  /** The context key. */
  readonly key: string;
  readonly optional: boolean;
  /** Index of the stage that wrote it, FROM_INITIAL, ABSENT, LOOKED_UP or GATHERED. */
  readonly provider: number;
  /** What is gathered, in order; undefined for a single key. */
  readonly parts: readonly WiredInput[] | undefined;
}

/** Who reads what from whom, decided once for a pipeline and never by the order of finish. */
export interface Wiring {
  readonly inputs: {
    /** Of the stage at an index: its declared inputs, then its updates. */
    of(stage: number): readonly WiredInput[];
  };
  /** Declared writers of each key, in topological order; each is an ancestor of the next. */
  readonly writersOf: ReadonlyMap<string, readonly number[]>;
  /** True when some stage declares no outputs, so that writes are to be checked at commit. */
  readonly hasUndeclared: boolean;
}

/** What the wiring needs of a stage; undefined where the stage could not be bound. */
export type WirableStage = BoundStage | undefined;
