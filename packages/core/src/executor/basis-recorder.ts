import type { AttemptReads } from '../attempt/index.ts';
import type { EncodedValue } from '../base/codec/index.ts';
import type { BoundStage } from '../pipeline/index.ts';
import type { StageBasis } from '../plan/index.ts';
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
    const { code, params, values } = this.#values.of(stage);
    const lookedUp = this.#reader.lookedUp(stage.index, reads);
    const isWhole = params === '' || !stage.params.isRecordedAsRead;
    const read = isWhole ? undefined : reads.params;
    return {
      basis: {
        code,
        params,
        ...(read === undefined ? {} : { read }),
        inputs: lookedUp.length === 0 ? start.inputs : [...start.inputs, ...lookedUp],
        ...(start.files.length === 0 ? {} : { files: start.files }),
      },
      values,
    };
  }

  /** For an outcome that was taken over: what its first owner read counts here too. */
  recordTaken(stage: BoundStage, start: StartBasis, from: StageBasis | undefined): ToldBasis {
    const { code, params, values } = this.#values.of(stage);
    const lookedUp = (from?.inputs ?? []).filter(([kind]) => kind === 'key' || kind === 'keys');
    return {
      basis: {
        code,
        params,
        ...(from?.read === undefined ? {} : { read: from.read }),
        inputs: [...start.inputs, ...lookedUp],
        ...(start.files.length === 0 ? {} : { files: start.files }),
      },
      values,
    };
  }
}
