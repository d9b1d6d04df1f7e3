import { type BoundStage, readKeys } from './bound-stage.ts';
import { GATHERED, type WirableStage, type WiredInput } from './wiring.ts';

/** A single key that a stage reads. */
export interface ReadKey {
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
    const { inputs, updates } = bound.blueprint;
    let at = this.#offsets[stage] as number;
    const wire = (name: string, optional: boolean): WiredInput => {
      const keys = readKeys(bound, name);
      if (typeof keys === 'string') return this.#wired(at++, { name, key: keys, optional });
      const parts = keys.map((key) => this.#wired(at++, { name, key, optional }));
      return { name, key: '', optional, provider: GATHERED, parts };
    };
    const wired: WiredInput[] = [];
    for (const { name, optional } of inputs ?? []) wired.push(wire(name, optional));
    for (const name of updates) wired.push(wire(name, false));
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

  #wired(at: number, { name, key, optional }: ReadKey): WiredInput {
    return { name, key, optional, provider: this.#providers[at] as number, parts: undefined };
  }
}

/** Visits the keys of the declared inputs and then of the updates, those of a list one by one. */
function eachReadKey(stage: BoundStage, visit: (read: ReadKey) => void): void {
  const { inputs, updates } = stage.blueprint;
  for (const { name, optional } of inputs ?? []) visitKeys(stage, name, optional, visit);
  for (const name of updates) visitKeys(stage, name, false, visit);
}

function visitKeys(
  stage: BoundStage,
  name: string,
  optional: boolean,
  visit: (read: ReadKey) => void,
): void {
  const keys = readKeys(stage, name);
  if (typeof keys === 'string') visit({ name, key: keys, optional });
  else for (const key of keys) visit({ name, key, optional });
}
