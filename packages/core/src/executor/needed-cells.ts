import type { CheckpointStore, StageRecord } from '../checkpoint/index.ts';
import type { Cell } from '../context/index.ts';
import { isInDoubt, type Plan } from '../plan/index.ts';
import { detachedCells } from './kept-cells.ts';
import type { StageViews } from './stage-views.ts';

interface Needs {
  readonly store: CheckpointStore;
  readonly records: ReadonlyMap<string, StageRecord>;
  /** All that the final context keeps is needed too. */
  readonly loadContext: boolean;
}

/** What a session will read of the stages that its plan keeps; undefined for a key that nobody wrote. */
export function* neededCells(
  plan: Plan,
  views: StageViews,
  { records, store, loadContext }: Needs,
): Iterable<Cell | undefined> {
  const { pipeline, decisions } = plan;
  for (const stage of pipeline.stages) {
    const decision = decisions[stage.index];
    if (decision === 'reuse' || decision === 'skip') continue;
    if (stage.blueprint.inputs === undefined) yield* views.ofStage(stage.index).cells();
    for (const input of pipeline.wiring.inputs.of(stage.index)) {
      for (const part of input.parts ?? [input]) yield views.wired(stage.index, part);
    }
    // It may be kept in the end, and must be sound then.
    const record = isInDoubt(plan, stage.index) ? records.get(stage.id) : undefined;
    if (record !== undefined) yield* detachedCells(store, record);
  }
  if (loadContext) yield* views.ofRun().cells();
}
