import type { CheckpointStore, Lease } from '../checkpoint/index.ts';
import type { ContextLayers } from '../context/index.ts';
import type { LimitPools } from '../limits/index.ts';
import type { ModelPipeline } from '../pipeline/index.ts';
import type { Plan } from '../plan/index.ts';
import { artifactsIn } from './artifact-shelf.ts';
import { EventFeed } from './event-feed.ts';
import type { HeartBeat } from './heart-beat.ts';
import type { ExecutorServices, RunOptions } from './run-options.ts';
import type { RunHandle, RunResult } from './run-result.ts';
import { RunSession } from './run-session.ts';
import type { EarlierSessions, SessionEnd, SessionParts } from './session-parts.ts';
import { loadCells } from './stored-cell.ts';

interface SessionRequest {
  readonly executor: ExecutorServices;
  /** Shared with the other runs of the executor. */
  readonly limits: LimitPools;
  readonly pipeline: ModelPipeline;
  readonly options: RunOptions;
  readonly plan: Plan;
  readonly layers: ContextLayers;
  readonly records: SessionParts['records'];
  readonly forkedFrom?: SessionParts['forkedFrom'];
  readonly cached: SessionParts['cached'];
  readonly contextUpdate: SessionParts['contextUpdate'];
  readonly lease: Lease;
  /** Beats since the run was claimed; the session stops it. */
  readonly heart: HeartBeat;
  readonly earlier: EarlierSessions | undefined;
}

/** Begins a session of a run that this process owns, and gives its caller the handle. */
export function startSession(request: SessionRequest): RunHandle {
  const { executor, pipeline, options, plan, layers, records, cached, lease, earlier } = request;
  const { definition } = pipeline;
  request.limits.define(definition.limits ?? []);
  const feed = new EventFeed(executor.logger);
  if (options.onEvent !== undefined) feed.subscribe(options.onEvent);
  const ended = Promise.withResolvers<SessionEnd>();
  const session = new RunSession({
    runId: lease.runId,
    lease,
    heart: request.heart,
    pipeline,
    plan,
    layers,
    records,
    forkedFrom: request.forkedFrom,
    cached,
    contextUpdate: request.contextUpdate,
    earlier,
    store: executor.store,
    runner: executor.runner,
    clock: executor.clock,
    limits: request.limits,
    logger: executor.logger,
    redact: executor.redact,
    holdsSecret: executor.holdsSecret,
    random: executor.random,
    artifacts: artifactsIn(executor.store, executor.holdsSecret),
    options: {
      concurrency: options.concurrency ?? definition.concurrency,
      durability: options.durability ?? definition.durability,
      failureMode: options.failureMode ?? definition.failureMode,
      tieBreak:
        options.tieBreak ?? Int32Array.from({ length: pipeline.graph.count }, (_, index) => index),
      mayUseCache: options.cache !== false,
      detachWaits: options.detachWaits === true,
    },
    announce: feed.announce,
    finished: ended.resolve,
    brokenOff: ended.reject,
  });
  const stopListening = cancelOnAbort(options.signal, session);
  const result = ended.promise
    .then(async (end) => {
      // Only now: a resume of another process may begin as soon as it is free.
      if (end.status === 'waiting') await executor.store.releaseRun(lease);
      return toResult(request, end);
    })
    .catch((error: unknown) => giveUp(executor.store, lease, error))
    .finally(() => {
      stopListening();
      feed.end();
    });
  // The caller may look at the result late; until then a rejection is not unhandled.
  result.catch(() => undefined);
  // After the handle is out, so that nothing that happens at once is missed.
  setImmediate(() => session.begin());
  return {
    id: lease.runId,
    plan,
    result,
    cancel: (mode) => session.cancel(mode),
    events: () => feed.iterate(),
  };
}

async function toResult(
  { lease, pipeline, options, earlier }: SessionRequest,
  end: SessionEnd,
): Promise<RunResult> {
  if (earlier !== undefined && options.loadContext !== false) await loadCells(end.context.cells());
  return {
    runId: lease.runId,
    pipeline: pipeline.name,
    status: end.status,
    durationMs: end.durationMs,
    stages: end.stages(),
    context: end.context,
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

function cancelOnAbort(signal: AbortSignal | undefined, session: RunSession): () => void {
  if (signal === undefined) return () => {};
  const abort = (): void => session.cancel('kill');
  if (signal.aborted) setImmediate(abort);
  else signal.addEventListener('abort', abort, { once: true });
  return () => signal.removeEventListener('abort', abort);
}
