import { type EncodedValue, encodeValue, sealValue } from '../base/codec/index.ts';
import type { StageCode } from '../definition/pipeline-definition.ts';
import type { BoundStage } from '../pipeline/index.ts';
import { recordedCode } from '../plan/index.ts';

/** Where the store has the code description and the params of a stage. */
export interface BasisHashes {
  readonly code: string;
  readonly params: string;
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
    const values: EncodedValue[] = [];
    for (const value of [code, recorded]) {
      if (value === undefined || this.#written.has(value.hash)) continue;
      this.#written.add(value.hash);
      values.push(value);
    }
    return { code: code?.hash ?? '', params: recorded?.hash ?? '', values };
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
