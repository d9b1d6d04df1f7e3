import type { FailureRecord, ThrownRecord } from '@millrace/core';

/** Why a message came to no good end. Plain data, so that it can be stored and sent. */
export interface MessageFailure {
  /** Stable, with a page under docs/errors: `STAGE_THREW`, `STREAM_ROUTE_FAILED`, ... */
  readonly code: string;
  /** The stage that failed; absent where it was none. */
  readonly stage?: string;
  readonly message: string;
  readonly thrown?: ThrownRecord;
}

/** What a stage's failure is to its message. */
export function stageFailure(
  stage: string,
  { code, message, thrown }: FailureRecord,
): MessageFailure {
  return thrown === undefined ? { code, stage, message } : { code, stage, message, thrown };
}
