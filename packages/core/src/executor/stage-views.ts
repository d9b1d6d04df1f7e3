import {
  type Cell,
  type ContextLayers,
  INITIAL_WRITER,
  PipelineContext,
} from '../context/index.ts';
import { Ancestry, ancestorsMask } from '../graph/index.ts';
import {
  ABSENT,
  type BoundStage,
  FROM_INITIAL,
  LOOKED_UP,
  type ModelPipeline,
  readKeys,
  type WiredInput,
} from '../pipeline/index.ts';

/** Finds what each stage sees: the initial keys and the writes of its ancestors, nearest first. */
export class StageViews {
  readonly #pipeline: ModelPipeline;
  readonly #layers: ContextLayers;
  readonly #isOrdered: boolean;
  /** Who wrote a key last, of the stages whose writes no wiring knows. */
  readonly #lastClaims = new Map<string, number>();
  #ancestry: Ancestry | undefined;

  /** @param isOrdered false when a writer of a key may be added to the layers before one of its ancestors */
  constructor(pipeline: ModelPipeline, layers: ContextLayers, isOrdered = true) {
    this.#pipeline = pipeline;
    this.#layers = layers;
    this.#isOrdered = isOrdered;
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
    const writers = this.#layers.writersOf(key);
    if (!this.#isOrdered) {
      const above = writers.filter((writer) => this.#getAncestry().isAncestor(writer, stage));
      return this.#layers.cell(this.#latest(above), key);
    }
    // Writers of one key are ordered and commit in that order, so the last ancestor is the nearest.
    for (let at = writers.length - 1; at >= 0; at--) {
      const writer = writers[at] as number;
      if (this.#getAncestry().isAncestor(writer, stage)) return this.#layers.cell(writer, key);
    }
    return this.#layers.cell(INITIAL_WRITER, key);
  }

  /** The view that a stage may query beyond its declared inputs. */
  ofStage(stage: number): PipelineContext {
    const bound = this.#pipeline.stages[stage];
    const namespace = bound?.definition.namespace;
    if (bound === undefined || namespace === undefined) {
      return new PipelineContext({
        find: (key) => this.find(stage, key),
        keys: () => this.#keysBefore(stage),
      });
    }
    return new PipelineContext({
      find: (name) => {
        const key = readKeys(bound, name);
        return typeof key === 'string' ? this.find(stage, key) : undefined;
      },
      keys: () => this.#namesWithin(stage, namespace, bound.reads),
    });
  }

  /** As a stage of a pipeline within a pipeline names them: its own keys, and those it is given from outside. */
  *#namesWithin(stage: number, namespace: string, reads: BoundStage['reads']): Iterable<string> {
    for (const [name, key] of reads) if (typeof key === 'string') yield name;
    for (const key of this.#keysBefore(stage)) {
      if (key.startsWith(namespace)) yield key.slice(namespace.length);
    }
  }

  /** The whole context as it stands: each key as its last writer left it. */
  ofRun(): PipelineContext {
    return new PipelineContext({
      find: (key) => this.#layers.cell(this.#latest(this.#layers.writersOf(key)), key),
      keys: () => [...this.#layers.initialKeys(), ...this.#layers.writtenKeys()],
    });
  }

  /**
   * Another writer of the key that no dependency orders with the stage: which of the two is read would be
   * a matter of luck. Writers of one key are each an ancestor of the next, so the neighbours tell of all.
   */
  unorderedWriter(stage: number, key: string): number | undefined {
    const ancestry = this.#getAncestry();
    const isRival = (writer: number | undefined): boolean =>
      writer !== undefined && writer !== stage && !ancestry.areOrdered(writer, stage);
    const declared = this.#pipeline.wiring.writersOf.get(key) ?? [];
    const { rank } = this.#pipeline.graph;
    const after = declared.findIndex(
      (writer) => (rank[writer] as number) > (rank[stage] as number),
    );
    const neighbours = [
      declared[(after === -1 ? declared.length : after) - 1],
      declared[after],
      this.#lastClaims.get(key) ?? this.#layers.writersOf(key).at(-1),
    ];
    return neighbours.find(isRival);
  }

  /** Whether another stage writes one of the keys, and nothing orders the two. */
  hasRival(stage: number, writes: readonly Pick<Cell, 'key'>[]): boolean {
    return writes.some(({ key }) => this.unorderedWriter(stage, key) !== undefined);
  }

  /**
   * The stage is about to write the keys. Its commit may still be under way when another stage asks for
   * rivals, so what was applied to the layers is not enough.
   */
  claim(stage: number, keys: Iterable<string>): void {
    for (const key of keys) this.#lastClaims.set(key, stage);
  }

  /** The same for a checkpoint that stands for the stage, unless its writes are declared. */
  claimUndeclared({ index, blueprint }: BoundStage, writes: readonly Pick<Cell, 'key'>[]): void {
    if (blueprint.outputs !== undefined) return;
    this.claim(
      index,
      writes.map(({ key }) => key),
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

  #getAncestry(): Ancestry {
    this.#ancestry ??= new Ancestry(this.#pipeline.graph);
    return this.#ancestry;
  }
}
