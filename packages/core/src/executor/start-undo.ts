import type { Lease } from '../checkpoint/index.ts';
import type { RunStatus } from '../events/index.ts';
import type { ModelPipeline } from '../pipeline/index.ts';
import { artifactsIn } from './artifact-shelf.ts';
import { earlierDurationMs } from './earlier-sessions.ts';
import type { HeartBeat } from './heart-beat.ts';
import { recordedContext } from './recorded-context.ts';
import type { RunHistory } from './run-history.ts';
import type { ExecutorServices, UndoOptions } from './run-options.ts';
import type { SessionHandle } from './run-result.ts';
import { sessionHandle } from './session-handle.ts';
import { StoredCell } from './stored-cell.ts';
import { UndoSession } from './undo-session.ts';
import { undoableStages } from './undoable-stages.ts';
import { undoneAttempts } from './undone-attempts.ts';

interface UndoRequest {
  readonly executor: ExecutorServices;
  readonly pipeline: ModelPipeline;
  readonly options: UndoOptions;
  readonly history: RunHistory;
  /** What the run was before it was claimed. */
  readonly status: RunStatus;
  readonly lease: Lease;
  readonly heart: HeartBeat;
}

/** Begins to take back what a run that this process owns has done. */
export function startUndo(request: UndoRequest): SessionHandle {
  const { executor, pipeline, options, history, lease } = request;
  const { store } = executor;
  const { record, stages: records, attempts } = history;
  const initial = record.context.map((write) => new StoredCell(store, write, undefined, undefined));
  const context = recordedContext({ store, pipeline, initial, records });
  return sessionHandle({ executor, pipeline, options, lease }, (hooks) => {
    const session = {
      ...executor,
      runId: lease.runId,
      lease,
      pipeline,
      artifacts: artifactsIn(store, executor.holdsSecret),
      undone: undoneAttempts(attempts),
    };
    return new UndoSession({
      ...hooks,
      session,
      heart: request.heart,
      durability: options.durability ?? pipeline.definition.durability,
      concurrency: options.concurrency ?? pipeline.definition.concurrency,
      records,
      context,
      targets: undoableStages(pipeline, records, options.from),
      before: request.status,
      earlier: {
        lastSeq: record.lastSeq,
        durationMs: earlierDurationMs(history),
        lost: attempts.filter(({ status }) => status === 'running'),
      },
    });
  });
}
