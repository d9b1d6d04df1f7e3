import {
  type FollowEnd,
  formatDuration,
  type Owner,
  type OwnerSight,
  processLiveness,
  type RunRecord,
} from '@millrace/core';
import { printable } from '../terminal/printable.ts';

/** Who executes the run. The first one is told with what this process does about it. */
export function ownerNote({ owner, state }: OwnerSight, isFirst: boolean): string {
  const who = processText(owner, state === 'elsewhere');
  if (state === 'stopped') {
    return `note: ${who} executes this run and is stopped (SIGSTOP, Ctrl-Z or a debugger); it goes on with: kill -CONT ${owner.pid}`;
  }
  if (!isFirst) return `note: ${who} goes on with this run`;
  return `note: ${who} executes this run; following it (Ctrl-C ends the view, not the run)`;
}

/** Before it is known whether an owner on another machine lives. */
export function waitNote({ owner }: RunRecord): string | undefined {
  if (owner?.leaseMs === undefined || processLiveness(owner) !== 'unknown') return undefined;
  return `note: ${processText(owner, true)} owns this run; waiting up to ${formatDuration(owner.leaseMs)} for a sign of life`;
}

/** Why this process takes over what it only watched until now. */
export function takeoverNote({ run, abandoned }: FollowEnd & { kind: 'abandoned' }): string {
  const { owner } = run;
  if (owner === undefined) {
    return 'note: the process that executed this run gave it back unfinished; taking it over';
  }
  // Of a dead process of this machine nobody needs to know how far its beat was.
  const isElsewhere = abandoned.beat !== undefined;
  const how = isElsewhere
    ? `gave no sign of life for ${formatDuration(owner.leaseMs ?? 0)}`
    : 'has ended without finishing this run';
  return `note: ${processText(owner, isElsewhere)} ${how}; taking it over`;
}

export function leftNote({ owner }: RunRecord): string {
  const who = owner === undefined ? 'the run' : `process ${owner.pid}`;
  return `left; ${who} goes on`;
}

function processText({ pid, host }: Owner, isElsewhere: boolean): string {
  return isElsewhere ? `process ${pid} on ${printable(host)}` : `process ${pid}`;
}
