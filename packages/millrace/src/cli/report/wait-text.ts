import { formatDuration, type WaitRecord, waitEndsAt } from '@millrace/core';
import { printable } from '../terminal/printable.ts';
import type { Paint } from '../terminal/terminal.ts';
import { localTime } from './words.ts';

/** `waiting for "approve"`, `sleeping`: with the time at which it is over, where there is one. */
export function waitText(
  name: string | undefined,
  times: { readonly until?: number | undefined } = {},
): string {
  const what = name === undefined ? 'sleeping' : `waiting for ${quoted(name)}`;
  return times.until === undefined ? what : `${what} until ${localTime(times.until)}`;
}

/** `answered by signal 3 after 2h 5m`. */
export function wokenText({
  outcome,
  name,
  signal,
  waitedMs,
}: {
  readonly outcome: 'answered' | 'timed-out' | 'elapsed';
  readonly name?: string;
  readonly signal?: number;
  readonly waitedMs: number;
}): string {
  const after = `after ${formatDuration(waitedMs)}`;
  if (outcome === 'elapsed') return `slept ${formatDuration(waitedMs)}`;
  if (outcome === 'timed-out') return `no ${quoted(name ?? '')} came ${after}`;
  return `${quoted(name ?? '')} answered by signal ${signal ?? '?'} ${after}`;
}

/** A wait on record, without its stage. */
export function recordedWaitText(wait: WaitRecord): string {
  const name = wait.kind === 'signal' ? wait.name : undefined;
  return waitText(name, { until: waitEndsAt(wait) });
}

/** What is waited for, a line each: the stage, what for, since when. */
export function waitLines(waits: readonly WaitRecord[], paint: Paint): string[] {
  return waits.map(
    (wait) =>
      `  ${paint('bold', printable(wait.stage))}  ${recordedWaitText(wait)} ${paint('dim', `since ${localTime(wait.since)}`)}`,
  );
}

/** A wait for programs. The schema is that of the data. */
export function waitJson(wait: WaitRecord): Readonly<Record<string, unknown>> {
  const { stage, kind, name, call, attempt, status, since, endedAt, signal, refused, schema } =
    wait;
  return {
    stage,
    kind,
    name: kind === 'signal' ? name : undefined,
    call,
    attempt,
    status,
    since,
    until: waitEndsAt(wait),
    endedAt,
    signal,
    refused,
    schema: schema === undefined ? undefined : JSON.parse(schema),
  };
}

function quoted(name: string): string {
  return JSON.stringify(printable(name));
}
