import { isStageClass } from '@millrace/core';

/** What a stage class declares to read and write; undefined for a part of which it declares nothing. */
export interface DeclaredKeys {
  readonly inputs: readonly string[] | undefined;
  /** Inputs, and what it updates. */
  readonly readable: readonly string[] | undefined;
  readonly outputs: readonly string[] | undefined;
}

/** Undefined for what is no stage class, which is reported elsewhere. */
export function declaredKeys(stageClass: unknown): DeclaredKeys | undefined {
  if (!isStageClass(stageClass)) return undefined;
  const { inputs, updates, outputs } = stageClass.spec ?? {};
  const known = inputs && Object.keys(inputs.shape);
  return {
    inputs: known,
    readable: known && [...known, ...Object.keys(updates?.shape ?? {})],
    outputs: outputs && Object.keys(outputs.shape),
  };
}
