import type { StageRecord } from '../checkpoint/index.ts';
import type { CommitQueue } from './commit-queue.ts';
import type { RecordedContext } from './recorded-context.ts';
import type { SessionParts } from './session-parts.ts';

/** What an undo works with, whether it has a session of its own or comes at the end of one. */
export interface UndoSite {
  readonly session: Pick<
    SessionParts,
    | 'runId'
    | 'lease'
    | 'pipeline'
    | 'store'
    | 'runner'
    | 'clock'
    | 'logger'
    | 'random'
    | 'redact'
    | 'artifacts'
    | 'undone'
  >;
  readonly concurrency: number;
  readonly commits: CommitQueue;
  readonly context: RecordedContext;
  /** What is to be undone, by index of the stage. */
  readonly targets: ReadonlyMap<number, StageRecord>;
}
