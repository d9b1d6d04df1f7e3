import { unreachable } from '../base/invariant.ts';
import type { StageStatus } from '../events/index.ts';

/** What can stand behind `state:`. Every stage is in exactly one of them. */
export const STAGE_STATES = [
  'new',
  'failed',
  'succeeded',
  'skipped',
  'cancelled',
  'reused',
] as const;

export type StageState = (typeof STAGE_STATES)[number];

/** A stage whose process died has no outcome yet: it is as new as one that never started. */
export function stateOf(status: StageStatus | undefined): StageState {
  switch (status) {
    case undefined:
    case 'pending':
    case 'ready':
    case 'running':
      return 'new';
    case 'failed':
    case 'succeeded':
    case 'skipped':
    case 'cancelled':
    case 'reused':
      return status;
    default:
      return unreachable(status, 'unknown status of a stage');
  }
}
