import type { Decision } from '@millrace/core';
import type { Reads } from './reads-now.ts';

/** What a plan says of one stage. */
export interface VerdictLine {
  readonly stage: string;
  readonly decision: Decision;
  readonly explanation: string;
}

export interface PlannedStage extends VerdictLine {
  /** What the plan names as still open, for a stage that is undecided. */
  readonly open: readonly OpenRead[];
  /**
   * Stages that decide whether it is skipped: those that make what its condition reads, and those that it
   * cannot do without. Unless it is skipped, it runs.
   */
  readonly awaits: readonly string[];
}

/** Something that a stage reads and that is made anew by the time it is ready. */
export interface OpenRead {
  /** The input, the context key, or empty for all that a dependency writes. */
  readonly name: string;
  /** The stage that the plan names. */
  readonly from: string;
  /** False for a key that the stage looks up itself. */
  readonly isDeclared: boolean;
  /** Whether it came out otherwise, told from the records before and after. */
  readonly isChanged: boolean;
}

/** What a resume did. */
export interface ResumeReport {
  readonly status: string;
  /** Attempts that were started. */
  readonly attempts: number;
  /** Reasons that the events gave, by stage. */
  readonly started: Readonly<Record<string, string>>;
  readonly reused: Readonly<Record<string, string>>;
  readonly skipped: Readonly<Record<string, string>>;
  /** What the plan of the resume itself says, as it was made a moment later. */
  readonly plan: readonly VerdictLine[];
  /** Hash by key of the final context. */
  readonly context: Readonly<Record<string, string>>;
}

export interface EditReport {
  readonly runId: string;
  /** What `planResume` says; empty for a run that was only started. */
  readonly planned: readonly PlannedStage[];
  /** The code of the error instead, when the resume was refused. */
  readonly resumed: ResumeReport | string;
  /** What every stage reads as the run is left, by id. */
  readonly reads: Readonly<Record<string, Reads>>;
  /** Stages that a plan made afterwards does not leave as they are. */
  readonly left: readonly string[];
  /** Hash by key of the final context of a run from the start, where that was asked for. */
  readonly fresh: Readonly<Record<string, string>> | undefined;
}
