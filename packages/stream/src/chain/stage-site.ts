import type { Artifacts, Clock, Logger, RunId, StageId } from '@millrace/core';
import type { MessageFailure } from '../message/message-failure.ts';

/** What the stages of a stream use of what is around them. */
export interface StageSite {
  /** Of the stream; part of every idempotency key. */
  readonly name: string;
  /** Names this start of the stream. */
  readonly runId: RunId;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly artifacts: Artifacts;
  /** In [0, 1). */
  readonly random: () => number;
  /** A call of the stage for a message failed for good, with what that is to the message. */
  readonly failed: (stage: StageId, failure: MessageFailure, isBorne: boolean) => void;
  /** The first call that succeeds after such a failure. */
  readonly recovered: (stage: StageId) => void;
}
