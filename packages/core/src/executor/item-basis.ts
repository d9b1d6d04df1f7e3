import type { AttemptReads } from '../attempt/index.ts';
import {
  type EncodedValue,
  encodeValue,
  type SealedValue,
  sealValue,
} from '../base/codec/index.ts';
import { invariant } from '../base/invariant.ts';
import { type BoundStage, type ModelPipeline, recordedParams } from '../pipeline/index.ts';
import {
  type BasisEntry,
  changedEntries,
  fingerprintOf,
  ownChanges,
  recordedCode,
  type StageBasis,
} from '../plan/index.ts';
import type { BasisReader } from './basis-reader.ts';
import { sharedInputs } from './shared-inputs.ts';
import type { StartBasis } from './stage-gate.ts';

/** What the result of an item rests on beside the item itself, with all that is needed to compare it. */
interface ItemBasis {
  readonly fingerprint: string;
  readonly basis: StageBasis;
  readonly code: unknown;
  readonly params: unknown;
}

interface ItemBasesParts {
  readonly pipeline: ModelPipeline;
  readonly stage: BoundStage;
  readonly start: StartBasis;
  readonly reader: BasisReader;
}

/** Tells what the items of one attempt rest on, and whether results of earlier attempts rest on the same. */
export class ItemBases {
  readonly #parts: ItemBasesParts;
  readonly #inputs: readonly BasisEntry[];
  #told: { readonly reads: AttemptReads; readonly value: EncodedValue } | undefined;

  constructor(parts: ItemBasesParts) {
    this.#parts = parts;
    this.#inputs = sharedInputs(parts);
  }

  /** @param reads what the attempt has looked at so far: the same object as long as it is the same */
  valueOf(reads: AttemptReads): EncodedValue {
    if (this.#told?.reads === reads) return this.#told.value;
    const { pipeline, stage, start } = this.#parts;
    const { params } = stage;
    const basis: ItemBasis = {
      fingerprint: fingerprintOf(pipeline, stage.index),
      basis: {
        code: 'code',
        params: params.recorded === undefined ? '' : 'params',
        ...(params.isRecordedAsRead && reads.params !== undefined ? { read: reads.params } : {}),
        inputs: this.#inputs,
        ...(start.files.length === 0 ? {} : { files: start.files }),
      },
      code: stage.definition.code === undefined ? undefined : recordedCode(stage),
      params: recordedParams(stage),
    };
    const sealed = sealValue(basis, 'basis');
    invariant(sealed.ok, 'the basis of an item cannot be stored');
    this.#told = { reads, value: encodeValue(sealed.value) };
    return this.#told.value;
  }

  /** Whether results that rest on what was told then still stand. */
  stands({ value }: SealedValue): boolean {
    const { fingerprint, basis, code, params } = value as ItemBasis;
    const { pipeline, stage, start } = this.#parts;
    const recorded = (name: string): unknown => (name === 'code' ? code : params);
    const changes = ownChanges(
      stage,
      { fingerprint, basis },
      { pipeline, recorded, files: start.files },
    );
    return changes.length === 0 && changedEntries(basis.inputs, this.#inputs).length === 0;
  }
}
