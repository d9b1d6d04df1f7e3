import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { RunId } from '../../base/ids.ts';
import { MemoryStore } from '../../checkpoint/index.ts';
import type { RunEvent } from '../../events/index.ts';
import type { Plan } from '../../plan/index.ts';
import { PipelineExecutor } from '../pipeline-executor.ts';
import type { RunOptions, RunSelection } from '../run-options.ts';
import type { RunResult } from '../run-result.ts';
import { type DrawnStage, drawnPipeline } from './drawn-pipeline.ts';
import { type NaivePlan, type NaiveRecord, planNaively } from './naive-planner.ts';
import { RecordingStore } from './recording-store.ts';

export interface Trouble {
  readonly broken?: ReadonlySet<string>;
  /** The commit that fails, which ends the session. */
  readonly failsAt?: number | undefined;
  /** Cancels the run after so many events. */
  readonly cancelAfter?: number | undefined;
  readonly answers?: 'at-once' | 'later';
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

type Selected = { readonly ids: readonly string[]; readonly isForced: boolean } | undefined;

/** Sessions of one run beside a model of it that knows what each record rests on. Runs share their outcomes. */
export class EditedRun {
  readonly #inner: MemoryStore;
  readonly #folder: string;
  /** What stands of each run, by stage. */
  readonly #records: Map<RunId, Map<string, NaiveRecord>>;
  #id: RunId | undefined;

  constructor(folder: string, beside?: EditedRun) {
    this.#folder = folder;
    this.#inner = beside?.#inner ?? new MemoryStore();
    this.#records = beside?.#records ?? new Map();
  }

  get id(): RunId {
    return this.#id ?? ('' as RunId);
  }

  get store(): MemoryStore {
    return this.#inner;
  }

  /** Starts the run, or resumes it with the stages as they are now. */
  async session(
    stages: readonly DrawnStage[],
    trouble: Trouble = {},
    { selected, ...options }: RunOptions & { readonly selected?: Selected } = {},
  ): Promise<Session> {
    this.#writeFiles(stages);
    const ran: string[] = [];
    const events: RunEvent[] = [];
    const { broken = new Set(), failsAt, cancelAfter, answers = 'at-once' } = trouble;
    const pipeline = drawnPipeline(stages, {
      broken,
      ran: (id) => void ran.push(id),
      folder: this.#folder,
    });
    const store = new RecordingStore({
      inner: this.#inner,
      answers,
      ...(failsAt === undefined ? {} : { failsAt }),
    });
    const executor = new PipelineExecutor({ store });
    const given: RunOptions = {
      ...options,
      selection: selectionOf(selected),
      onEvent: (event) => {
        events.push(event);
        if (events.length === cancelAfter) handle.cancel('kill');
      },
    };
    const handle = await (this.#id === undefined
      ? executor.start(pipeline, given)
      : executor.resume(this.#id, pipeline, given));
    this.#id = handle.id;
    const naive = this.#predict(stages, handle.plan, selected);
    const result = await handle.result.catch(() => undefined);
    this.#remember(naive);
    return { plan: handle.plan, naive, ran, events, result };
  }

  async plan(stages: readonly DrawnStage[], selected?: Selected): Promise<Plan> {
    this.#writeFiles(stages);
    const scene = { broken: new Set<string>(), ran: () => {}, folder: this.#folder };
    const executor = new PipelineExecutor({ store: this.#inner });
    const selection = selectionOf(selected);
    return executor.planResume(this.id, drawnPipeline(stages, scene), { selection });
  }

  #predict(stages: readonly DrawnStage[], plan: Plan, selected: Selected): NaivePlan {
    const own = this.#records.get(this.id) ?? new Map<string, NaiveRecord>();
    const attempts = new Map<string, number>();
    const records = new Map(own);
    for (const { stage, attempt, status } of this.#inner.loadAttempts(this.id)) {
      attempts.set(stage, Math.max(attempt, attempts.get(stage) ?? 0));
      const isLost = status === 'running' || status === 'lost';
      if (isLost && attempt > (own.get(stage)?.attempt ?? 0)) records.delete(stage);
    }
    const skipped = plan.pipeline.graph.ids.filter((_, at) => plan.decisions[at] === 'skip');
    return planNaively({
      stages,
      records,
      attempts,
      pool: [...this.#records.values()].flatMap((ofRun) => [...ofRun.values()]),
      selected: selected && new Set(selected.ids),
      isForced: selected?.isForced ?? false,
      dropped: new Set(skipped),
    });
  }

  /** Takes over from the store which outcomes stand, and from the model what they rest on. */
  #remember({ outcomes }: NaivePlan): void {
    const records = this.#records.get(this.id) ?? new Map<string, NaiveRecord>();
    const fence = this.#inner.findRun(this.id)?.fence;
    for (const { stage, status, attempt, fence: writtenBy } of this.#inner.loadStages(this.id)) {
      const record = outcomes.get(stage)?.record;
      if (status !== 'succeeded') records.delete(stage);
      else if (writtenBy === fence && record !== undefined)
        records.set(stage, { ...record, attempt });
    }
    this.#records.set(this.id, records);
  }

  #writeFiles(stages: readonly DrawnStage[]): void {
    for (const { id, file } of stages) {
      if (file !== undefined) writeFileSync(join(this.#folder, id), String(file));
    }
  }
}

function selectionOf(selected: Selected): RunSelection | undefined {
  if (selected === undefined) return undefined;
  return { select: [...selected.ids], force: selected.isForced };
}
