import type { BoundStage, FailureMode, StageId } from '@millrace/core';

/** What a stage wrote, by context key. */
export type Written = Readonly<Record<string, unknown>>;

/** Where one declared input comes from. */
export interface LinkInput {
  /** The stage's own name for it. */
  readonly name: string;
  readonly key: string;
  readonly optional: boolean;
  /** Place of the link that wrote it, or FROM_INITIAL, ABSENT, LOOKED_UP, GATHERED. */
  readonly source: number;
  /** What is gathered into a list. */
  readonly parts: readonly LinkInput[] | undefined;
}

/** One stage of a chain, with all that a message needs to know of it worked out beforehand. */
export interface Link {
  /** Its place in the chain, in which every stage stands after those that it needs. */
  readonly place: number;
  readonly id: StageId;
  readonly bound: BoundStage;
  /** Places of the stages that it needs. */
  readonly needs: readonly number[];
  /** Of each of them: whether it can do without one that was skipped. */
  readonly tolerates: readonly boolean[];
  /** Undefined: it declares none and sees all that its ancestors wrote. */
  readonly inputs: readonly LinkInput[] | undefined;
  /** Places of all stages before it, in order. */
  readonly ancestors: readonly number[];
  /** Its inputs go through their schema. */
  readonly checksInputs: boolean;
  readonly checksOutputs: boolean;
  /** Names of its outputs; undefined where it declares none. */
  readonly outputs: ReadonlySet<string | symbol> | undefined;
  /** Context key by output, where any differs. */
  readonly renames: ReadonlyMap<string, string> | undefined;
  /** It works item by item, or updates keys: it runs as a whole attempt, an instance to each message. */
  readonly isWhole: boolean;
  /** What stands in for it once it has failed for good; undefined where that is no stage. */
  readonly standIn: Link | undefined;
  readonly isStandIn: boolean;
}

/** A pipeline in the form in which messages go through it. */
export interface Chain {
  readonly name: string;
  readonly links: readonly Link[];
  /** Initial keys that the pipeline itself sets. */
  readonly context: Written;
  readonly failureMode: FailureMode;
}
