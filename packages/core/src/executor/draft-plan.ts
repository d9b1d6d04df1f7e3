import type { RunId, StageId } from '../base/ids.ts';
import type { MillraceError } from '../base/millrace-error.ts';
import type { CheckpointStore, StageRecord } from '../checkpoint/index.ts';
import { type Cell, ContextLayers } from '../context/index.ts';
import type { BoundStage, ModelPipeline } from '../pipeline/index.ts';
import {
  type ContextChange,
  changedParts,
  type FileEntry,
  fingerprintOf,
  isForced,
  type Plan,
  type PlannedSelection,
  Planner,
  type PriorOutcome,
  type Verdict,
  withCodeOf,
} from '../plan/index.ts';
import { askCondition } from './ask-condition.ts';
import { BasisReader } from './basis-reader.ts';
import { type CachedOutcome, CachedOutcomes, cacheKeyOf } from './cached-outcomes.ts';
import { fileEntries } from './file-entries.ts';
import type { HoldsSecret } from './holds-secret.ts';
import { isOutOfPlace } from './is-out-of-place.ts';
import { keptCells } from './kept-cells.ts';
import { migrateOutcome, olderVersion } from './migrate-outcome.ts';
import { neededCells } from './needed-cells.ts';
import { RecordedValues } from './recorded-values.ts';
import { StageViews } from './stage-views.ts';
import { isCorruptCheckpoint, loadCells } from './stored-cell.ts';

export interface DraftRequest {
  readonly store: CheckpointStore;
  /** The run that the records are of; undefined for a new run. */
  readonly runId?: RunId;
  readonly holdsSecret?: HoldsSecret | undefined;
  readonly pipeline: ModelPipeline;
  /** The initial context. */
  readonly initial: readonly Cell[];
  /** What of it is another value than the run had so far, by key. */
  readonly contextChanges: ReadonlyMap<string, ContextChange>;
  /** Records of the run that goes on, by stage id; empty for a new run. */
  readonly records: ReadonlyMap<string, StageRecord>;
  readonly prior: ReadonlyMap<string, PriorOutcome>;
  readonly durations: ReadonlyMap<string, number>;
  readonly selection: PlannedSelection | undefined;
  /** Whether outcomes of other runs may be taken over. */
  readonly mayUseCache: boolean;
  /** Everything that the final context keeps is read now, not only what stages will read. */
  readonly loadContext: boolean;
}

/** A plan, and what the stages that it keeps wrote. */
export interface DraftedPlan {
  readonly plan: Plan;
  readonly layers: ContextLayers;
  /** Outcomes of other runs that this one takes over, by index of the stage. */
  readonly cached: ReadonlyMap<number, CachedOutcome>;
}

/**
 * Plans a run or the rest of one. What the stages to be run will read is loaded and checked now: a stage
 * whose checkpoint is damaged counts as not done.
 */
export async function draftPlan(request: DraftRequest): Promise<DraftedPlan> {
  const recorded = new RecordedValues(request.store);
  await loadRecorded(request, recorded);
  const files = await readFiles(request);
  const prior = new Map(request.prior);
  for (;;) {
    const draft = new Draft({ ...request, prior }, recorded, files);
    const drafted = await draft.make();
    const damages = await draft.findDamages(drafted.plan);
    if (damages.size === 0) return drafted;
    for (const [stage, error] of damages) {
      const outcome = stage === undefined ? undefined : prior.get(stage);
      // Damage in the initial context has no stage that could run again.
      if (stage === undefined || outcome === undefined || outcome.damage !== undefined) throw error;
      prior.set(stage, { ...outcome, damage: error.message });
    }
  }
}

type FilesByStage = ReadonlyMap<number, readonly FileEntry[]>;

/** Only where a part differs is what it was worth reading. */
async function loadRecorded(
  { pipeline, records }: DraftRequest,
  recorded: RecordedValues,
): Promise<void> {
  for (const stage of pipeline.stages) {
    const record = records.get(stage.id);
    if (record?.basis === undefined) continue;
    const parts = changedParts(record.fingerprint, fingerprintOf(pipeline, stage.index));
    const { params, shortParams, code } = record.basis;
    if (parts.includes('params')) await recorded.load(params, shortParams);
    if (parts.includes('code')) await recorded.load(code);
  }
}

