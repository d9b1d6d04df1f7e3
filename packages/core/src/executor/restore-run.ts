import type { StageId } from '../base/ids.ts';
import { MillraceError } from '../base/millrace-error.ts';
import type {
  AttemptRecord,
  CheckpointStore,
  RunRecord,
  StageRecord,
} from '../checkpoint/index.ts';
import { type Cell, ContextLayers } from '../context/index.ts';
import type { ModelPipeline } from '../pipeline/index.ts';
import { type Plan, type PriorOutcome, planRun } from '../plan/index.ts';
import { StageViews } from './stage-views.ts';
import { StoredCell } from './stored-cell.ts';

/** A run's past as the store tells it. */
export interface RunHistory {
  readonly record: RunRecord;
  readonly stages: ReadonlyMap<string, StageRecord>;
  readonly attempts: readonly AttemptRecord[];
}

/** A run that is ready to go on. */
export interface RestoredRun {
  readonly plan: Plan;
  readonly layers: ContextLayers;
}

export async function loadHistory(store: CheckpointStore, record: RunRecord): Promise<RunHistory> {
  const stages = await store.loadStages(record.id);
  const attempts = await store.loadAttempts(record.id);
  return { record, stages: new Map(stages.map((stage) => [stage.stage, stage])), attempts };
}

/**
 * Plans the rest of a run and gives its kept stages their writes back. What the stages to be run will
 * read is loaded and checked now, and with `loadContext` all that the final context keeps: a stage
 * whose checkpoint is damaged counts as not done.
 */
export async function restoreRun(
  store: CheckpointStore,
  pipeline: ModelPipeline,
  history: RunHistory,
  loadContext: boolean,
): Promise<RestoredRun> {
  const prior = priorOutcomes(history);
  for (;;) {
    const durations = new Map([...history.stages].map(([id, stage]) => [id, stage.durationMs]));
    const plan = planRun({ pipeline, prior, durations });
    const layers = restoreLayers(store, pipeline, history, plan);
    const damages = await findDamages(pipeline, layers, { plan, loadContext });
    if (damages.size === 0) return { plan, layers };
    for (const [stage, error] of damages) {
      const outcome = stage === undefined ? undefined : prior.get(stage);
      // Damage in the initial context has no stage that could run again.
      if (stage === undefined || outcome === undefined || outcome.damage !== undefined) throw error;
      prior.set(stage, { ...outcome, damage: error.message });
    }
  }
}

/** The stages' records, and attempts that have none because their process died. */
function priorOutcomes({ stages, attempts }: RunHistory): Map<string, PriorOutcome> {
  const prior = new Map<string, PriorOutcome>(stages);
  for (const { stage, attempt, status } of attempts) {
    const isUnfinished = status === 'running' || status === 'lost';
    if (!isUnfinished || attempt <= (prior.get(stage)?.attempt ?? 0)) continue;
    prior.set(stage, { status: 'lost', attempt, fingerprint: '' });
  }
  return prior;
}

function restoreLayers(
  store: CheckpointStore,
  pipeline: ModelPipeline,
  { record, stages }: RunHistory,
  plan: Plan,
): ContextLayers {
  const initial = record.context.map((write) => new StoredCell(store, write, undefined, undefined));
  const layers = new ContextLayers(initial);
  const views = new StageViews(pipeline, layers);
  for (const index of pipeline.graph.order) {
    const stage = stages.get(pipeline.graph.ids[index] ?? '');
    if (plan.decisions[index] !== 'reuse' || stage === undefined) continue;
    const cells = stage.writes.map((write) => {
      const before = write.kind === 'patch' ? views.find(index, write.key) : undefined;
      return new StoredCell(store, write, stage.stage, before);
    });
    layers.add(index, cells);
  }
  return layers;
}

/** The first damage of each writer whose values are needed; undefined stands for the initial context. */
async function findDamages(
  pipeline: ModelPipeline,
  layers: ContextLayers,
  { plan, loadContext }: { readonly plan: Plan; readonly loadContext: boolean },
): Promise<ReadonlyMap<StageId | undefined, MillraceError>> {
  const damages = new Map<StageId | undefined, MillraceError>();
  for (const cell of neededCells(pipeline, layers, { plan, loadContext })) {
    if (!(cell instanceof StoredCell)) continue;
    try {
      await cell.load();
    } catch (error) {
      if (!(error instanceof MillraceError) || error.code !== 'CHECKPOINT_CORRUPT') throw error;
      damages.set(error.details.stage as StageId | undefined, error);
    }
  }
  return damages;
}

function* neededCells(
  pipeline: ModelPipeline,
  layers: ContextLayers,
  { plan, loadContext }: { readonly plan: Plan; readonly loadContext: boolean },
): Iterable<Cell | undefined> {
  const views = new StageViews(pipeline, layers);
  for (const stage of pipeline.stages) {
    if (plan.decisions[stage.index] !== 'run') continue;
    if (stage.blueprint.inputs === undefined) yield* views.ofStage(stage.index).cells();
    for (const input of pipeline.wiring.inputs[stage.index] ?? []) {
      yield views.wired(stage.index, input);
    }
  }
  if (loadContext) yield* views.ofRun().cells();
}
