import type { ReadKeys } from '../definition/pipeline-definition.ts';
import { type BoundStage, readKeys } from './bound-stage.ts';
import { GATHERED, type WirableStage, type WiredInput } from './wiring.ts';

/** A single key that a stage reads. */
interface ReadKey {
  /** The stage's own name for it. */
  readonly name: string;
  readonly key: string;
  readonly optional: boolean;
}

/**
 * What the stages of a pipeline declare to read, and where it comes from. Only the providers are kept: a pipeline may
 * have millions of inputs, and the rest is told by the stage and its class.
 */
export class StageInputs {
  readonly #stages: readonly WirableStage[];
  /** Of each stage the place of its first provider; one more at the end. */
  readonly #offsets: Int32Array;
  /** In the order of {@link eachReadKey}. */
  readonly #providers: Int32Array;

  /** @param provide called once for every key that a stage reads, stage by stage */
  constructor(
    stages: readonly WirableStage[],
    provide: (stage: BoundStage, read: ReadKey) => number,
  ) {
    const providers: number[] = [];
    this.#stages = stages;
    this.#offsets = new Int32Array(stages.length + 1);
    for (const [index, stage] of stages.entries()) {
      if (stage !== undefined) {
        eachReadKey(stage, (read) => void providers.push(provide(stage, read)));
      }
      this.#offsets[index + 1] = providers.length;
    }
    this.#providers = Int32Array.from(providers);
  }

  /** Of a stage: its declared inputs, then its updates. */
  of(stage: number): readonly WiredInput[] {
    const bound = this.#stages[stage];
    if (bound === undefined) return [];
    let at = this.#offsets[stage] as number;
    const wire = (name: string, key: string, optional: boolean): WiredInput => {
      const provider = this.#providers[at++] as number;
      return { name, key, optional, provider, parts: undefined };
    };
    const wired: WiredInput[] = [];
    eachDeclared(bound, (name, optional, keys) => {
      if (typeof keys === 'string') wired.push(wire(name, keys, optional));
      else {
        const parts = keys.map((key) => wire(name, key, optional));
        wired.push({ name, key: '', optional, provider: GATHERED, parts });
      }
    });
    return wired;
  }

  /** Asks once more for the keys whose provider is a stand-in. */
  resolve(standIn: number, provide: (stage: BoundStage, read: ReadKey) => number): void {
    let at = this.#providers.indexOf(standIn);
    let index = 0;
    while (at !== -1) {
      while ((this.#offsets[index + 1] as number) <= at) index++;
      this.#resolveIn(index, standIn, provide);
      at = this.#providers.indexOf(standIn, this.#offsets[index + 1]);
    }
  }

  #resolveIn(
    index: number,
    standIn: number,
    provide: (stage: BoundStage, read: ReadKey) => number,
  ): void {
    const stage = this.#stages[index] as BoundStage;
    let at = this.#offsets[index] as number;
    eachReadKey(stage, (read) => {
      if (this.#providers[at] === standIn) this.#providers[at] = provide(stage, read);
      at++;
    });
  }
}

/** Visits the keys that a stage declares to read, those of a list one by one. */
function eachReadKey(stage: BoundStage, visit: (read: ReadKey) => void): void {
  eachDeclared(stage, (name, optional, keys) => {
    if (typeof keys === 'string') visit({ name, key: keys, optional });
    else for (const key of keys) visit({ name, key, optional });
  });
}

/** Visits the declared inputs and then the updates. */
function eachDeclared(
  stage: BoundStage,
  visit: (name: string, optional: boolean, keys: ReadKeys) => void,
): void {
  const { inputs, updates } = stage.blueprint;
  for (const { name, optional } of inputs ?? []) visit(name, optional, readKeys(stage, name));
  for (const name of updates) visit(name, false, readKeys(stage, name));
}
