import { systemClock } from '../base/clock.ts';
import { createRunId, type RunId } from '../base/ids.ts';
import { silentLogger } from '../base/logger.ts';
import { MillraceError } from '../base/millrace-error.ts';
import type { CheckpointStore, Lease, RunRecord, RunSource } from '../checkpoint/index.ts';
import { LimitPools } from '../limits/index.ts';
import type { ModelPipeline } from '../pipeline/index.ts';
import type { Plan } from '../plan/index.ts';
import { inProcessRunner } from '../runner/index.ts';
import { claimRun, currentOwner, refuseLive, runNotFound } from './claim-run.ts';
import { type DraftedFork, draftFork } from './draft-fork.ts';
import type { DraftedPlan } from './draft-plan.ts';
import { draftResume, draftStart } from './draft-session.ts';
import { earlierSessions } from './earlier-sessions.ts';
import { hasWork } from './has-work.ts';
import { HeartBeat } from './heart-beat.ts';
import { loadHistory, type RunHistory } from './run-history.ts';
import type {
  ExecutorOptions,
  ExecutorServices,
  ResumeOptions,
  RunOptions,
  StartOptions,
  UndoOptions,
} from './run-options.ts';
import type { RunHandle, SessionHandle } from './run-result.ts';
import { type InitialContext, sealInitialContext } from './seal-initial-context.ts';
import { startSession } from './start-session.ts';
import { startUndo } from './start-undo.ts';
import { planUndo, refuseSucceeded, type UndoPlan } from './undo-plan.ts';
import { undoneAttempts } from './undone-attempts.ts';

/**
 * Runs pipelines and resumes them, checkpointing every stage in its store. One executor may drive any
 * number of runs at once; they share nothing but the store and the limits of their pipelines.
 */
export class PipelineExecutor {
  readonly #options: ExecutorServices;
  readonly #limits: LimitPools;