async function readFiles({ pipeline, records }: DraftRequest): Promise<FilesByStage> {
  const entries = new Map<number, readonly FileEntry[]>();
  for (const { id, index, files, options } of pipeline.stages) {
    const isCompared = records.has(id) || options.cacheable;
    if (isCompared && files.length > 0) entries.set(index, await fileEntries(files));
  }
  return entries;
}

function removedStages({ pipeline, records }: DraftRequest): readonly string[] {
  const { indexById } = pipeline.graph;
  return [...records.values()]
    .filter(({ stage, writes }) => writes.length > 0 && !indexById.has(stage))
    .map(({ stage }) => stage);
}

/** One pass over the stages; another follows when it met damage. */
class Draft {
  readonly #request: DraftRequest;
  readonly #files: FilesByStage;
  readonly #recorded: RecordedValues;
  readonly #layers: ContextLayers;
  readonly #views: StageViews;
  readonly #basis: BasisReader;
  readonly #cached: CachedOutcomes;
  readonly #planner: Planner;
  readonly #takenOver = new Map<number, CachedOutcome>();

  constructor(request: DraftRequest, recorded: RecordedValues, files: FilesByStage) {
    const { store, pipeline, records } = request;
    this.#request = request;
    this.#files = files;
    this.#recorded = recorded;
    this.#layers = new ContextLayers(request.initial);
    this.#views = new StageViews(pipeline, this.#layers);
    const attemptOf = (index: number): number =>
      records.get(pipeline.graph.ids[index] ?? '')?.attempt ?? 0;
    this.#basis = new BasisReader({
      pipeline,
      views: this.#views,
      layers: this.#layers,
      attemptOf,
    });
    this.#cached = new CachedOutcomes({
      store,
      pipeline,
      views: this.#views,
      basis: this.#basis,
      recorded,
    });
    this.#planner = new Planner({
      ...request,
      current: {
        keep: (index) => this.#keep(index),
        entries: (index, entries) => this.#basis.entries(index, entries),
      },
      recorded: (hash) => recorded.get(hash),
      removed: removedStages(request),
      filesOf: (index) => files.get(index) ?? [],
    });
  }

  async make(): Promise<DraftedPlan> {
    const { pipeline, durations } = this.#request;
    for (const index of pipeline.graph.order) {
      const stage = pipeline.stages[index] as BoundStage;
      let verdict = this.#unlessOutOfPlace(stage, this.#planner.decide(index));
      if (stage.blueprint.spec.migrations !== undefined)
        verdict = await this.#byMigration(stage, verdict);
      if (stage.when !== undefined) verdict = await this.#byCondition(stage, verdict);
      if (stage.options.cacheable) verdict = await this.#fromCache(stage, verdict);
      this.#planner.settle(index, this.#planner.leaveOpen(index, verdict));
    }
    const plan = this.#planner.finish(durations);
    return { plan, layers: this.#layers, cached: this.#takenOver };
  }

  /** The first damage of each writer whose values are needed; undefined stands for the initial context. */
  async findDamages(plan: Plan): Promise<ReadonlyMap<StageId | undefined, MillraceError>> {
    const damages = new Map<StageId | undefined, MillraceError>();
    for (const cell of neededCells(plan, this.#views, this.#request)) {
      try {
        await loadCells([cell]);
      } catch (error) {
        if (!isCorruptCheckpoint(error)) throw error;
        damages.set(error.details.stage as StageId | undefined, error);
      }
    }
    return damages;
  }

  #keep(index: number): void {
    const { store, pipeline, records } = this.#request;
    const record = records.get(pipeline.graph.ids[index] ?? '');
    // What another run left has been put in place already.
    if (record === undefined || this.#takenOver.has(index)) return;
    this.#layers.add(index, keptCells(store, this.#views, index, record));
  }

  /** A stage that is not selected is left as it was, unless that has no place any more. */
  #unlessOutOfPlace(stage: BoundStage, verdict: Verdict): Verdict {
    const [reason] = verdict.reasons;
    if (reason?.kind !== 'unselected' || !reason.kept) return verdict;
    const record = this.#request.records.get(stage.id);
    if (record === undefined || !isOutOfPlace(stage, record, this.#basis)) return verdict;
    return { decision: 'skip', reasons: [{ kind: 'unselected', kept: false }] };
  }

  /** An outcome of an older version is brought up to date, where nothing but the code is another. */
  async #byMigration(stage: BoundStage, verdict: Verdict): Promise<Verdict> {
    const { store, holdsSecret, runId, records } = this.#request;
    const record = records.get(stage.id);
    if (record === undefined || runId === undefined) return verdict;
    const from = olderVersion(stage, record, this.#recorded);
    const isOpen = verdict.decision === 'run' && !isForced(verdict.reasons);
    if (from === undefined || !isOpen) return verdict;
    if (!this.#isKeptBut(stage, record)) return verdict;
    const site = { store, views: this.#views, stage, holdsSecret };
    const migrated = await migrateOutcome(site, { ...record, from });
    if (!migrated.ok) {
      const reason = { kind: 'unmigrated', from, message: migrated.problem } as const;
      return { decision: 'run', reasons: [reason] };
    }
    this.#layers.add(stage.index, migrated.value.cells);
    this.#takenOver.set(stage.index, { ...migrated.value, runId });
    const to = stage.blueprint.version;
    return { decision: 'reuse', reasons: [{ kind: 'migrated', from, to }] };
  }

  /** Whether it would be kept if its code were that of the present version. */
  #isKeptBut(stage: BoundStage, record: StageRecord): boolean {
    const fingerprint = withCodeOf(record.fingerprint, stage);
    const outcome = { ...this.#request.prior.get(stage.id), ...record, fingerprint };
    return this.#planner.decideAs(stage.index, outcome).decision === 'reuse';
  }

  /** A condition of which all inputs are known by now is asked before anything is kept by it. */
  async #byCondition(stage: BoundStage, verdict: Verdict): Promise<Verdict> {
    const { when } = stage;
    const { decision, reasons } = verdict;
    const isAsked = decision !== 'skip' && reasons[0]?.kind !== 'unselected';
    if (when === undefined || when.isConstant || !isAsked) return verdict;
    if (this.#planner.movingCondition(stage.index) !== undefined) return verdict;
    switch (await askCondition(this.#request.pipeline, this.#views, stage)) {
      case true:
        return verdict;
      case false:
        return { decision: 'skip', reasons: [{ kind: 'condition', text: when.text }] };
      default:
        if (decision !== 'reuse') return verdict;
        return { decision: 'run', reasons: [{ kind: 'unclear-condition', text: when.text }] };
    }
  }

  /** Takes an outcome of another run instead of running the stage, where its inputs are known. */
  async #fromCache(stage: BoundStage, verdict: Verdict): Promise<Verdict> {
    const { mayUseCache, pipeline } = this.#request;
    const mayReuse = verdict.decision === 'run' && !isForced(verdict.reasons);
    if (!mayUseCache || !mayReuse) return verdict;
    const from = this.#planner.movingAbove(stage.index);
    if (from !== undefined) {
      const isCacheable = cacheKeyOf(pipeline, stage, []) !== undefined;
      if (!isCacheable) return verdict;
      const why = verdict.reasons.filter(({ kind }) => kind !== 'new');
      return { decision: 'undecided', reasons: [{ kind: 'pending-cache', from }, ...why] };
    }
    const inputs = this.#basis.declared(stage.index);
    const found = await this.#cached.find(stage, inputs, this.#files.get(stage.index) ?? []);
    if (found === undefined) {
      const isNew = verdict.reasons[0]?.kind === 'new';
      return isNew ? { decision: 'run', reasons: [{ kind: 'uncached' }] } : verdict;
    }
    if ((await askCondition(pipeline, this.#views, stage)) !== true) return verdict;
    this.#layers.add(stage.index, found.cells);
    this.#views.claimUndeclared(stage, found.cells);
    this.#takenOver.set(stage.index, found);
    return { decision: 'reuse', reasons: [{ kind: 'cached', runId: found.runId }] };
  }
}
