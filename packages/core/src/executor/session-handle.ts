import type { CheckpointStore, Lease } from '../checkpoint/index.ts';
import type { CancelMode } from '../events/index.ts';
import type { ModelPipeline } from '../pipeline/index.ts';
import { EventFeed } from './event-feed.ts';
import type { ExecutorServices, RunOptions } from './run-options.ts';
import type { RunResult, SessionHandle } from './run-result.ts';
import type { SessionEnd, SessionParts } from './session-parts.ts';

/** A session as its caller drives it. */
interface Drivable {
  begin(): void;
  cancel(mode: CancelMode): void;
}

interface HandleRequest {
  readonly executor: ExecutorServices;
  readonly pipeline: ModelPipeline;
  readonly options: Pick<RunOptions, 'signal' | 'onEvent'>;
  readonly lease: Lease;
  /** Called once the session has ended, before its result is given. */
  readonly settled?: (end: SessionEnd) => Promise<void>;
}

type SessionHooks = Pick<SessionParts, 'announce' | 'finished' | 'brokenOff'>;

/** Begins a session once its handle is out, so that nothing that happens at once is missed. */
export function sessionHandle(
  request: HandleRequest,
  open: (hooks: SessionHooks) => Drivable,
): SessionHandle {
  const { executor, pipeline, options, lease, settled } = request;
  const feed = new EventFeed(executor.logger);
  if (options.onEvent !== undefined) feed.subscribe(options.onEvent);
  const ended = Promise.withResolvers<SessionEnd>();
  const session = open({
    announce: feed.announce,
    finished: ended.resolve,
    brokenOff: ended.reject,
  });
  const stopListening = cancelOnAbort(options.signal, session);
  const result = ended.promise
    .then(async (end): Promise<RunResult> => {
      // Only now: a resume of another process may begin as soon as it is free.
      if (end.status === 'waiting') await executor.store.releaseRun(lease);
      await settled?.(end);
      return { runId: lease.runId, pipeline: pipeline.name, ...end, stages: end.stages() };
    })
    .catch((error: unknown) => giveUp(executor.store, lease, error))
    .finally(() => {
      stopListening();
      feed.end();
    });
  // The caller may look at the result late; until then a rejection is not unhandled.
  result.catch(() => undefined);
  setImmediate(() => session.begin());
  return {
    id: lease.runId,
    result,
    cancel: (mode) => session.cancel(mode),
    events: () => feed.iterate(),
  };
}

/** A run that could not be recorded is given back, so that it can be resumed without waiting. */
async function giveUp(store: CheckpointStore, lease: Lease, error: unknown): Promise<never> {
  try {
    await store.releaseRun(lease);
  } catch {
    // The store is what failed; its own error says more.
  }
  throw error;
}

function cancelOnAbort(signal: AbortSignal | undefined, session: Drivable): () => void {
  if (signal === undefined) return () => {};
  const abort = (): void => session.cancel('kill');
  if (signal.aborted) setImmediate(abort);
  else signal.addEventListener('abort', abort, { once: true });
  return () => signal.removeEventListener('abort', abort);
}
