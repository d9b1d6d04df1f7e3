import {
  type BoundStage,
  LOOKED_UP,
  type ModelPipeline,
  orderingDependencies,
  wiredInputs,
} from '../pipeline/index.ts';
import type { BasisEntry, StageBasis } from './basis.ts';
import type { Decision } from './plan.ts';
import type { Mover, Reason } from './reason.ts';

/** What a stage read, by whether its writers are kept. */
export interface UnsettledReads {
  /** Entries whose writers are all kept, so that they can be compared now. */
  readonly settled: readonly BasisEntry[];
  /** What has to be seen first. */
  readonly pending: readonly Reason[];
  /** Why the stage runs whatever comes out. */
  readonly firm: readonly Reason[];
}

export interface Movement {
  readonly pipeline: ModelPipeline;
  readonly decisions: readonly Decision[];
  /** Of each stage: some ancestor that is about to run, or -1. */
  readonly above: Int32Array;
}

/** Divides what the record of a stage rests on by what is about to be made anew. */
export function unsettledReads(
  stage: BoundStage,
  basis: StageBasis | undefined,
  movement: Movement,
): UnsettledReads {
  const above = movement.above[stage.index] as number;
  const moverOf = (index: number): Mover => toMover(index, movement);
  if (basis === undefined) {
    const firm: Reason[] = above === -1 ? [] : [{ kind: 'no-basis', from: moverOf(above) }];
    return { settled: [], pending: [], firm };
  }
  const added = addedReads(stage, basis, movement.pipeline);
  if (added.length > 0) return { settled: [], pending: [], firm: added };
  if (above === -1) return { settled: basis.inputs, pending: [], firm: [] };
  const settled: BasisEntry[] = [];
  const pending: Reason[] = [];
  const firm: Reason[] = [];
  const inputs = wiredInputs(movement.pipeline, stage.index);
  for (const entry of basis.inputs) {
    const [kind, name] = entry;
    if (kind === 'needs') {
      const { silent, moving } = movingNeeds(stage, movement);
      if (silent !== undefined) firm.push({ kind: 'silent', from: moverOf(silent) });
      else if (moving.length === 0) settled.push(entry);
      // All of them: what any of them writes may be another.
      else for (const from of moving) pending.push({ kind: 'pending-needs', from: moverOf(from) });
      continue;
    }
    const provider = kind === 'input' ? (inputs.get(name)?.provider ?? LOOKED_UP) : LOOKED_UP;
    const from = provider === LOOKED_UP ? above : movingWriter(provider, movement);
    if (from === -1) settled.push(entry);
    else
      pending.push({
        kind: 'pending-input',
        name: kind === 'keys' ? 'list of keys' : name,
        from: moverOf(from),
      });
  }
  return { settled, pending, firm };
}

/** What the stage reads or needs by now, and its record knows nothing of. */
function addedReads(
  stage: BoundStage,
  { inputs }: StageBasis,
  pipeline: ModelPipeline,
): readonly Reason[] {
  const known = new Set(inputs.map(([kind, name]) => `${kind} ${name}`));
  const reasons: Reason[] = [];
  for (const name of wiredInputs(pipeline, stage.index).keys()) {
    if (!known.has(`input ${name}`)) reasons.push({ kind: 'input', name, because: undefined });
  }
  const needs = orderingDependencies(pipeline, stage.index);
  if (needs.length > 0 && !known.has('needs ')) reasons.push({ kind: 'needs', stages: [] });
  return reasons;
}

/** A stage that is about to run, or may be. */
export function toMover(
  index: number,
  { pipeline, decisions }: Pick<Movement, 'pipeline' | 'decisions'>,
): Mover {
  const decision = decisions[index] === 'run' ? 'run' : 'undecided';
  return { id: pipeline.graph.ids[index] ?? '', decision };
}

/** The first stage that may make anew what a stage declares to read, or -1. */
export function movingInput(stage: number, movement: Movement): number {
  for (const { provider } of wiredInputs(movement.pipeline, stage).values()) {
    const from =
      provider === LOOKED_UP ? (movement.above[stage] as number) : movingWriter(provider, movement);
    if (from !== -1) return from;
  }
  return -1;
}

/** The stage that may make a key anew that `provider` is wired to write, or -1. */
function movingWriter(provider: number, { decisions, above }: Movement): number {
  if (provider < 0) return -1;
  if (isMoving(decisions[provider])) return provider;
  // One that is skipped or left as it was may not have written the key; then one above it did.
  return above[provider] as number;
}

function movingNeeds(
  stage: BoundStage,
  { pipeline, decisions }: Movement,
): { readonly silent: number | undefined; readonly moving: Int32Array } {
  const moving = orderingDependencies(pipeline, stage.index).filter((index) =>
    isMoving(decisions[index]),
  );
  return { silent: moving.find((index) => isSilentRun(pipeline, index, decisions)), moving };
}

function isMoving(decision: Decision | undefined): boolean {
  return decision === 'run' || decision === 'undecided';
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
