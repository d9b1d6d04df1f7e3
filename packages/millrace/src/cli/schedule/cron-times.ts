import { MillraceError } from '@millrace/core';
import { Cron } from 'croner';

/** The times that a cron expression names. The only file that imports croner, and only for this. */
export class CronTimes {
  readonly #cron: Cron;

  /**
   * @param expression minute, hour, day, month, weekday; with seconds before them where it has six parts
   * @param timezone IANA name; default: that of the process
   * @throws MillraceError SCHEDULE_INVALID
   */
  constructor(expression: string, timezone?: string) {
    try {
      const zone = timezone === undefined ? {} : { timezone };
      // Paused: nothing is ever started by the library's own clock.
      this.#cron = new Cron(expression, { paused: true, mode: '5-or-6-parts', ...zone });
      // A zone that does not exist is found out only now.
      this.#cron.nextRun(new Date(0));
    } catch (error) {
      throw invalid(expression, timezone, error);
    }
    if (this.next(Date.now()) === undefined) throw invalid(expression, timezone, undefined);
  }

  /**
   * The first time after `afterMs`; milliseconds since 1970. An hour that is left out in spring moves a time in it
   * ahead; of the hour that comes twice in autumn a time of day is in the first.
   */
  next(afterMs: number): number | undefined {
    return this.#cron.nextRun(new Date(afterMs))?.getTime();
  }

  /** The last time before `beforeMs`. */
  previous(beforeMs: number): number | undefined {
    return this.#cron.previousRuns(1, new Date(beforeMs))[0]?.getTime();
  }
}

function invalid(expression: string, timezone: string | undefined, cause: unknown): MillraceError {
  const zone = timezone === undefined ? '' : ` in ${JSON.stringify(timezone)}`;
  const why = cause instanceof Error ? lastSentence(cause.message) : 'it names no time to come';
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

/** The library puts its own names before what is wrong. */
function lastSentence(message: string): string {
  if (message.includes('timezone')) return 'there is no such time zone';
  return message.replace(/^(?:Cron\w+: )+/, '').replace(/\.$/, '');
}
