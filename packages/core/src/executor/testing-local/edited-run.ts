import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { RunId } from '../../base/ids.ts';
import { MemoryStore } from '../../checkpoint/index.ts';
import type { RunEvent } from '../../events/index.ts';
import type { ModelPipeline } from '../../pipeline/index.ts';
import type { Plan } from '../../plan/index.ts';
import { PipelineExecutor } from '../pipeline-executor.ts';
import type { RunOptions, RunSelection } from '../run-options.ts';
import type { RunHandle, RunResult } from '../run-result.ts';
import { type Drawn, type DrawnScene, drawnPipeline } from './drawn-pipeline.ts';
import { type NaivePlan, type NaiveRecord, planNaively } from './naive-planner.ts';
import { RecordingStore } from './recording-store.ts';

export interface Trouble {
  readonly broken?: ReadonlySet<string>;
  /** The commit that fails, which ends the session. */
  readonly failsAt?: number | undefined;
  /** Cancels the run after so many events. */
  readonly cancelAfter?: number | undefined;
}

/** What may be otherwise in each session and makes no difference. */
export interface Circumstances {
  readonly answers: 'at-once' | 'later';
  readonly groupsCommits: boolean;
  readonly turnsOf: (id: string) => number;
}

export interface Session {
  readonly plan: Plan;
  /** What it comes to when nothing fails. */
  readonly naive: NaivePlan;
  /** Stages that were started. */
  readonly ran: readonly string[];
  readonly events: readonly RunEvent[];
  /** Undefined when the session died. */
  readonly result: RunResult | undefined;
}

export type Selected = { readonly ids: readonly string[]; readonly isForced: boolean } | undefined;

/** What runs share: a store, the files of their stages, and a model of what each record rests on. */
export class DrawnWorld {
  readonly store = new MemoryStore();
  readonly scene: DrawnScene;
  /** What stands of each run, by stage. */
  readonly records = new Map<RunId, Map<string, NaiveRecord>>();
  readonly #files = new Map<string, number>();
  readonly #pipelines = new WeakMap<Drawn, ModelPipeline>();

  constructor(folder: string) {
    this.scene = { broken: new Set(), turnsOf: () => 0, ran: () => {}, folder };
  }

  pipelineOf(drawn: Drawn): ModelPipeline {
    for (const { id, file } of drawn.stages) {
      if (file === undefined || this.#files.get(id) === file) continue;
      writeFileSync(join(this.scene.folder, id), String(file));
      this.#files.set(id, file);
    }
    const pipeline = this.#pipelines.get(drawn) ?? drawnPipeline(drawn, this.scene);
    this.#pipelines.set(drawn, pipeline);
    return pipeline;
  }
}

/** Sessions of one run, each beside what the model makes of it. */
export class EditedRun {
  readonly #world: DrawnWorld;
  #id = '' as RunId;

  constructor(world: DrawnWorld) {
    this.#world = world;
  }

  get id(): RunId {
    return this.#id;
  }

  /** Starts the run, or resumes it with the pipeline as it is now. */
  async session(
    drawn: Drawn,
    { turnsOf, ...ofStore }: Circumstances,
    { broken = new Set(), failsAt, cancelAfter }: Trouble = {},
    { selected, ...options }: RunOptions & { readonly selected?: Selected } = {},
  ): Promise<Session> {
    const ran: string[] = [];
    const events: RunEvent[] = [];
    const { scene, store: inner } = this.#world;
    Object.assign(scene, { broken, turnsOf, ran: (id: string) => void ran.push(id) });
    const fails = failsAt === undefined ? {} : { failsAt };
    const executor = new PipelineExecutor({
      store: new RecordingStore({ inner, ...ofStore, ...fails }),
    });
    const handle = await this.#begin(executor, drawn, {
      ...options,
      selection: selectionOf(selected),
      onEvent: (event) => {
        events.push(event);
        if (events.length === cancelAfter) handle.cancel('kill');
      },
    });
    const naive = this.#predict(drawn, handle.plan, selected);
    const result = await handle.result.catch(() => undefined);
    this.#remember(naive);
    return { plan: handle.plan, naive, ran, events, result };
  }

  async plan(drawn: Drawn, selected?: Selected): Promise<Plan> {
    const executor = new PipelineExecutor({ store: this.#world.store });
    const selection = selectionOf(selected);
    return executor.planResume(this.id, this.#world.pipelineOf(drawn), { selection });
  }

  async #begin(executor: PipelineExecutor, drawn: Drawn, options: RunOptions): Promise<RunHandle> {
    const pipeline = this.#world.pipelineOf(drawn);
    const handle = await (this.#id === ''
      ? executor.start(pipeline, options)
      : executor.resume(this.#id, pipeline, options));
    this.#id = handle.id;
    return handle;
  }

  #predict(drawn: Drawn, plan: Plan, selected: Selected): NaivePlan {
    const own = this.#world.records.get(this.id) ?? new Map<string, NaiveRecord>();
    const attempts = new Map<string, number>();
    const records = new Map(own);
    for (const { stage, attempt, status } of this.#world.store.loadAttempts(this.id)) {
      attempts.set(stage, Math.max(attempt, attempts.get(stage) ?? 0));
      const isLost = status === 'running' || status === 'lost';
      if (isLost && attempt > (own.get(stage)?.attempt ?? 0)) records.delete(stage);
    }
    const skipped = plan.pipeline.graph.ids.filter((_, at) => plan.decisions[at] === 'skip');
    return planNaively({
      drawn,
      records,
      attempts,
      pool: [...this.#world.records.values()].flatMap((ofRun) => [...ofRun.values()]),
      selected: selected && new Set(selected.ids),
      isForced: selected?.isForced ?? false,
      dropped: new Set(skipped),
    });
  }

  /** Takes from the store which outcomes stand, and from the model what they rest on. */
  #remember({ outcomes }: NaivePlan): void {
    const { store, records: ofRuns } = this.#world;
    const records = ofRuns.get(this.id) ?? new Map<string, NaiveRecord>();
    const fence = store.findRun(this.id)?.fence;
    for (const { stage, status, attempt, fence: writtenBy } of store.loadStages(this.id)) {
      const record = outcomes.get(stage)?.record;
      if (status !== 'succeeded') records.delete(stage);
      else if (writtenBy === fence && record !== undefined)
        records.set(stage, { ...record, attempt });
    }
    ofRuns.set(this.id, records);
  }
}

function selectionOf(selected: Selected): RunSelection | undefined {
  if (selected === undefined) return undefined;
  return { select: [...selected.ids], force: selected.isForced };
}
