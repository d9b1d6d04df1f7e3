import type { LogFields, Logger, RunEvent } from '@millrace/core';
import { eventLine } from './event-line.ts';

/** A reporter that logs each event of a run, with its run, stage and attempt. */
export function reportEvents(logger: Logger): (event: RunEvent) => void {
  return (event) => {
    const { level, message, fields } = eventLine(event);
    logger.child(speaker(event))[level](message, { event: event.type, seq: event.seq, ...fields });
  };
}

function speaker(event: RunEvent): LogFields {
  return {
    runId: event.runId,
    ...('stage' in event ? { stage: event.stage } : {}),
    ...('attempt' in event ? { attempt: event.attempt } : {}),
  };
}
