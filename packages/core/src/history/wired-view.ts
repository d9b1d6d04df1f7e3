import type { StageId } from '../base/ids.ts';
import { type Cell, ContextLayers } from '../context/index.ts';
import { StageViews } from '../executor/stage-views.ts';
import { type BoundStage, type ModelPipeline, readKeys, wiredInputs } from '../pipeline/index.ts';
import type { BasisEntry } from '../plan/index.ts';
import type { KeyVersion, KeyVersions } from './key-versions.ts';
import type { RecordedRead } from './recorded-reads.ts';

/** What a pipeline lets one of its stages see of what a run holds. */
export class WiredView {
  readonly #pipeline: ModelPipeline;
  readonly #stage: BoundStage;
  readonly #views: StageViews;
  readonly #versions: KeyVersions;
  readonly #versionOf = new Map<Cell, KeyVersion>();

  constructor(pipeline: ModelPipeline, stage: BoundStage, versions: KeyVersions) {
    this.#pipeline = pipeline;
    this.#stage = stage;
    this.#versions = versions;
    const initial: Cell[] = [];
    const written = new Map<StageId, Cell[]>();
    for (const version of [...versions.values()].flat()) {
      const { writer, cell } = version;
      this.#versionOf.set(cell, version);
      if (writer === undefined) initial.push(cell);
      else addTo(written, writer.stage, cell);
    }
    const layers = new ContextLayers(initial);
    // Nearest last, whatever the order of commit was.
    for (const index of pipeline.graph.order) {
      const cells = written.get(pipeline.stages[index]?.id as StageId);
      if (cells !== undefined) layers.add(index, cells);
    }
    this.#views = new StageViews(pipeline, layers);
  }

  /** Every key that the stage could see, as its nearest ancestor left it. */
  visible(): readonly KeyVersion[] {
    return [...this.#versions.keys()].flatMap((key) =>
      this.#told(this.#views.find(this.#stage.index, key)),
    );
  }

  /** The context key behind one of the stage's names. */
  keyOf([kind, name]: BasisEntry): string | undefined {
    if (kind === 'input') return wiredInputs(this.#pipeline, this.#stage.index).get(name)?.key;
    const keys = readKeys(this.#stage, name);
    return typeof keys === 'string' ? keys : undefined;
  }

  /** What the stage declares to read, for one of which nothing is on record. */
  declared(): readonly RecordedRead[] {
    const inputs = [...wiredInputs(this.#pipeline, this.#stage.index)];
    return inputs.map(([name, input]) => {
      const cell = this.#views.wired(this.#stage.index, input);
      const [version] = this.#told(cell);
      return { name, hash: cell?.hash ?? '', version, isKeySure: true };
    });
  }

  #told(cell: Cell | undefined): readonly KeyVersion[] {
    const version = cell && this.#versionOf.get(cell);
    return version === undefined ? [] : [version];
  }
}

function addTo(cells: Map<StageId, Cell[]>, stage: StageId, cell: Cell): void {
  const known = cells.get(stage);
  if (known === undefined) cells.set(stage, [cell]);
  else known.push(cell);
}
