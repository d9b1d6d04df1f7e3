import { existsSync, globSync } from 'node:fs';
import type { StageClass } from '@millrace/core';
import type { BoundStage } from './bound-stage.ts';
import { conditionFault } from './condition.ts';
import type { Faults } from './fault.ts';
import type { KnownClasses } from './known-classes.ts';
import { isMap, isText, mapOf, textsOf } from './plain.ts';
import { namesOf, unknownKey } from './schema-keys.ts';

/** Checks what one stage says of its own class. */
export function checkStage(stage: BoundStage, classes: KnownClasses, faults: Faults): void {
  const { id, member, stageClass } = stage;
  const { fields } = member;
  const found = [
    paramsFault(stageClass, fields.with ?? {}),
    ...renameFaults(stage),
    fallbackFault(stageClass, fields.fallback, classes),
    ...textsOf(fields.files).map(fileFault),
    isText(fields.when)
      ? conditionFault(fields.when, {
          params: namesOf(stageClass.spec.params),
          inputs: stage.inputs,
        })
      : undefined,
  ];
  for (const fault of found) if (fault !== undefined) faults.add(fault, id);
}

function paramsFault({ spec: { params } }: StageClass, given: unknown): string | undefined {
  if (params === undefined) return undefined;
  const parsed = params.safeParse(given);
  if (!parsed.success) return `params: ${parsed.error.issues[0]?.message}`;
  const unknown = unknownKey(params, given);
  return unknown && `params: unknown ${unknown}`;
}

function renameFaults({ member, inputs, updates, outputs, stageClass }: BoundStage): string[] {
  const readable = [...inputs, ...updates];
  const reads = Object.keys(mapOf(member.fields.reads));
  const writes = Object.keys(mapOf(member.fields.writes));
  const isOpen = stageClass.spec.inputs === undefined;
  return [
    ...(isOpen ? [] : reads.filter((name) => !readable.includes(name))),
    ...writes.filter((name) => outputs?.includes(name) === false),
  ].map((name) => `no input or output ${name}`);
}

function fallbackFault(
  { spec }: StageClass,
  fallback: unknown,
  classes: KnownClasses,
): string | undefined {
  if (!isMap(fallback)) return undefined;
  if (!isText(fallback.uses)) {
    const parsed = spec.outputs?.strict().safeParse(fallback);
    return parsed?.success === false ? `fallback: ${parsed.error.issues[0]?.message}` : undefined;
  }
  const other = classes.find(fallback.uses);
  if (other === undefined) return `fallback: no class ${fallback.uses}`;
  const inputs = Object.keys(spec.inputs?.shape ?? {});
  const outputs = Object.keys(spec.outputs?.shape ?? {});
  const isFit =
    Object.keys(other.spec.inputs?.shape ?? {}).every((name) => inputs.includes(name)) &&
    Object.keys(other.spec.outputs?.shape ?? {}).join() === outputs.join();
  return isFit ? paramsFault(other, fallback.with ?? {}) : 'fallback: another kind of stage';
}

function fileFault(file: string): string | undefined {
  const isThere = /[*?[{]/.test(file) ? globSync(file).length > 0 : existsSync(file);
  return isThere ? undefined : `no file ${file}`;
}
