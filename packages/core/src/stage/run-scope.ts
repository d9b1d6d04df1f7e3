import type { RunId, StageId } from '../base/ids.ts';
import type { Logger } from '../base/logger.ts';
import type { Artifacts } from './artifacts.ts';
import type { Sleep, WaitFor } from './wait-for.ts';

/** How far a stage is: a share from 0 to 1, or a count of a total; both may carry a message. */
export type ProgressReport =
  | number
  | { readonly done: number; readonly total?: number; readonly message?: string };

/** What setup and teardown get. */
export interface StageScopeBase<Params> {
  readonly runId: RunId;
  readonly stageId: StageId;
  /** Counts from 1, across resumes. */
  readonly attempt: number;
  readonly params: Params;
  /** Aborted on timeout and cancel; a grace period follows, after which the result is dropped. */
  readonly signal: AbortSignal;
  readonly logger: Logger;
  /** Large outputs kept outside the context, by content. */
  readonly artifacts: Artifacts;
  readonly progress: (report: ProgressReport) => void;
  /**
   * A UUID to give to other services along with what is to be done once: the same for every attempt of this work, in
   * later sessions of the run too, and another one once the params, inputs, files or version of the stage are others.
   */
  readonly idempotencyKey: string;
}

/** What run gets. */
export interface RunScope<Inputs, Params, Updates> extends StageScopeBase<Params> {
  /**
   * The declared inputs, as their schema reads them; all visible keys for a stage that declares none.
   * Frozen or a copy of its own: changing them changes nothing for anybody else.
   */
  readonly inputs: Inputs;
  readonly context: StageContext<Updates>;
  /** Waits for a signal by its name: an event of the world outside, or the answer of a person. */
  readonly waitFor: WaitFor;
  /** Waits for a time that a kill does not begin anew. */
  readonly sleep: Sleep;
}

/** What undo gets: the outcome that is to be undone, with all that it rested on. */
export interface OutcomeScope<Inputs, Outputs, Params> extends StageScopeBase<Params> {
  /**
   * As they were when the stage ran.
   * @throws MillraceError UNDO_INPUTS_GONE where a later attempt of a stage before it has replaced them
   */
  readonly inputs: Inputs;
  /** As they are on record, by the stage's own names; what it only updated is not among them. */
  readonly outputs: Outputs;
}

/** What a stage sees of the context: the initial keys and the writes of its ancestors. */
export interface StageContext<Updates> {
  get(key: string): unknown;
  has(key: string): boolean;
  keys(): readonly string[];
  /**
   * Changes keys declared in `updates`; the change is recorded as patches and committed with the outputs.
   * @throws MillraceError UPDATE_UNDECLARED when the recipe touches another key
   */
  update(recipe: (draft: Updates) => void): void;
}
