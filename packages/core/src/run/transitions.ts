import { MillraceError } from '../base/millrace-error.ts';
import type { StageStatus } from '../events/statuses.ts';

/**
 * What can happen to a stage within a run.
 *
 *               unblock            start            succeed
 *   pending ──────────────► ready ───────► running ─────────► succeeded
 *      │ ▲                  │ │ │           │ │ │ └─ fail ──► failed
 *      │ └──────────────────┼─┼─┼── retry ──┘ │
 *      │ reuse              │ │ │             │ cancel
 *      ├────────► reused ◄──┘ │ └────────────►│
 *      │ skip                 │ skip/cancel   ▼
 *      ├────────► skipped ◄───┘           cancelled
 *      └─ cancel ──────────────────────────►
 *
 * A stage that waits before its next attempt is pending again: it holds no slot. Ended statuses have
 * no way out but one: what succeeded or was reused is cancelled once it is undone, and so is what was
 * skipped or cancelled while an older checkpoint of it stood. A resume begins a new state.
 */
export type StageMove =
  | 'unblock'
  | 'start'
  | 'succeed'
  | 'fail'
  | 'retry'
  | 'reuse'
  | 'skip'
  | 'cancel'
  | 'undo';

export const STAGE_MOVES: readonly StageMove[] = [
  'unblock',
  'start',
  'succeed',
  'fail',
  'retry',
  'reuse',
  'skip',
  'cancel',
  'undo',
];

const LEGAL: Readonly<Record<StageStatus, Partial<Readonly<Record<StageMove, StageStatus>>>>> = {
  pending: { unblock: 'ready', reuse: 'reused', skip: 'skipped', cancel: 'cancelled' },
  ready: { start: 'running', reuse: 'reused', skip: 'skipped', cancel: 'cancelled' },
  running: { succeed: 'succeeded', fail: 'failed', retry: 'pending', cancel: 'cancelled' },
  succeeded: { undo: 'cancelled' },
  reused: { undo: 'cancelled' },
  skipped: { undo: 'cancelled' },
  failed: {},
  cancelled: { undo: 'cancelled' },
};

/** The status after a move, or undefined when the move is not legal. */
export function nextStatus(from: StageStatus, move: StageMove): StageStatus | undefined {
  return LEGAL[from][move];
}

/**
 * The status after a move.
 * @throws MillraceError STATE_TRANSITION_ILLEGAL, which only a bug can cause
 */
export function moveStage(stageId: string, from: StageStatus, move: StageMove): StageStatus {
  const to = nextStatus(from, move);
  if (to !== undefined) return to;
  throw new MillraceError(
    'STATE_TRANSITION_ILLEGAL',
    `stage ${JSON.stringify(stageId)} is ${from} and cannot ${move}`,
    { details: { stage: stageId, from, move } },
  );
}

/** True once nothing but an undo leads out of the status. */
export function isEnded(status: StageStatus): boolean {
  return status !== 'pending' && status !== 'ready' && status !== 'running';
}
