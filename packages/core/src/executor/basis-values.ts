import { type EncodedValue, encodeValue, sealValue, shortForm } from '../base/codec/index.ts';
import type { StageCode } from '../definition/pipeline-definition.ts';
import type { BoundStage } from '../pipeline/index.ts';
import { recordedCode } from '../plan/index.ts';

/** Where the store has the code description and the params of a stage. */
export interface BasisHashes {
  readonly code: string;
  readonly params: string;
  /** The params themselves where they are short. */
  readonly shortParams: string | undefined;
  /** Those of them that this session has not written yet. */
  readonly values: readonly EncodedValue[];
}

/** Describes code and params once, however many stages share them. */
export class BasisValues {
  /** By code, then by the class in it: a module may export several. */
  readonly #codes = new Map<StageCode, Map<string, EncodedValue | undefined>>();
  readonly #written = new Set<string>();

  of(stage: BoundStage): BasisHashes {
    const code = this.#codeOf(stage);
    const { recorded } = stage.params;
    const shortParams = recorded && shortForm(recorded);
    const params = recorded?.hash ?? '';
    const values: EncodedValue[] = [];
    this.#addUnwritten(values, code);
    if (shortParams === undefined) this.#addUnwritten(values, recorded);
    return { code: code?.hash ?? '', params, shortParams, values };
  }

  #addUnwritten(values: EncodedValue[], value: EncodedValue | undefined): void {
    if (value === undefined || this.#written.has(value.hash)) return;
    this.#written.add(value.hash);
    values.push(value);
  }

  #codeOf(stage: BoundStage): EncodedValue | undefined {
    const { code } = stage.definition;
    if (code === undefined) return undefined;
    const ofModule = this.#codes.get(code) ?? new Map<string, EncodedValue | undefined>();
    this.#codes.set(code, ofModule);
    const name = `${stage.blueprint.version} ${stage.definition.uses}`;
    if (ofModule.has(name)) return ofModule.get(name);
    const sealed = sealValue(recordedCode(stage), 'code');
    const encoded = sealed.ok ? encodeValue(sealed.value) : undefined;
    ofModule.set(name, encoded);
    return encoded;
  }
}
