import { MemoryStore } from '../../checkpoint/index.ts';
import { type ExecuteOptions, execute } from '../../executor/testing-local/run-pipeline.ts';
import type { ModelPipeline } from '../../pipeline/index.ts';
import type { StageClass } from '../../stage/index.ts';
import type { Capsule } from '../capsule.ts';
import { capsuleText } from '../capsule-text.ts';
import { type CapsuleRequest, makeCapsule } from '../make-capsule.ts';
import { readCapsule } from '../read-capsule.ts';

type Asked = Partial<Omit<CapsuleRequest, 'runId' | 'pipeline'>> & { readonly stage: string };

/** Runs the pipeline and gives the capsule of one of its stages, as a file gives it back. */
export async function capsuleOf(
  pipeline: ModelPipeline,
  asked: Asked,
  options: ExecuteOptions = {},
): Promise<Capsule> {
  const { store = new MemoryStore() } = options;
  const { handle } = await execute(pipeline, { ...options, store });
  const made = await makeCapsule(store, { ...asked, runId: handle.id, pipeline });
  return readCapsule(textOf(made), 'the capsule');
}

export function textOf(capsule: Capsule): string {
  return [...capsuleText(capsule)].join('');
}

export function classOf(pipeline: ModelPipeline, stage: string): StageClass {
  const bound = pipeline.stages[pipeline.graph.indexById.get(stage) ?? -1];
  if (bound === undefined) throw new RangeError(`the pipeline has no stage ${stage}`);
  return bound.blueprint.stageClass;
}
