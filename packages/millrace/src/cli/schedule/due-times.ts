export const MISSED_POLICIES = ['skip', 'run-once', 'run-all'] as const;

/** What becomes of times at which nobody was there to start a run. */
export type MissedPolicy = (typeof MISSED_POLICIES)[number];

/** A time is missed when it is longer ago, or when nobody was there yet; what is a little late is on time. */
export const ON_TIME_MS = 60_000;

/** So many missed times are made up for at most, the newest. */
export const MOST_MISSED = 1000;

interface Times {
  next(afterMs: number): number | undefined;
  previous(beforeMs: number): number | undefined;
}

export interface DueTimes {
  /** Times to start a run for, oldest first. */
  readonly missed: readonly number[];
  readonly onTime: readonly number[];
  /** Some were missed and no run is started for them. */
  readonly hasSkipped: boolean;
}

interface Asked {
  /** All times up to this one are handled. */
  readonly handledMs: number;
  readonly nowMs: number;
  /** When the scheduler began: what came before is missed, be it a second ago. */
  readonly beganMs: number;
}

/**
 * The times after `handledMs` that have come by now, as the policy for missed ones has them. Pure: asked again with the
 * same, it tells the same, so that a kill before a time is handled loses nothing.
 */
export function dueTimes(
  times: Times,
  { handledMs, nowMs, beganMs }: Asked,
  policy: MissedPolicy,
): DueTimes {
  const next = times.next(handledMs);
  if (next === undefined || next > nowMs) return { missed: [], onTime: [], hasSkipped: false };
  const lateMs = Math.min(nowMs, Math.max(nowMs - ON_TIME_MS, beganMs));
  const onTime = timesBetween(times, Math.max(handledMs, lateMs - 1), nowMs);
  const newest = times.previous(lateMs);
  const hasMissed = newest !== undefined && newest > handledMs;
  if (!hasMissed) return { missed: [], onTime, hasSkipped: false };
  if (policy === 'skip') return { missed: [], onTime, hasSkipped: true };
  const isFirst = times.previous(newest) === undefined;
  const isOnly = isFirst || (times.previous(newest) ?? 0) <= handledMs;
  if (policy === 'run-once') {
    // A run that is on time makes up for all before it.
    return {
      missed: onTime.length > 0 ? [] : [newest],
      onTime,
      hasSkipped: !isOnly || onTime.length > 0,
    };
  }
  const missed = newestBetween(times, handledMs, lateMs);
  const hasSkipped =
    missed.length === MOST_MISSED && (times.previous(missed[0] ?? 0) ?? 0) > handledMs;
  return { missed, onTime, hasSkipped };
}

/** After `fromMs`, up to `toMs`. */
function timesBetween(times: Times, fromMs: number, toMs: number): readonly number[] {
  const found: number[] = [];
  for (let at = times.next(fromMs); at !== undefined && at <= toMs; at = times.next(at)) {
    found.push(at);
  }
  return found;
}

/** From the newest back, so that a year away costs no more than what is started. */
function newestBetween(times: Times, afterMs: number, beforeMs: number): readonly number[] {
  const found: number[] = [];
  let at = times.previous(beforeMs);
  while (at !== undefined && at > afterMs && found.length < MOST_MISSED) {
    found.push(at);
    at = times.previous(at);
  }
  return found.reverse();
}
