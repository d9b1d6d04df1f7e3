import { MillraceError } from '../base/millrace-error.ts';
import type {
  AttemptRecord,
  CheckpointStore,
  RunRecord,
  StageRecord,
} from '../checkpoint/index.ts';
import { ContextLayers } from '../context/index.ts';
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
 * read is loaded and checked now: a stage whose checkpoint is damaged counts as not done.
 */
export async function restoreRun(
  store: CheckpointStore,
  pipeline: ModelPipeline,
  history: RunHistory,
): Promise<RestoredRun> {
  const prior = new Map<string, PriorOutcome>(history.stages);
  for (;;) {
    const durations = new Map([...history.stages].map(([id, stage]) => [id, stage.durationMs]));
    const plan = planRun({ pipeline, prior, durations });
    const layers = restoreLayers(store, pipeline, history, plan);
    const damaged = await findDamage(pipeline, plan, layers);
    if (damaged === undefined) return { plan, layers };
    const outcome = prior.get(damaged.stage);
    // Damage in the initial context has no stage that could run again.
    if (outcome === undefined || outcome.damage !== undefined) throw damaged.error;
    prior.set(damaged.stage, { ...outcome, damage: damaged.error.message });
  }
}

function restoreLayers(
  store: CheckpointStore,
  pipeline: ModelPipeline,
  { record, stages }: RunHistory,
  plan: Plan,
): ContextLayers {
  const initial = record.context.map(
    (write) => new StoredCell(store, write, 'the initial context', undefined),
  );
  const layers = new ContextLayers(initial);
  const views = new StageViews(pipeline, layers);
  for (const index of pipeline.graph.order) {
    const id = pipeline.graph.ids[index] ?? '';
    const stage = stages.get(id);
    if (plan.decisions[index] !== 'reuse' || stage === undefined) continue;
    const cells = stage.writes.map((write) => {
      const before = write.kind === 'patch' ? views.find(index, write.key) : undefined;
      return new StoredCell(store, write, id, before);
    });
    layers.add(index, cells);
  }
  return layers;
}

interface Damage {
  readonly stage: string;
  readonly error: MillraceError;
}

/** Loads what the stages to be run read; the first damage found, or undefined. */
async function findDamage(
  pipeline: ModelPipeline,
  plan: Plan,
  layers: ContextLayers,
): Promise<Damage | undefined> {
  const views = new StageViews(pipeline, layers);
  for (const stage of pipeline.stages) {
    if (plan.decisions[stage.index] !== 'run') continue;
    const cells =
      stage.blueprint.inputs === undefined
        ? views.ofStage(stage.index).cells()
        : (pipeline.wiring.inputs[stage.index] ?? []).map((input) =>
            views.wired(stage.index, input),
          );
    for (const cell of cells) {
      if (!(cell instanceof StoredCell)) continue;
      try {
        await cell.load();
      } catch (error) {
        if (!(error instanceof MillraceError) || error.code !== 'CHECKPOINT_CORRUPT') throw error;
        return { stage: String(error.details.owner), error };
      }
    }
  }
  return undefined;
}
