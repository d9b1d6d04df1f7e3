import type { StageQueued } from '../events/index.ts';
import type { Hold } from '../limits/index.ts';

type QueuedDraft = Omit<StageQueued, 'seq' | 'runId'>;

/** Tells that somebody waits for a limit, and why. */
export function queuedEvent(
  who: Pick<QueuedDraft, 'stage' | 'attempt' | 'at'>,
  hold: Hold,
): QueuedDraft {
  const forMs = hold.kind === 'busy' ? undefined : hold.forMs;
  return {
    type: 'stage.queued',
    ...who,
    limit: hold.limit,
    because: hold.kind,
    ...(forMs === undefined ? {} : { forMs }),
  };
}
