import {
  type BoundStage,
  LOOKED_UP,
  type ModelPipeline,
  orderingDependencies,
} from '../pipeline/index.ts';
import type { BasisEntry, StageBasis } from './basis.ts';
import type { Decision } from './plan.ts';
import type { Reason } from './reason.ts';

/** What a stage read, by whether its writers are kept. */
export interface UnsettledReads {
  /** Entries whose writers are all kept, so that they can be compared now. */
  readonly settled: readonly BasisEntry[];
  /** What has to be seen first. */
  readonly pending: readonly Reason[];
  /** Why the stage runs whatever comes out. */
  readonly firm: readonly Reason[];
}

interface Movement {
  readonly pipeline: ModelPipeline;
  readonly decisions: readonly Decision[];
  /** Some ancestor that is about to run, or -1. */
  readonly above: number;
}

/** Divides what the record of a stage rests on by what is about to be made anew. */
export function unsettledReads(
  stage: BoundStage,
  basis: StageBasis | undefined,
  { pipeline, decisions, above }: Movement,
): UnsettledReads {
  if (above === -1) return { settled: basis?.inputs ?? [], pending: [], firm: [] };
  const idOf = (index: number): string => pipeline.graph.ids[index] ?? '';
  const isMoving = (index: number): boolean =>
    decisions[index] === 'run' || decisions[index] === 'undecided';
  if (basis === undefined) {
    return { settled: [], pending: [], firm: [{ kind: 'no-basis', from: idOf(above) }] };
  }
  const settled: BasisEntry[] = [];
  const pending: Reason[] = [];
  const firm: Reason[] = [];
  const providers = providersOf(pipeline, stage);
  for (const entry of basis.inputs) {
    const [kind, name] = entry;
    if (kind === 'needs') {
      const moving = orderingDependencies(pipeline, stage.index).filter(isMoving);
      const silent = moving.find((index) => isSilentRun(pipeline, index, decisions));
      if (silent !== undefined) firm.push({ kind: 'needs', stages: [idOf(silent)] });
      else if (moving[0] === undefined) settled.push(entry);
      else pending.push({ kind: 'pending-needs', from: idOf(moving[0]) });
      continue;
    }
    const provider = kind === 'input' ? (providers.get(name) ?? LOOKED_UP) : LOOKED_UP;
    if (provider !== LOOKED_UP && !isMoving(provider)) settled.push(entry);
    else {
      const from = idOf(provider === LOOKED_UP ? above : provider);
      pending.push({ kind: 'pending-input', name: kind === 'keys' ? 'list of keys' : name, from });
    }
  }
  return { settled, pending, firm };
}

/** Provider of each declared input by the name that its basis entry has. */
function providersOf(pipeline: ModelPipeline, stage: BoundStage): ReadonlyMap<string, number> {
  const providers = new Map<string, number>();
  for (const { name, provider, parts } of pipeline.wiring.inputs[stage.index] ?? []) {
    if (parts === undefined) providers.set(name, provider);
    else for (const [at, part] of parts.entries()) providers.set(`${name}[${at}]`, part.provider);
  }
  return providers;
}

/** A stage that runs for certain and declares to write nothing: nothing tells whether it did the same again. */
function isSilentRun(
  { stages }: ModelPipeline,
  index: number,
  decisions: readonly Decision[],
): boolean {
  const blueprint = stages[index]?.blueprint;
  const isSilent = blueprint?.outputs?.length === 0 && blueprint.updates.length === 0;
  return isSilent && decisions[index] === 'run';
}
