import type { DrawnStage, DrawnStatus } from './drawing.ts';

/** What went well, what goes on, what did not go well, what did not begin. */
export const DRAWN_STATUSES = [
  'succeeded',
  'kept',
  'reused',
  'running',
  'retrying',
  'failed',
  'lost',
  'cancelled',
  'skipped',
  'ready',
  'pending',
] as const satisfies readonly DrawnStatus[];

/** How many stages have which status, in the order of {@link DRAWN_STATUSES}. */
export function statusCounts(stages: readonly DrawnStage[]): ReadonlyMap<DrawnStatus, number> {
  const counts = new Map<DrawnStatus, number>(DRAWN_STATUSES.map((status) => [status, 0]));
  for (const { status } of stages) {
    if (status !== undefined) counts.set(status, (counts.get(status) ?? 0) + 1);
  }
  return new Map([...counts].filter(([, count]) => count > 0));
}
