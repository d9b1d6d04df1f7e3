/** What a condition may look at. */
export interface ConditionScope {
  readonly params: unknown;
  /** The stage's declared inputs by name; one that nobody wrote is missing. */
  readonly inputs: Readonly<Record<string, unknown>>;
}

/** Decides, once a stage is ready, whether it runs or is skipped. */
export interface StageCondition {
  /** As written, for explanations: `params.mode == "full"`. */
  readonly text: string;
  /** Known without any input, so that a plan can tell. */
  readonly isConstant: boolean;
  /** What it throws fails the stage. */
  readonly holds: (scope: ConditionScope) => boolean;
}

/** `when: true` and `when: false`. */
export function constantCondition(holds: boolean): StageCondition {
  return { text: String(holds), isConstant: true, holds: () => holds };
}
