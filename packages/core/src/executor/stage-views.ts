import {
  type Cell,
  type ContextLayers,
  INITIAL_WRITER,
  PipelineContext,
} from '../context/index.ts';
import { Ancestry, ancestorsMask } from '../graph/index.ts';
import {
  ABSENT,
  FROM_INITIAL,
  LOOKED_UP,
  type ModelPipeline,
  type WiredInput,
} from '../pipeline/index.ts';

/** Finds what each stage sees: the initial keys and the writes of its ancestors, nearest first. */
export class StageViews {
  readonly #pipeline: ModelPipeline;
  readonly #layers: ContextLayers;
  #ancestry: Ancestry | undefined;

  constructor(pipeline: ModelPipeline, layers: ContextLayers) {
    this.#pipeline = pipeline;
    this.#layers = layers;
  }

  /** What a declared input or update of the stage refers to; undefined when nobody wrote it. */
  wired(stage: number, { provider, key }: WiredInput): Cell | undefined {
    if (provider === ABSENT) return undefined;
    if (provider === FROM_INITIAL) return this.#layers.cell(INITIAL_WRITER, key);
    // A provider may leave an optional output out; then the writer before it is nearest.
    const cell = provider === LOOKED_UP ? undefined : this.#layers.cell(provider, key);
    return cell ?? this.find(stage, key);
  }

  /** The key as the nearest ancestor left it, or as it was initially. */
  find(stage: number, key: string): Cell | undefined {
    const writers = this.#layers.writersOf(key).filter((writer) => this.#isAncestor(writer, stage));
    return this.#layers.cell(this.#latest(writers), key);
  }

  /** The view that a stage may query beyond its declared inputs. */
  ofStage(stage: number): PipelineContext {
    return new PipelineContext({
      find: (key) => this.find(stage, key),
      keys: () => this.#keysBefore(stage),
    });
  }

  /** The whole context as it stands: each key as its last writer left it. */
  ofRun(): PipelineContext {
    return new PipelineContext({
      find: (key) => this.#layers.cell(this.#latest(this.#layers.writersOf(key)), key),
      keys: () => [...this.#layers.initialKeys(), ...this.#layers.writtenKeys()],
    });
  }

  /** A writer of the key that no dependency orders with the stage; its write would be a matter of luck. */
  unorderedWriter(stage: number, key: string): number | undefined {
    const declared = this.#pipeline.wiring.writersOf.get(key) ?? [];
    const ancestry = this.#getAncestry();
    return [...declared, ...this.#layers.writersOf(key)].find(
      (writer) => writer !== stage && !ancestry.areOrdered(writer, stage),
    );
  }

  idOf(stage: number): string {
    return this.#pipeline.graph.ids[stage] ?? '';
  }

  *#keysBefore(stage: number): Iterable<string> {
    yield* this.#layers.initialKeys();
    const mask = ancestorsMask(this.#pipeline.graph, [stage]);
    for (let writer = 0; writer < mask.length; writer++) {
      if (mask[writer] === 1) for (const cell of this.#layers.layer(writer)) yield cell.key;
    }
  }

  /** Writers of one key are ordered, so the last in topological order is the nearest. */
  #latest(writers: readonly number[]): number {
    const { rank } = this.#pipeline.graph;
    let latest = INITIAL_WRITER;
    for (const writer of writers) {
      if (latest === INITIAL_WRITER || (rank[writer] as number) > (rank[latest] as number))
        latest = writer;
    }
    return latest;
  }

  #isAncestor(writer: number, stage: number): boolean {
    return this.#getAncestry().isAncestor(writer, stage);
  }

  #getAncestry(): Ancestry {
    this.#ancestry ??= new Ancestry(this.#pipeline.graph);
    return this.#ancestry;
  }
}
