import type { RunFinish } from '../checkpoint/index.ts';
import type { CommitQueue } from './commit-queue.ts';
import type { SessionEnd } from './session-parts.ts';

interface FinishedRun extends SessionEnd {
  readonly status: RunFinish['status'];
  /** Wall clock, milliseconds since 1970 UTC. */
  readonly finishedAt: number;
}

/** Writes that a run has ended, as the last of all, and tells it once it is on record. */
export function commitEnd(
  commits: CommitQueue,
  { finishedAt, ...end }: FinishedRun,
  finished: (end: SessionEnd) => void,
): void {
  const { status, durationMs } = end;
  commits.add(
    {
      finish: { status, finishedAt, durationMs },
      event: { type: 'run.finished', at: finishedAt, status, durationMs },
      written: () => finished(end),
    },
    false,
  );
  commits.flush();
}
