import type { PipelineDefinition, StageDefinition } from '@millrace/core';
import type { StageModule } from '../uses/load-classes.ts';
import { type CodeDigest, CodeDigests } from './code-digests.ts';

interface DigestedDefinition {
  /** Each stage that comes from a module knows its code. */
  readonly definition: PipelineDefinition;
  /** By `uses`. */
  readonly code: ReadonlyMap<string, CodeDigest>;
}

/** Digests the code of every stage, so that a resume sees which of them was edited. */
export async function withCode(
  definition: PipelineDefinition,
  modules: ReadonlyMap<string, StageModule>,
  root: string,
): Promise<DigestedDefinition> {
  const digests = new CodeDigests({ root });
  const code = new Map<string, CodeDigest>();
  await Promise.all(
    Array.from(modules, async ([uses, { file }]) => code.set(uses, await digests.of(file))),
  );
  const stages = definition.stages.map((stage) => toldCode(stage, code));
  return { definition: { ...definition, stages }, code };
}

function toldCode(stage: StageDefinition, code: ReadonlyMap<string, CodeDigest>): StageDefinition {
  const own = code.get(stage.uses);
  const { fallback } = stage;
  const standIn = fallback?.kind === 'stage' ? code.get(fallback.uses) : undefined;
  return {
    ...stage,
    ...(own === undefined ? {} : { code: own }),
    ...(fallback?.kind === 'stage' && standIn !== undefined
      ? { fallback: { ...fallback, code: standIn } }
      : {}),
  };
}
