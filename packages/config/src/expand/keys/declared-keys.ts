import { isStageClass, type StageSpec, z } from '@millrace/core';

/** What a stage class declares to read and write; undefined for a part of which it declares nothing. */
export interface DeclaredKeys {
  readonly inputs: readonly string[] | undefined;
  /** Inputs, and what it updates. */
  readonly readable: readonly string[] | undefined;
  readonly outputs: readonly string[] | undefined;
  /** Names of params, where a schema knows them all. */
  readonly params: readonly string[] | undefined;
}

/** Undefined for what is no stage class, which is reported elsewhere. */
export function declaredKeys(stageClass: unknown): DeclaredKeys | undefined {
  if (!isStageClass(stageClass)) return undefined;
  const { inputs, updates, outputs, params } = stageClass.spec ?? {};
  const known = keysOf(inputs);
  return {
    inputs: known,
    readable: known && [...known, ...(keysOf(updates) ?? [])],
    outputs: keysOf(outputs),
    params: closedKeysOf(params),
  };
}

/** What is no such schema is refused when the stage is bound. */
function keysOf(schema: StageSpec['inputs']): readonly string[] | undefined {
  return schema && Object.keys(schema.shape ?? {});
}

/** A schema that lets other keys through, or makes something else of them, says nothing of what there is. */
function closedKeysOf(schema: StageSpec['params']): readonly string[] | undefined {
  if (!(schema instanceof z.ZodObject)) return undefined;
  const { catchall } = schema.def;
  const isClosed = catchall === undefined || catchall instanceof z.ZodNever;
  return isClosed ? Object.keys(schema.shape) : undefined;
}
