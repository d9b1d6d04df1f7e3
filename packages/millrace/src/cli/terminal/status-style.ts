import type { RunStatus, StageStatus } from '@millrace/core';
import type { Paint, Style } from './terminal.ts';

/** `interrupted`: recorded as running, and its process is gone. `lost`: the same of a stage. */
export type ShownStatus =
  | RunStatus
  | StageStatus
  | 'interrupted'
  | 'lost'
  | 'undone'
  | 'kept'
  | 'retrying'
  | 'waiting'
  | 'undecided';

interface Look {
  readonly mark: string;
  readonly style: Style;
}

const LOOKS: Readonly<Record<ShownStatus, Look>> = {
  succeeded: { mark: '✔', style: 'green' },
  reused: { mark: '✔', style: 'green' },
  kept: { mark: '=', style: 'cyan' },
  degraded: { mark: '▲', style: 'yellow' },
  failed: { mark: '✖', style: 'red' },
  undecided: { mark: '?', style: 'yellow' },
  retrying: { mark: '↻', style: 'yellow' },
  waiting: { mark: '…', style: 'yellow' },
  running: { mark: '▶', style: 'blue' },
  ready: { mark: '·', style: 'dim' },
  pending: { mark: '·', style: 'dim' },
  skipped: { mark: '○', style: 'dim' },
  cancelled: { mark: '■', style: 'yellow' },
  interrupted: { mark: '■', style: 'yellow' },
  lost: { mark: '■', style: 'yellow' },
  undone: { mark: '■', style: 'yellow' },
};

export function markOf(status: ShownStatus, paint: Paint): string {
  return paint(LOOKS[status].style, LOOKS[status].mark);
}

export function paintStatus(status: ShownStatus, paint: Paint, text: string = status): string {
  return paint(LOOKS[status].style, text);
}
