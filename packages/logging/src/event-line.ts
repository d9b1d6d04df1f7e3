import {
  type FailureRecord,
  formatDuration,
  type LogFields,
  type RunEvent,
  unreachable,
} from '@millrace/core';
import type { LogLevel } from './log-level.ts';

/** What an event says in a log. Run, stage and attempt are not repeated in it. */
export interface EventLine {
  readonly level: LogLevel;
  readonly message: string;
  readonly fields?: LogFields;
}

/** Failures that end a run's success are errors, those that are made up for are warnings. */
export function eventLine(event: RunEvent): EventLine {
  switch (event.type) {
    case 'run.started':
      return info(`run of ${event.pipeline} started: ${counted(event.stages, 'stage')}`);
    case 'run.resumed': {
      const { run, reuse, skip, undecided } = event.plan;
      return info(
        `run of ${event.pipeline} resumed: ${run} to run, ${undecided} undecided, ${reuse} reused, ${skip} skipped`,
      );
    }
    case 'run.cancelling':
      return cancellingLine(event.mode, event.running);
    case 'run.finished':
      return finishedLine(event);
    case 'run.released':
      return info(`run released: ${counted(event.waiting, 'stage')} left that wait`);
    case 'run.undoing':
      return {
        level: 'warn',
        message: `undoing ${counted(event.stages, 'stage')} of ${event.pipeline}`,
      };
    case 'stage.started':
      return info(
        `stage ${event.stage} started${event.reason === undefined ? '' : `: ${event.reason}`}`,
      );
    case 'stage.progress':
      return progressLine(event);
    case 'stage.item-failed':
      return itemFailedLine(event);
    case 'stage.queued':
      return queuedLine(event);
    case 'stage.waiting':
      return waitingLine(event);
    case 'stage.woken':
      return wokenLine(event);
    case 'stage.signal-refused':
      return refusedLine(event);
    case 'stage.retrying':
      return failureLine('warn', event, `next attempt in ${formatDuration(event.delayMs)}`);
    case 'stage.succeeded':
      return succeededLine(event);
    case 'stage.failed':
      return failureLine(
        event.critical && !event.fallback ? 'error' : 'warn',
        event,
        event.fallback ? 'its fallback is used' : undefined,
      );
    case 'stage.skipped':
      return info(`stage ${event.stage} skipped: ${event.reason}`);
    case 'stage.reused':
      return info(`stage ${event.stage} reused: ${event.reason}`);
    case 'stage.cancelled':
      return {
        level: 'warn',
        message: `stage ${event.stage} cancelled`,
        fields: { durationMs: event.durationMs },
      };
    case 'stage.undone':
      return {
        level: 'warn',
        message: `stage ${event.stage} undone after ${formatDuration(event.durationMs)}`,
        fields: { durationMs: event.durationMs },
      };
    case 'stage.undo-failed':
      return failureLine('error', event, 'what it did stands');
    default:
      return unreachable(event, 'an event of unknown type');
  }
}

type EventOf<T extends RunEvent['type']> = Extract<RunEvent, { type: T }>;

function info(message: string): EventLine {
  return { level: 'info', message };
}

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}

function cancellingLine(mode: EventOf<'run.cancelling'>['mode'], running: number): EventLine {
  const what = mode === 'drain' ? 'waiting for' : 'aborting';
  return { level: 'warn', message: `cancelling: ${what} ${counted(running, 'running stage')}` };
}

const FINISHED_LEVELS = {
  running: 'info',
  succeeded: 'info',
  degraded: 'warn',
  cancelled: 'warn',
  failed: 'error',
} as const satisfies Record<EventOf<'run.finished'>['status'], LogLevel>;

function finishedLine({ status, durationMs }: EventOf<'run.finished'>): EventLine {
  return {
    level: FINISHED_LEVELS[status],
    message: `run ${status} after ${formatDuration(durationMs)}`,
    fields: { status, durationMs },
  };
}

function progressLine({ stage, fraction, message }: EventOf<'stage.progress'>): EventLine {
  const share = fraction === undefined ? '' : ` ${Math.round(fraction * 100)} %`;
  const note = message === undefined ? '' : `: ${message}`;
  return { level: 'debug', message: `stage ${stage}${share || ' goes on'}${note}` };
}

const QUEUED_CAUSES = {
  busy: 'all slots are taken',
  rate: 'too many started',
  circuit: 'its circuit is open',
} as const satisfies Record<EventOf<'stage.queued'>['because'], string>;

/** That slots are taken is the ordinary course of things. */
function queuedLine({ stage, limit, because, forMs }: EventOf<'stage.queued'>): EventLine {
  const time = forMs === undefined ? '' : `, for ${formatDuration(forMs)}`;
  return {
    level: because === 'circuit' ? 'warn' : 'debug',
    message: `stage ${stage} waits for ${limit}: ${QUEUED_CAUSES[because]}${time}`,
    fields: { limit, because, ...(forMs === undefined ? {} : { forMs }) },
  };
}

function waitingLine({ stage, name, until }: EventOf<'stage.waiting'>): EventLine {
  const what = name === undefined ? 'sleeps' : `waits for signal ${JSON.stringify(name)}`;
  const end = until === undefined ? '' : ` until ${new Date(until).toISOString()}`;
  return info(`stage ${stage} ${what}${end}`);
}

function wokenLine({ stage, name, outcome, signal, waitedMs }: EventOf<'stage.woken'>): EventLine {
  const what = {
    answered: `got signal ${JSON.stringify(name)}`,
    'timed-out': `got no signal ${JSON.stringify(name)}`,
    elapsed: 'slept',
  }[outcome];
  return {
    level: outcome === 'timed-out' ? 'warn' : 'info',
    message: `stage ${stage} ${what} after ${formatDuration(waitedMs)}`,
    fields: { waitedMs, ...(signal === undefined ? {} : { signal }) },
  };
}

function refusedLine({ stage, name, signal, issues }: EventOf<'stage.signal-refused'>): EventLine {
  return {
    level: 'warn',
    message: `stage ${stage} refused the data of signal ${JSON.stringify(name)} and waits on`,
    fields: { signal, issues },
  };
}

function succeededLine(event: EventOf<'stage.succeeded'>): EventLine {
  const { stage, durationMs, teardownFailure } = event;
  const message = `stage ${stage} succeeded after ${formatDuration(durationMs)}`;
  if (teardownFailure === undefined) return { level: 'info', message, fields: { durationMs } };
  return {
    level: 'warn',
    message: `${message}, but ${teardownFailure.message}`,
    fields: failureFields(teardownFailure, durationMs),
  };
}

function itemFailedLine({ failure, item, tries }: EventOf<'stage.item-failed'>): EventLine {
  const { code, reason, thrown } = failure;
  const fields = { item, tries, code, reason, ...(thrown === undefined ? {} : { error: thrown }) };
  return { level: 'warn', message: failure.message, fields };
}

function failureLine(
  level: LogLevel,
  { failure, durationMs }: EventOf<'stage.failed' | 'stage.retrying' | 'stage.undo-failed'>,
  outlook: string | undefined,
): EventLine {
  const message = outlook === undefined ? failure.message : `${failure.message}; ${outlook}`;
  return { level, message, fields: failureFields(failure, durationMs) };
}

function failureFields(failure: FailureRecord, durationMs: number): LogFields {
  const { code, reason, phase, help, thrown, issues } = failure;
  return {
    code,
    reason,
    phase,
    durationMs,
    ...(help === undefined ? {} : { help }),
    ...(issues === undefined ? {} : { issues }),
    ...(thrown === undefined ? {} : { error: thrown }),
  };
}
