import type { CheckpointStore } from '../checkpoint/index.ts';
import type { ModelPipeline } from '../pipeline/index.ts';

/** Past so many stages the depth alone orders them: reading history would cost more than it saves. */
const MOST_STAGES = 2000;

/** How long each stage took in the newest run of the pipeline that ended well. */
export async function pastDurations(
  store: CheckpointStore,
  pipeline: ModelPipeline,
): Promise<ReadonlyMap<string, number>> {
  if (pipeline.graph.count > MOST_STAGES) return new Map();
  const [newest] = await store.listRuns({
    pipeline: pipeline.name,
    statuses: ['succeeded', 'degraded'],
    limit: 1,
  });
  if (newest === undefined) return new Map();
  const stages = await store.loadStages(newest.id);
  return new Map(stages.map(({ stage, durationMs }) => [stage, durationMs]));
}
