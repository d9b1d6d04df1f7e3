import { z } from '../../base/zod.ts';
import type { ModelPipeline } from '../../pipeline/index.ts';
import type { LooseOutcome } from '../../runner/testing-local/stage-of.ts';
import { type SketchedStage, sketch } from './run-pipeline.ts';

export interface UndoScene {
  /** `run a`, `undo a`, in order. */
  readonly log: string[];
  /** What each call of `undo` got, by stage id. */
  readonly seen: Map<string, LooseOutcome>;
  /** Stages whose run throws. */
  readonly broken: Set<string>;
  /** Called by each `undo`, and may fail it. */
  undoes: (id: string, scope: LooseOutcome) => unknown;
  /** Called by each `run`. */
  runs: (id: string, scope: Pick<LooseOutcome, 'idempotencyKey'>) => unknown;
  pipeline(
    changes?: Readonly<Record<string, Partial<SketchedStage>>>,
    fields?: Parameters<typeof sketch>[1],
  ): ModelPipeline;
}

/** reserve -> charge -> ship -> mail, and note beside charge; note and ship have no `undo`. */
const NEEDS = {
  reserve: [],
  charge: ['reserve'],
  note: ['reserve'],
  ship: ['charge'],
  mail: ['ship'],
} as const;

const WITHOUT_UNDO: ReadonlySet<string> = new Set(['note', 'ship']);

export function undoScene(): UndoScene {
  const scene: UndoScene = {
    log: [],
    seen: new Map(),
    broken: new Set(),
    undoes: () => undefined,
    runs: () => undefined,
    pipeline: (changes = {}, fields = {}) =>
      sketch(
        Object.fromEntries(
          Object.entries(NEEDS).map(([id, needs]) => [
            id,
            { needs, does: partsOf(scene, id, needs), ...changes[id] },
          ]),
        ),
        { context: { order: 7 }, onFailure: 'undo', ...fields },
      ),
  };
  return scene;
}

function partsOf(scene: UndoScene, id: string, needs: readonly string[]): SketchedStage['does'] {
  const inputs = needs.length === 0 ? ['order'] : needs;
  const spec = {
    inputs: z.object(Object.fromEntries(inputs.map((name) => [name, z.unknown()]))),
    outputs: z.object({ [id]: z.unknown() }),
  };
  const run = async (scope: Pick<LooseOutcome, 'idempotencyKey'>): Promise<object> => {
    scene.log.push(`run ${id}`);
    await scene.runs(id, scope);
    if (scene.broken.has(id)) throw new RangeError(`${id} is broken`);
    return { [id]: `${id} done` };
  };
  if (WITHOUT_UNDO.has(id)) return { spec, run };
  const undo = async (scope: LooseOutcome): Promise<void> => {
    scene.log.push(`undo ${id}`);
    scene.seen.set(id, scope);
    await scene.undoes(id, scope);
  };
  return { spec, run, undo };
}
