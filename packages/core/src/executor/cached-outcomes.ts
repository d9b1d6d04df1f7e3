import { hash } from 'node:crypto';
import type { EncodedValue } from '../base/codec/index.ts';
import type { CheckpointStore, FoundStage, StageRecord } from '../checkpoint/index.ts';
import type { Cell } from '../context/index.ts';
import { type BoundStage, type ModelPipeline, recordedParams } from '../pipeline/index.ts';
import {
  type BasisEntry,
  changedEntries,
  type FileEntry,
  fileChanges,
  fingerprintOf,
  paramChanges,
} from '../plan/index.ts';
import type { BasisReader } from './basis-reader.ts';
import { keptCells } from './kept-cells.ts';
import type { RecordedValues } from './recorded-values.ts';
import type { StageViews } from './stage-views.ts';
import { isCorruptCheckpoint, loadCells } from './stored-cell.ts';

/** An outcome that stands for a stage, sound to the last value: of another run, or of an older version. */
export interface CachedOutcome extends FoundStage {
  readonly cells: readonly Cell[];
  /** Of a migrated one, what is still to be written. */
  readonly values?: readonly EncodedValue[];
}

interface CachedOutcomesParts {
  readonly store: CheckpointStore;
  readonly pipeline: ModelPipeline;
  readonly views: StageViews;
  readonly basis: BasisReader;
  readonly recorded: RecordedValues;
}

/** So many of the newest outcomes with the same code and inputs are looked at for one with the same params. */
const MOST_CANDIDATES = 20;

/** Finds outcomes of earlier runs for stages whose author says that they depend on nothing else. */
export class CachedOutcomes {
  readonly #parts: CachedOutcomesParts;

  constructor(parts: CachedOutcomesParts) {
    this.#parts = parts;
  }

  /**
   * @param inputs declared inputs as they are now
   * @param files its files as they are now
   */
  async find(
    stage: BoundStage,
    inputs: readonly BasisEntry[],
    files: readonly FileEntry[],
  ): Promise<CachedOutcome | undefined> {
    const { store, pipeline } = this.#parts;
    const key = cacheKeyOf(pipeline, stage, inputs);
    if (key === undefined) return undefined;
    for (const found of await store.findStages(key, MOST_CANDIDATES)) {
      if (this.#clashes(stage, found.record)) continue;
      if (!(await this.#fits(stage, found.record, files))) continue;
      const cells = await this.#soundCells(stage, found.record);
      if (cells !== undefined) return { ...found, cells };
    }
    return undefined;
  }

  async #fits(
    stage: BoundStage,
    { basis, fingerprint }: StageRecord,
    files: readonly FileEntry[],
  ): Promise<boolean> {
    if (basis === undefined) return false;
    const { pipeline, basis: reader, recorded } = this.#parts;
    if (basis.params !== stage.params.hash) {
      const before =
        basis.params === '' ? {} : await recorded.load(basis.params, basis.shortParams);
      if (
        before === undefined ||
        paramChanges(before, recordedParams(stage), basis.read).length > 0
      )
        return false;
    }
    if (fileChanges(basis.files, files).length > 0) return false;
    if (partsBeside(fingerprint) !== partsBeside(fingerprintOf(pipeline, stage.index)))
      return false;
    const read = basis.inputs.filter(([kind]) => kind !== 'needs');
    return changedEntries(read, reader.entries(stage.index, read)).length === 0;
  }

  /** In this pipeline another stage may write what nobody else wrote in that one. */
  #clashes({ index, blueprint }: BoundStage, { writes }: StageRecord): boolean {
    return blueprint.outputs === undefined && this.#parts.views.hasRival(index, writes);
  }

  /** Every value is read now: a damaged or missing one makes the stage run. */
  async #soundCells(stage: BoundStage, record: StageRecord): Promise<readonly Cell[] | undefined> {
    const { store, views } = this.#parts;
    const cells = keptCells(store, views, stage.index, { ...record, stage: stage.id });
    try {
      await loadCells(cells);
      return cells;
    } catch (error) {
      if (isCorruptCheckpoint(error)) return undefined;
      throw error;
    }
  }
}

/**
 * By what other runs find the outcome of a cacheable stage: its code, its output keys and the values of its
 * inputs. Undefined for a stage that is not cacheable, or of whose code nothing is known.
 */
export function cacheKeyOf(
  pipeline: ModelPipeline,
  stage: BoundStage,
  inputs: readonly BasisEntry[],
): string | undefined {
  const { options, definition, blueprint } = stage;
  const isKnown = definition.code !== undefined || blueprint.spec.version !== undefined;
  if (!options.cacheable || !isKnown) return undefined;
  const read = inputs.filter(([kind]) => kind === 'input');
  return hash(
    'sha256',
    JSON.stringify([partsBeside(fingerprintOf(pipeline, stage.index)), read]),
  ).slice(0, 32);
}

/** Code and wiring: params are compared by what was read of them. */
function partsBeside(fingerprint: string): string {
  const [code, , wiring] = fingerprint.split('.');
  return `${code}.${wiring}`;
}
