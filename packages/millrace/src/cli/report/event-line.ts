import { formatDuration, type RunEvent, unreachable, type ValueIssue } from '@millrace/core';
import { firstLine, padTo } from '../terminal/printable.ts';
import { markOf, paintStatus, type ShownStatus } from '../terminal/status-style.ts';
import type { Paint } from '../terminal/terminal.ts';
import { itemsText } from './items-text.ts';
import { queuedText } from './queued-text.ts';
import { shortFailure } from './short-failure.ts';
import { waitText, wokenText } from './wait-text.ts';
import { clockTime, countOf } from './words.ts';

export interface EventLineOptions {
  readonly paint: Paint;
  /** Columns for stage ids. */
  readonly idWidth: number;
  /** Time of day first. Default false. */
  readonly withTime?: boolean;
}

interface Told {
  readonly status: ShownStatus;
  readonly subject: string;
  readonly detail: string;
}

/** An event as one line for people. */
export function eventLine(
  event: RunEvent,
  { paint, idWidth, withTime = false }: EventLineOptions,
): string {
  const { status, subject, detail } = tell(event);
  const time = withTime ? `${paint('dim', clockTime(event.at))} ` : '';
  const shown =
    status === 'failed' || status === 'degraded' ? paintStatus(status, paint, detail) : detail;
  return `${time}${markOf(status, paint)} ${padTo(subject, idWidth)}  ${shown}`.trimEnd();
}

function tell(event: RunEvent): Told {
  switch (event.type) {
    case 'run.started':
      return {
        status: 'running',
        subject: 'run',
        detail: `started: ${countOf(event.stages, 'stage')}`,
      };
    case 'run.resumed': {
      const { run, reuse, undecided } = event.plan;
      const open = undecided === 0 ? '' : `, ${undecided} undecided`;
      const detail = `resumed: ${reuse} kept, ${run} to run${open}`;
      return { status: 'running', subject: 'run', detail };
    }
    case 'run.cancelling': {
      const what = event.mode === 'drain' ? 'finishing' : 'aborting';
      return {
        status: 'cancelled',
        subject: 'run',
        detail: `cancelling: ${what} ${countOf(event.running, 'running stage')}`,
      };
    }
    case 'run.finished':
      return {
        status: event.status,
        subject: 'run',
        detail: `${event.status}  ${formatDuration(event.durationMs)}`,
      };
    case 'run.released':
      return {
        status: 'waiting',
        subject: 'run',
        detail: `released: ${countOf(event.waiting, 'stage')} ${event.waiting === 1 ? 'waits' : 'wait'}`,
      };
    case 'run.undoing':
      return {
        status: 'cancelled',
        subject: 'run',
        detail: `undoing ${countOf(event.stages, 'stage')}`,
      };
    case 'stage.started':
      return {
        status: 'running',
        subject: event.stage,
        detail: joined(again(event.attempt), event.reason ?? ''),
      };
    case 'stage.progress':
      return { status: 'running', subject: event.stage, detail: progressText(event) };
    case 'stage.item-failed':
      return {
        status: 'degraded',
        subject: event.stage,
        detail: `item ${JSON.stringify(event.item)}: ${shortFailure(event.failure)}`,
      };
    case 'stage.queued':
      return { status: 'pending', subject: event.stage, detail: queuedText(event) };
    case 'stage.waiting':
      return { status: 'waiting', subject: event.stage, detail: waitText(event.name, event) };
    case 'stage.woken': {
      const status = event.outcome === 'timed-out' ? 'degraded' : 'running';
      return { status, subject: event.stage, detail: wokenText(event) };
    }
    case 'stage.signal-refused':
      return {
        status: 'degraded',
        subject: event.stage,
        detail: `signal ${event.signal} ${JSON.stringify(event.name)} refused: ${issuesText(event.issues)}`,
      };
    case 'stage.retrying':
      return {
        status: 'retrying',
        subject: event.stage,
        detail: `attempt ${event.attempt} failed, next in ${formatDuration(event.delayMs)}: ${shortFailure(event.failure)}`,
      };
    case 'stage.succeeded': {
      const teardown =
        event.teardownFailure === undefined
          ? ''
          : `  teardown failed: ${shortFailure(event.teardownFailure)}`;
      return {
        status: (event.items?.failed ?? 0) > 0 ? 'degraded' : 'succeeded',
        subject: event.stage,
        detail:
          joined(
            formatDuration(event.durationMs),
            again(event.attempt),
            event.items === undefined ? '' : itemsText(event.items),
          ) + teardown,
      };
    }
    case 'stage.failed':
      return {
        status: event.fallback || !event.critical ? 'degraded' : 'failed',
        subject: event.stage,
        detail: joined(
          formatDuration(event.durationMs),
          shortFailure(event.failure),
          event.fallback ? '(its fallback is used)' : '',
        ),
      };
    case 'stage.skipped':
      return { status: 'skipped', subject: event.stage, detail: `skipped: ${event.reason}` };
    case 'stage.reused':
      return { status: 'kept', subject: event.stage, detail: `kept: ${event.reason}` };
    case 'stage.cancelled':
      return {
        status: 'cancelled',
        subject: event.stage,
        detail:
          event.attempt === 0
            ? 'cancelled before it started'
            : `cancelled after ${formatDuration(event.durationMs)}`,
      };
    case 'stage.undone':
      return {
        status: 'cancelled',
        subject: event.stage,
        detail: `undone after ${formatDuration(event.durationMs)}`,
      };
    case 'stage.undo-failed':
      return {
        status: 'failed',
        subject: event.stage,
        detail: `not undone: ${shortFailure(event.failure)}`,
      };
    default:
      return unreachable(event, 'unknown event');
  }
}

export function progressText(progress: {
  readonly fraction?: number;
  readonly message?: string;
}): string {
  const { fraction, message } = progress;
  const share = fraction === undefined ? '' : `${Math.floor(fraction * 100)}%`;
  return joined(share, message === undefined ? '' : firstLine(message));
}

function issuesText(issues: readonly ValueIssue[]): string {
  return issues.map(({ path, message }) => `${path} ${firstLine(message)}`.trim()).join('; ');
}

function again(attempt: number): string {
  return attempt > 1 ? `attempt ${attempt}` : '';
}

function joined(...parts: readonly string[]): string {
  return parts.filter((part) => part !== '').join('  ');
}