  constructor(options: ExecutorOptions) {
    this.#options = {
      runner: inProcessRunner,
      logger: silentLogger,
      clock: systemClock,
      random: Math.random,
      redact: (text) => text,
      ...options,
    };
    this.#limits = new LimitPools(this.#options.clock);
  }

  get store(): CheckpointStore {
    return this.#options.store;
  }

  /**
   * Starts a new run and returns once it is recorded.
   * @throws MillraceError CONTEXT_MISSING, DEFINITION_INVALID, RUN_EXISTS, SECRET_IN_VALUE, SELECTION_EMPTY,
   * SELECTION_INCOMPLETE, SELECTION_SYNTAX, SELECTION_UNKNOWN, STORE_WRITE_FAILED, VALUE_UNSTORABLE
   */
  async start(pipeline: ModelPipeline, options: StartOptions = {}): Promise<RunHandle> {
    const { holdsSecret } = this.#options;
    checkConcurrency(options.concurrency);
    const context = sealInitialContext(pipeline, options.context ?? {}, holdsSecret);
    const drafted = await draftStart(this.#options, pipeline, { ...options, cells: context.cells });
    const source = { ...options.source, ...givenKeys(options.context) };
    return this.#begin(pipeline, options, { ...context, drafted, source });
  }

  /**
   * Starts a new run of the same pipeline that begins with what another run has done: what a resume of that
   * run would keep is taken over, the rest runs. The other run stays as it is; it may still be executed.
   * @throws MillraceError RUN_NOT_FOUND, RUN_OTHER_PIPELINE, and as `start` and `resume`
   */
  async fork(from: RunId, pipeline: ModelPipeline, options: StartOptions = {}): Promise<RunHandle> {
    checkConcurrency(options.concurrency);
    const { history, drafted } = await this.#draftFork(from, pipeline, options);
    const { records, values } = drafted;
    const { source: earlier } = history.record;
    const given = [...new Set([...(earlier.given ?? []), ...Object.keys(options.context ?? {})])];
    const source = {
      ...earlier,
      ...options.source,
      ...(given.length === 0 ? {} : { given }),
      forkedFrom: from,
    };
    const origin = { runId: from, stages: history.stages };
    return this.#begin(pipeline, options, { records, values, drafted, source, origin });
  }

  /** Records a new run, and begins its first session. */
  async #begin(
    pipeline: ModelPipeline,
    options: StartOptions,
    { records, values, drafted, source, origin }: NewRunParts,
  ): Promise<RunHandle> {
    const { store, clock } = this.#options;
    const { plan, layers, cached } = drafted;
    const createdAt = clock.now();
    const id = options.id ?? createRunId(createdAt);
    const run = { id, pipeline: pipeline.name, source, createdAt };
    const lease = await store.createRun({ ...run, context: records }, values, currentOwner());
    return startSession({
      executor: this.#options,
      limits: this.#limits,
      pipeline,
      options,
      plan,
      layers,
      records: origin?.stages ?? new Map(),
      forkedFrom: origin?.runId,
      cached,
      contextUpdate: undefined,
      lease,
      heart: this.#beat(lease),
      undone: new Map(),
      earlier: undefined,
    });
  }

  /** What `fork` would do, without doing it. */
  async planFork(from: RunId, pipeline: ModelPipeline, options: StartOptions = {}): Promise<Plan> {
    return (await this.#draftFork(from, pipeline, options)).drafted.plan;
  }

  async #draftFork(
    from: RunId,
    pipeline: ModelPipeline,
    options: StartOptions,
  ): Promise<{ readonly history: RunHistory; readonly drafted: DraftedFork }> {
    const { store, holdsSecret } = this.#options;
    const history = await loadHistory(store, await this.#findOf(from, pipeline));
    const drafted = await draftFork({ store, pipeline, history, options, holdsSecret });
    return { history, drafted };
  }

  /** What `start` would do, without doing it. Inputs that are not given count as unknown. */
  async planStart(pipeline: ModelPipeline, options: StartOptions = {}): Promise<Plan> {
    const given = { ...options.context };
    for (const key of pipeline.definition.inputs) given[key] ??= null;
    const context = sealInitialContext(pipeline, given, undefined);
    return (await draftStart(this.#options, pipeline, { ...options, cells: context.cells })).plan;
  }

  /**
   * Continues a run: what succeeded and rests on what did not change is kept, the rest runs. A run that
   * succeeded goes on only when something changed. For a run whose owner is on another machine it waits until
   * that gives a sign of life, which refuses it, or gave none for its lease; `signal` ends the wait.
   * @throws MillraceError RUN_NOT_FOUND, RUN_ALREADY_SUCCEEDED, RUN_OTHER_PIPELINE, RUN_HELD,
   * CHECKPOINT_CORRUPT, SELECTION_EMPTY, SELECTION_INCOMPLETE, SELECTION_SYNTAX, SELECTION_UNKNOWN
   */
  async resume(
    id: RunId,
    pipeline: ModelPipeline,
    options: ResumeOptions = {},
  ): Promise<RunHandle> {
    const { store, clock } = this.#options;
    const { abandoned, signal } = options;
    checkConcurrency(options.concurrency);
    const look = async (): Promise<RunRecord> => {
      const found = await this.#findOf(id, pipeline);
      // Claiming a run reopens it, so one that has nothing left to do is looked at first.
      if (found.status === 'succeeded') await this.#refuseDone(found, pipeline, options);
      return found;
    };
    const lease = await claimRun({ store, clock, look, abandoned, signal });
    const heart = this.#beat(lease);
    try {
      // Read only now: until the claim another process may have gone on with the run.
      const history = await loadHistory(store, await this.#find(id));
      const drafted = await draftResume(this.#options, pipeline, { ...options, history });
      const { plan, layers, cached, contextUpdate } = drafted;
      return startSession({
        executor: this.#options,
        limits: this.#limits,
        pipeline,
        options,
        plan,
        layers,
        records: history.stages,
        cached,
        contextUpdate,
        lease,
        undone: undoneAttempts(history.attempts),
        heart,
        earlier: earlierSessions(pipeline, { plan, cached }, history),
      });
    } catch (error) {
      heart.stop();
      await this.#giveBack(lease);
      throw error;
    }
  }

  /**
   * What `resume` would do, without doing it.
   * @throws MillraceError RUN_NOT_FOUND, RUN_OTHER_PIPELINE, RUN_HELD while a process of this machine executes it
   */
  async planResume(id: RunId, pipeline: ModelPipeline, options: RunOptions = {}): Promise<Plan> {
    const record = await this.#findOf(id, pipeline);
    refuseLive(record);
    const history = await loadHistory(this.#options.store, record);
    return (await draftResume(this.#options, pipeline, { ...options, history })).plan;
  }

  /**
   * Takes back what the stages of a run have done, as far as their classes have an `undo`: each after all that rest
   * on it. The run must have stopped; what it was claimed by is told as for `resume`. It goes on by a resume.
   * @throws MillraceError RUN_NOT_FOUND, RUN_OTHER_PIPELINE, RUN_HELD, STAGE_UNKNOWN, UNDO_SUCCEEDED
   */
  async undo(
    id: RunId,
    pipeline: ModelPipeline,
    options: UndoOptions = {},
  ): Promise<SessionHandle> {
    const { store, clock } = this.#options;
    const { abandoned, signal, from } = options;
    checkConcurrency(options.concurrency);
    if (from !== undefined) pipeline.stage(from);
    let status: RunRecord['status'] = 'running';
    const look = async (): Promise<RunRecord> => {
      const found = await this.#findOf(id, pipeline);
      if (options.force !== true) refuseSucceeded(found);
      ({ status } = found);
      return found;
    };
    const lease = await claimRun({ store, clock, look, abandoned, signal });
    const heart = this.#beat(lease);
    try {
      const history = await loadHistory(store, await this.#find(id));
      return startUndo({
        executor: this.#options,
        pipeline,
        options,
        history,
        status,
        lease,
        heart,
      });
    } catch (error) {
      heart.stop();
      await this.#giveBack(lease);
      throw error;
    }
  }

  /**
   * What `undo` would do, without doing it.
   * @throws MillraceError RUN_NOT_FOUND, RUN_OTHER_PIPELINE, STAGE_UNKNOWN, RUN_HELD while a process of this machine
   * executes it
   */
  async planUndo(
    id: RunId,
    pipeline: ModelPipeline,
    options: Pick<UndoOptions, 'from'> = {},
  ): Promise<UndoPlan> {
    const record = await this.#findOf(id, pipeline);
    refuseLive(record);
    const { stages } = await loadHistory(this.#options.store, record);
    return planUndo(pipeline, stages, options.from);
  }

  async #refuseDone(
    record: RunRecord,
    pipeline: ModelPipeline,
    options: RunOptions,
  ): Promise<void> {
    const history = await loadHistory(this.#options.store, record);
    const { plan, cached, contextUpdate } = await draftResume(this.#options, pipeline, {
      ...options,
      history,
    });
    const isOther = cached.size > 0 || contextUpdate !== undefined;
    if (isOther || hasWork(plan, history.stages)) return;
    const of = options.selection === undefined ? '' : 'that is selected ';
    throw new MillraceError(
      'RUN_ALREADY_SUCCEEDED',
      `run ${record.id} has succeeded, and nothing ${of}has changed since; nothing is left to resume`,
      {
        details: { runId: record.id },
        help: 'to run stages again nevertheless, name them (--from STAGE), or start a new run',
      },
    );
  }

  async #findOf(id: RunId, pipeline: ModelPipeline): Promise<RunRecord> {
    const record = await this.#find(id);
    if (record.pipeline === pipeline.name) return record;
    throw new MillraceError(
      'RUN_OTHER_PIPELINE',
      `run ${id} is one of pipeline ${JSON.stringify(record.pipeline)}, not of ${JSON.stringify(pipeline.name)}`,
      { details: { runId: id, expected: record.pipeline, got: pipeline.name } },
    );
  }

  async #find(id: RunId): Promise<RunRecord> {
    const { store } = this.#options;
    const record = await store.findRun(id);
    if (record === undefined) throw runNotFound(store, id);
    return record;
  }

  #beat(lease: Lease): HeartBeat {
    const { store, clock, logger } = this.#options;
    return new HeartBeat({ store, lease, clock, logger });
  }

  async #giveBack(lease: Lease): Promise<void> {
    try {
      await this.#options.store.releaseRun(lease);
    } catch (error) {
      this.#options.logger.warn('a run could not be given back', { runId: lease.runId, error });
    }
  }
}

/** What a new run is made of, beside its pipeline and settings. */
interface NewRunParts extends Pick<InitialContext, 'records' | 'values'> {
  readonly drafted: DraftedPlan;
  readonly source: RunSource;
  /** The run that it is forked from, and what that had done. */
  readonly origin?: { readonly runId: RunId; readonly stages: RunHistory['stages'] };
}

function givenKeys(context: StartOptions['context'] = {}): Pick<RunSource, 'given'> {
  const given = Object.keys(context);
  return given.length === 0 ? {} : { given };
}

function checkConcurrency(concurrency: number | undefined): void {
  if (concurrency === undefined || concurrency >= 1) return;
  throw new MillraceError(
    'DEFINITION_INVALID',
    `concurrency: expected a number of at least 1, got ${concurrency}`,
    { details: { concurrency } },
  );
}
