import { hash } from 'node:crypto';
import type { AttemptReads } from '../attempt/index.ts';
import type { Cell, ContextLayers } from '../context/index.ts';
import {
  eachWiredInput,
  type ModelPipeline,
  orderingDependencies,
  type WiredInput,
  wiredInputs,
} from '../pipeline/index.ts';
import { type BasisEntry, basisEntry } from '../plan/index.ts';
import type { StageViews } from './stage-views.ts';

interface BasisReaderParts {
  readonly pipeline: ModelPipeline;
  readonly views: StageViews;
  readonly layers: ContextLayers;
  /** Number of the attempt that a stage's outcome is from: tells two silent runs apart. */
  readonly attemptOf: (stage: number) => number;
}

/** Tells what a stage reads, by the hashes of the values, as the context stands. */
export class BasisReader {
  readonly #parts: BasisReaderParts;
  /** Digest of what each stage wrote, worked out when first asked for. */
  readonly #written = new Map<number, string>();

  constructor(parts: BasisReaderParts) {
    this.#parts = parts;
  }

  /** Known before the stage starts: its declared inputs and updates, and the dependencies that it reads nothing of. */
  declared(stage: number): readonly BasisEntry[] {
    const { pipeline, views } = this.#parts;
    const entries: BasisEntry[] = [];
    const inputs = pipeline.wiring.inputs.of(stage);
    eachWiredInput(inputs, (name, input) => {
      entries.push(basisEntry('input', name, views.wired(stage, input)?.hash));
    });
    const needs = this.#needs(stage, inputs);
    if (needs !== undefined) entries.push(needs);
    // Without the room that it has for more: it is kept as long as the run.
    return entries.slice();
  }

  /** Known once it ended: what it looked up besides. */
  lookedUp(stage: number, { keys, listedKeys }: AttemptReads): readonly BasisEntry[] {
    if (keys.length === 0 && !listedKeys) return [];
    const view = this.#parts.views.ofStage(stage);
    const entries = keys.map((key) => basisEntry('key', key, view.hashOf(key)));
    if (listedKeys) entries.push(keyList(view.keys()));
    return entries;
  }

  /** Every key that the stage can see. */
  allKeys(stage: number): readonly BasisEntry[] {
    const view = this.#parts.views.ofStage(stage);
    return view.keys().map((key) => basisEntry('key', key, view.hashOf(key)));
  }

  /** The same entries as they are now. What is not there any more comes back without a hash. */
  entries(stage: number, recorded: readonly BasisEntry[]): readonly BasisEntry[] {
    const { pipeline, views } = this.#parts;
    const inputs = wiredInputs(pipeline, stage);
    return recorded.map(([kind, name]) => {
      switch (kind) {
        case 'input': {
          const input = inputs.get(name);
          return basisEntry(kind, name, input && views.wired(stage, input)?.hash);
        }
        case 'key':
          return basisEntry(kind, name, views.ofStage(stage).hashOf(name));
        case 'keys':
          return keyList(views.ofStage(stage).keys());
        case 'needs':
          return this.#needs(stage) ?? basisEntry(kind, name, undefined);
        default:
          return kind satisfies never;
      }
    });
  }

  #needs(stage: number, inputs?: readonly WiredInput[]): BasisEntry | undefined {
    const dependencies = orderingDependencies(this.#parts.pipeline, stage, inputs);
    if (dependencies.length === 0) return undefined;
    const written = Array.from(dependencies, (dependency) => this.#writtenBy(dependency)).sort();
    return basisEntry('needs', '', written.length === 1 ? written[0] : digest(written.join(' ')));
  }

  #writtenBy(stage: number): string {
    const known = this.#written.get(stage);
    if (known !== undefined) return known;
    const { layers, attemptOf } = this.#parts;
    const cells = layers.layer(stage);
    const written =
      cells.length === 0
        ? digest(`attempt ${attemptOf(stage)}`)
        : digest(cells.map(nameAndHash).sort().join('\n'));
    this.#written.set(stage, written);
    return written;
  }
}

function nameAndHash({ key, hash: valueHash }: Cell): string {
  return `${valueHash} ${key}`;
}

function keyList(keys: readonly string[]): BasisEntry {
  return basisEntry('keys', '', digest(JSON.stringify(keys)));
}

function digest(text: string): string {
  return hash('sha256', text);
}
