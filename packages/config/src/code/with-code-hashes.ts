import type { PipelineDefinition } from '@millrace/core';
import type { StageModule } from '../uses/load-classes.ts';
import { type CodeDigest, CodeDigests } from './code-digests.ts';

interface DigestedDefinition {
  /** Each stage that comes from a module knows the digest of its code. */
  readonly definition: PipelineDefinition;
  /** By `uses`. */
  readonly code: ReadonlyMap<string, CodeDigest>;
}

/** Digests the code of every stage, so that a resume sees which of them was edited. */
export async function withCodeHashes(
  definition: PipelineDefinition,
  modules: ReadonlyMap<string, StageModule>,
  root: string,
): Promise<DigestedDefinition> {
  const digests = new CodeDigests({ root });
  const code = new Map<string, CodeDigest>();
  await Promise.all(
    Array.from(modules, async ([uses, { file }]) => code.set(uses, await digests.of(file))),
  );
  const stages = definition.stages.map((stage) => {
    const hash = [stage.uses, fallbackUses(stage)]
      .map((uses) => code.get(uses)?.hash ?? '')
      .join('');
    return hash === '' ? stage : { ...stage, codeHash: hash };
  });
  return { definition: { ...definition, stages }, code };
}

function fallbackUses({ fallback }: PipelineDefinition['stages'][number]): string {
  return fallback?.kind === 'stage' ? fallback.uses : '';
}
