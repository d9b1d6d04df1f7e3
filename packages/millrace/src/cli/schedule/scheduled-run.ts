import { createHash } from 'node:crypto';
import { createRunId, MillraceError, type RunId, type RunSource } from '@millrace/core';

/** The variable that tells a run the time it is scheduled for. */
export const SCHEDULED_AT = 'MILLRACE_SCHEDULED_AT';

export interface ScheduledRun {
  readonly id: RunId;
  readonly schedule: NonNullable<RunSource['schedule']>;
}

/**
 * The id of the run of a schedule for a time. It is the same for whoever starts it, and a store has a run once: of
 * two schedulers one starts it, and a kill leaves it either started or not.
 */
export function scheduledRunId(schedule: string, atMs: number): RunId {
  const chance = createHash('sha256').update(`${atMs} ${schedule}`).digest();
  return createRunId(atMs, (size) => chance.subarray(0, size));
}

/** Undefined for a run that no schedule starts. @throws MillraceError USAGE */
export function scheduledRun(
  schedule: string | undefined,
  env: Readonly<Record<string, string | undefined>>,
): ScheduledRun | undefined {
  if (schedule === undefined) return undefined;
  const at = Date.parse(env[SCHEDULED_AT] ?? '');
  if (Number.isNaN(at)) {
    throw new MillraceError('USAGE', `--scheduled-by needs a time in ${SCHEDULED_AT}`, {
      help: 'runs of a schedule are started by millrace schedule',
    });
  }
  return { id: scheduledRunId(schedule, at), schedule: { name: schedule, at } };
}
