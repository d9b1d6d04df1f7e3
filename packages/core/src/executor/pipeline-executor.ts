import { systemClock } from '../base/clock.ts';
import { createRunId, type RunId } from '../base/ids.ts';
import { silentLogger } from '../base/logger.ts';
import { MillraceError } from '../base/millrace-error.ts';
import { currentProcess } from '../base/process-identity.ts';
import type { CheckpointStore, Lease, RunRecord } from '../checkpoint/index.ts';
import { ContextLayers } from '../context/index.ts';
import type { ModelPipeline } from '../pipeline/index.ts';
import { type Plan, planRun } from '../plan/index.ts';
import { inProcessRunner } from '../runner/index.ts';
import { claimRun, runNotFound } from './claim-run.ts';
import { pastDurations } from './past-durations.ts';
import { loadHistory, type RunHistory, restoreRun } from './restore-run.ts';
import type { ExecutorOptions, RunOptions, StartOptions } from './run-options.ts';
import type { RunHandle } from './run-result.ts';
import { sealInitialContext } from './seal-initial-context.ts';
import { startSession } from './start-session.ts';

/**
 * Runs pipelines and resumes them, checkpointing every stage in its store. One executor may drive any
 * number of runs at once; they share nothing but the store.
 */
export class PipelineExecutor {
  readonly #options: Required<ExecutorOptions>;

  constructor(options: ExecutorOptions) {
    this.#options = {
      runner: inProcessRunner,
      logger: silentLogger,
      clock: systemClock,
      random: Math.random,
      redact: (text) => text,
      ...options,
    };
  }

  get store(): CheckpointStore {
    return this.#options.store;
  }

  /**
   * Starts a new run and returns once it is recorded.
   * @throws MillraceError CONTEXT_MISSING, DEFINITION_INVALID, STORE_WRITE_FAILED, VALUE_UNSTORABLE
   */
  async start(pipeline: ModelPipeline, options: StartOptions = {}): Promise<RunHandle> {
    const { store, clock } = this.#options;
    checkConcurrency(options.concurrency);
    const context = sealInitialContext(pipeline, options.context ?? {});
    const plan = planRun({ pipeline, durations: await pastDurations(store, pipeline) });
    const createdAt = clock.now();
    const id = createRunId(createdAt);
    const lease = await store.createRun(
      {
        id,
        pipeline: pipeline.name,
        source: options.source ?? {},
        context: context.records,
        createdAt,
      },
      context.values,
      currentProcess(),
    );
    const layers = new ContextLayers(context.cells);
    return startSession({
      executor: this.#options,
      pipeline,
      options,
      plan,
      layers,
      lease,
      earlier: undefined,
    });
  }

  /**
   * Continues an unfinished run: what succeeded is kept, the rest runs.
   * @throws MillraceError RUN_NOT_FOUND, RUN_ALREADY_SUCCEEDED, RUN_OTHER_PIPELINE, RUN_HELD, CHECKPOINT_CORRUPT
   */
  async resume(id: RunId, pipeline: ModelPipeline, options: RunOptions = {}): Promise<RunHandle> {
    const { store } = this.#options;
    checkConcurrency(options.concurrency);
    await this.#resumable(id, pipeline);
    const lease = await claimRun(store, id);
    try {
      // Read only now: until the claim another process may have gone on with the run.
      const record = await this.#find(id);
      const history = await loadHistory(store, record);
      const loadContext = options.loadContext !== false;
      const { plan, layers } = await restoreRun(store, pipeline, history, loadContext);
      const earlier = toEarlierSessions(pipeline, plan, history);
      return startSession({
        executor: this.#options,
        pipeline,
        options,
        plan,
        layers,
        lease,
        earlier,
      });
    } catch (error) {
      await this.#giveBack(lease);
      throw error;
    }
  }

  /** What `resume` would do, without doing it. */
  async planResume(id: RunId, pipeline: ModelPipeline): Promise<Plan> {
    const { store } = this.#options;
    const history = await loadHistory(store, await this.#resumable(id, pipeline));
    return (await restoreRun(store, pipeline, history, true)).plan;
  }

  async #resumable(id: RunId, pipeline: ModelPipeline): Promise<RunRecord> {
    const record = await this.#find(id);
    if (record.pipeline !== pipeline.name) {
      throw new MillraceError(
        'RUN_OTHER_PIPELINE',
        `run ${id} is one of pipeline ${JSON.stringify(record.pipeline)}, not of ${JSON.stringify(pipeline.name)}`,
        { details: { runId: id, expected: record.pipeline, got: pipeline.name } },
      );
    }
    if (record.status === 'succeeded') {
      throw new MillraceError(
        'RUN_ALREADY_SUCCEEDED',
        `run ${id} has succeeded; nothing is left to resume`,
        {
          details: { runId: id },
        },
      );
    }
    return record;
  }

  async #find(id: RunId): Promise<RunRecord> {
    const { store } = this.#options;
    const record = await store.findRun(id);
    if (record === undefined) throw runNotFound(store, id);
    return record;
  }

  async #giveBack(lease: Lease): Promise<void> {
    try {
      await this.#options.store.releaseRun(lease);
    } catch (error) {
      this.#options.logger.warn('a run could not be given back', { runId: lease.runId, error });
    }
  }
}

function checkConcurrency(concurrency: number | undefined): void {
  if (concurrency === undefined || concurrency >= 1) return;
  throw new MillraceError(
    'DEFINITION_INVALID',
    `concurrency: expected a number of at least 1, got ${concurrency}`,
    { details: { concurrency } },
  );
}

function toEarlierSessions(
  pipeline: ModelPipeline,
  plan: Plan,
  { record, stages, attempts }: RunHistory,
): NonNullable<Parameters<typeof startSession>[0]['earlier']> {
  const { graph } = pipeline;
  const kept = new Map<number, NonNullable<ReturnType<typeof stages.get>>>();
  graph.ids.forEach((id, index) => {
    const stage = stages.get(id);
    if (stage !== undefined && plan.decisions[index] === 'reuse') kept.set(index, stage);
  });
  const tried = new Map<number, number>();
  for (const { stage, attempt } of attempts) {
    const index = graph.indexById.get(stage);
    if (index !== undefined) tried.set(index, Math.max(attempt, tried.get(index) ?? 0));
  }
  const lost = attempts.filter((attempt) => attempt.status === 'running');
  // A killed session left no duration; its attempts tell at least how long it worked.
  const durationMs = Math.max(record.durationMs ?? 0, workedMs(attempts));
  return { kept, attempts: tried, lost, durationMs, lastSeq: record.lastSeq };
}

/** From the first start to the last known moment of each session, summed. */
function workedMs(attempts: RunHistory['attempts']): number {
  const sessions = new Map<number, { readonly from: number; readonly to: number }>();
  for (const { fence, startedAt, finishedAt } of attempts) {
    const { from, to } = sessions.get(fence) ?? { from: startedAt, to: startedAt };
    const end = finishedAt ?? startedAt;
    sessions.set(fence, { from: Math.min(from, startedAt), to: Math.max(to, end) });
  }
  return sessions.values().reduce((sum, { from, to }) => sum + to - from, 0);
}
