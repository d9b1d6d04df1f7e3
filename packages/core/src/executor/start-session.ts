import type { Lease } from '../checkpoint/index.ts';
import type { ContextLayers } from '../context/index.ts';
import type { LimitPools } from '../limits/index.ts';
import type { ModelPipeline } from '../pipeline/index.ts';
import type { Plan } from '../plan/index.ts';
import { artifactsIn } from './artifact-shelf.ts';
import type { HeartBeat } from './heart-beat.ts';
import type { ExecutorServices, RunOptions } from './run-options.ts';
import type { RunHandle } from './run-result.ts';
import { RunSession } from './run-session.ts';
import { sessionHandle } from './session-handle.ts';
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
  readonly undone: SessionParts['undone'];
  readonly earlier: EarlierSessions | undefined;
}

/** Begins a session of a run that this process owns, and gives its caller the handle. */
export function startSession(request: SessionRequest): RunHandle {
  const { executor, pipeline, options, plan, lease, earlier } = request;
  request.limits.define(pipeline.definition.limits ?? []);
  const settled = async ({ context }: SessionEnd): Promise<void> => {
    if (earlier !== undefined && options.loadContext !== false) await loadCells(context.cells());
  };
  const handle = sessionHandle({ executor, pipeline, options, lease, settled }, (hooks) => {
    const { store, holdsSecret } = executor;
    return new RunSession({
      ...executor,
      ...hooks,
      runId: lease.runId,
      lease,
      heart: request.heart,
      pipeline,
      plan,
      layers: request.layers,
      records: request.records,
      forkedFrom: request.forkedFrom,
      cached: request.cached,
      contextUpdate: request.contextUpdate,
      undone: request.undone,
      earlier,
      limits: request.limits,
      holdsSecret,
      artifacts: artifactsIn(store, holdsSecret),
      options: settings(pipeline, options),
    });
  });
  return { ...handle, plan };
}

/** What the caller leaves out the definition tells. */
function settings(
  { definition, graph }: ModelPipeline,
  options: RunOptions,
): SessionParts['options'] {
  return {
    concurrency: options.concurrency ?? definition.concurrency,
    durability: options.durability ?? definition.durability,
    failureMode: options.failureMode ?? definition.failureMode,
    onFailure: options.onFailure ?? definition.onFailure,
    tieBreak: options.tieBreak ?? Int32Array.from({ length: graph.count }, (_, index) => index),
    mayUseCache: options.cache !== false,
    detachWaits: options.detachWaits === true,
  };
}
