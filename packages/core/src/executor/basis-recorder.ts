import type { AttemptReads } from '../attempt/index.ts';
import type { EncodedValue } from '../base/codec/index.ts';
import type { Mutable } from '../base/mutable.ts';
import type { BoundStage } from '../pipeline/index.ts';
import type { BasisEntry, StageBasis } from '../plan/index.ts';
import type { BasisReader } from './basis-reader.ts';
import { BasisValues } from './basis-values.ts';
import type { StartBasis } from './stage-gate.ts';

/** A basis, and what of it is still to be written. */
export interface ToldBasis {
  readonly basis: StageBasis;
  readonly values: readonly EncodedValue[];
}

/** Puts together what the outcome of a stage rests on. */
export class BasisRecorder {
  readonly #reader: BasisReader;
  readonly #values = new BasisValues();

  constructor(reader: BasisReader) {
    this.#reader = reader;
  }

  record(stage: BoundStage, start: StartBasis, reads: AttemptReads): ToldBasis {
    const read = stage.params.isRecordedAsRead ? reads.params : undefined;
    return this.#told(stage, start, read, this.#reader.lookedUp(stage.index, reads));
  }

  /** For an outcome that was taken over: what its first owner read counts here too. */
  recordTaken(stage: BoundStage, start: StartBasis, from: StageBasis | undefined): ToldBasis {
    const lookedUp = (from?.inputs ?? []).filter(([kind]) => kind === 'key' || kind === 'keys');
    return this.#told(stage, start, from?.read, lookedUp);
  }

  #told(
    stage: BoundStage,
    { inputs, files }: StartBasis,
    read: StageBasis['read'],
    lookedUp: readonly BasisEntry[],
  ): ToldBasis {
    const { code, params, shortParams, values } = this.#values.of(stage);
    const basis: Mutable<StageBasis> = {
      code,
      params,
      inputs: lookedUp.length === 0 ? inputs : [...inputs, ...lookedUp],
    };
    if (shortParams !== undefined) basis.shortParams = shortParams;
    if (params !== '' && read !== undefined) basis.read = read;
    if (files.length > 0) basis.files = files;
    return { basis, values };
  }
}
