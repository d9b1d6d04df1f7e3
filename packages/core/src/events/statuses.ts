/** What a stage is doing within a run. The legal moves between them are in run/transitions.ts. */
export const STAGE_STATUSES = [
  'pending',
  'ready',
  'running',
  'succeeded',
  'reused',
  'skipped',
  'failed',
  'cancelled',
] as const;

export type StageStatus = (typeof STAGE_STATUSES)[number];

/** `degraded`: it ended, and a part that is not critical failed. */
export const RUN_STATUSES = ['running', 'succeeded', 'degraded', 'failed', 'cancelled'] as const;

export type RunStatus = (typeof RUN_STATUSES)[number];

/** A run in one of these goes on when it is resumed. `running` is one whose owner may have died. */
export const RESUMABLE_STATUSES: readonly RunStatus[] = [
  'running',
  'degraded',
  'failed',
  'cancelled',
];
