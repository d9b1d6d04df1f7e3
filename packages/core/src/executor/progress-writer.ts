import type { ProgressReport } from '../stage/index.ts';
import type { LaunchSite } from './launch-site.ts';
import type { LaunchedAttempt } from './launched-attempt.ts';

/** Progress of one stage is written no more often. */
const PROGRESS_EVERY_MS = 100;

/** Puts on record how far an attempt is. */
export class ProgressWriter {
  readonly #site: Pick<LaunchSite, 'parts' | 'commits'>;
  readonly #launched: LaunchedAttempt;
  #notBeforeMs = Number.NEGATIVE_INFINITY;
  #isFull = false;

  constructor(site: Pick<LaunchSite, 'parts' | 'commits'>, launched: LaunchedAttempt) {
    this.#site = site;
    this.#launched = launched;
  }

  write(report: ProgressReport): void {
    const { parts, commits } = this.#site;
    const { stage, attempt } = this.#launched;
    const nowMs = parts.clock.monotonic();
    const { fraction, message } = normalise(report);
    // The end is always told, but once.
    if (nowMs < this.#notBeforeMs && (fraction !== 1 || this.#isFull)) return;
    this.#isFull = fraction === 1;
    this.#notBeforeMs = nowMs + PROGRESS_EVERY_MS;
    commits.note({
      event: {
        type: 'stage.progress',
        at: parts.clock.now(),
        stage: stage.id,
        attempt,
        ...(fraction === undefined ? {} : { fraction }),
        ...(message === undefined ? {} : { message: parts.redact(message) }),
      },
    });
  }
}

function normalise(report: ProgressReport): {
  fraction: number | undefined;
  message: string | undefined;
} {
  if (typeof report === 'number') return { fraction: toFraction(report), message: undefined };
  const { done, total, message } = report;
  return {
    fraction: total === undefined ? undefined : toFraction(done / total),
    message: message ?? (total === undefined ? `${done}` : `${done} of ${total}`),
  };
}

function toFraction(share: number): number | undefined {
  return Number.isNaN(share) ? undefined : Math.min(1, Math.max(0, share));
}
