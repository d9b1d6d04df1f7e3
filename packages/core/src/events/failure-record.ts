/** Why an attempt failed; each has a code with a page under docs/errors. */
export const FAILURE_CODES = {
  threw: 'STAGE_THREW',
  'timed-out': 'STAGE_TIMED_OUT',
  cancelled: 'STAGE_CANCELLED',
  'invalid-input': 'STAGE_INPUT_INVALID',
  'invalid-output': 'STAGE_OUTPUT_INVALID',
  'unstorable-value': 'VALUE_UNSTORABLE',
  'undeclared-update': 'UPDATE_UNDECLARED',
  'write-conflict': 'WRITE_CONFLICT',
  'lost-checkpoint': 'CHECKPOINT_CORRUPT',
  condition: 'STAGE_CONDITION_FAILED',
  'secret-value': 'SECRET_IN_VALUE',
  'items-failed': 'ITEMS_FAILED',
  'circuit-open': 'CIRCUIT_OPEN',
  'wait-timed-out': 'WAIT_TIMED_OUT',
  'inputs-gone': 'UNDO_INPUTS_GONE',
} as const;

export type FailureReason = keyof typeof FAILURE_CODES;

/** The part of a stage's life in which it failed. */
export type FailurePhase =
  | 'condition'
  | 'limits'
  | 'construct'
  | 'setup'
  | 'run'
  | 'item'
  | 'teardown'
  | 'inputs'
  | 'outputs'
  | 'undo'
  | 'fallback';

/** A thrown value, made plain: a non-Error has the name `NonError` and its printed form as message. */
export interface ThrownRecord {
  readonly name: string;
  readonly message: string;
  readonly code?: string;
  readonly stack?: string;
  /** Its property `retryAfterMs`: no attempt is worth while before so many milliseconds have passed. */
  readonly retryAfterMs?: number;
  readonly cause?: ThrownRecord;
}

/** One place where a value was not what its schema asks for. */
export interface ValueIssue {
  /** `scores[3].symbol` */
  readonly path: string;
  readonly message: string;
}

/** An expected failure as plain data, as it is stored and shown. */
export interface FailureRecord {
  readonly reason: FailureReason;
  readonly code: string;
  readonly phase: FailurePhase;
  /** One sentence with the stage's id. */
  readonly message: string;
  readonly help?: string;
  readonly thrown?: ThrownRecord;
  readonly issues?: readonly ValueIssue[];
}
