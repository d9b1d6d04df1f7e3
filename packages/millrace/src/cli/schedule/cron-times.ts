import { MillraceError } from '@millrace/core';
import { Cron } from 'croner';
import { cronFault } from './cron-fault.ts';

/** Paused: nothing is ever started by the library's own clock. */
const OPTIONS = { paused: true, mode: '5-or-6-parts' } as const;

/** The times that a cron expression names. The only file that imports croner, and only for this. */
export class CronTimes {
  readonly #cron: Cron;
  /** The answer to the newest question, which holds for all times between: a scheduler that waits asks each second. */
  #known: { readonly afterMs: number; readonly next: number } | undefined;

  /**
   * @param expression minute, hour, day, month, weekday; with seconds before them where it has six parts
   * @param timezone IANA name; default: that of the process
   * @throws MillraceError SCHEDULE_INVALID
   */
  constructor(expression: string, timezone?: string) {
    const zone = timezone === undefined ? {} : { timezone };
    try {
      this.#cron = new Cron(expression, { ...OPTIONS, ...zone });
    } catch (cause) {
      throw invalid({ expression, timezone, why: cronFault(expression, isReadable), cause });
    }
    let next: number | undefined;
    try {
      next = this.next(Date.now());
    } catch (cause) {
      // A zone that does not exist is found out only here.
      throw invalid({ expression, timezone, why: 'there is no such time zone', cause });
    }
    if (next === undefined)
      throw invalid({ expression, timezone, why: 'it names no time to come' });
  }

  /**
   * The first time after `afterMs`; milliseconds since 1970. A single time of day in the hour that is left out in
   * spring comes at the end of that hour, and in the first of the two hours of autumn; of an expression that names
   * several times of day, those in the hour of spring are left out, and those in the hour of autumn come twice.
   */
  next(afterMs: number): number | undefined {
    const known = this.#known;
    if (known !== undefined && afterMs >= known.afterMs && afterMs < known.next) return known.next;
    const next = this.#cron.nextRun(new Date(afterMs))?.getTime();
    this.#known = next === undefined ? undefined : { afterMs, next };
    return next;
  }

  /** The last time before `beforeMs`. */
  previous(beforeMs: number): number | undefined {
    return this.#cron.previousRuns(1, new Date(beforeMs))[0]?.getTime();
  }
}

interface InvalidSchedule {
  readonly expression: string;
  readonly timezone: string | undefined;
  readonly why: string;
  readonly cause?: unknown;
}

function invalid({ expression, timezone, why, cause }: InvalidSchedule): MillraceError {
  const zone = timezone === undefined ? '' : ` in ${JSON.stringify(timezone)}`;
  return new MillraceError(
    'SCHEDULE_INVALID',
    `the schedule ${JSON.stringify(expression)}${zone} cannot be used: ${why}`,
    {
      details: { cron: expression, timezone },
      cause,
      help: 'write minute, hour, day, month and weekday, such as "0 6 * * 1-5", and a zone such as Europe/Berlin',
    },
  );
}

function isReadable(expression: string): boolean {
  try {
    return new Cron(expression, OPTIONS).getPattern() !== undefined;
  } catch {
    return false;
  }
}
