import { invariant } from '../base/invariant.ts';
import type { BoundStage, ModelPipeline } from '../pipeline/index.ts';

export function stageAt({ stages }: ModelPipeline, index: number): BoundStage {
  const stage = stages[index];
  invariant(stage !== undefined, `there is no stage ${index}`);
  return stage;
}
