import { join } from 'node:path';
import {
  type CheckpointStore,
  type Durability,
  definePipeline,
  MemoryStore,
  PipelineExecutor,
  PipelineStage,
  type StageScope,
  z,
} from '@millrace/core';
import { openSqliteStore } from '@millrace/sqlite';
import type { Adapter } from '../adapter.ts';
import { combine, digestOf, type Workload } from '../workload.ts';

/** Three inputs at most, as in the workloads; each is checked by zod, and so is the output. */
class Combine extends PipelineStage.of({
  params: z.object({ place: z.int() }),
  inputs: z.object({
    first: z.int().optional(),
    second: z.int().optional(),
    third: z.int().optional(),
  }),
  outputs: z.object({ value: z.int() }),
}) {
  async run({ inputs, params }: StageScope<typeof Combine>) {
    const before = [inputs.first, inputs.second, inputs.third].filter((one) => one !== undefined);
    return { value: combine(params.place, before) };
  }
}

/** Joins any number of stages: what it reads it takes from the context. */
class Join extends PipelineStage.of({
  params: z.object({ place: z.int(), keys: z.array(z.string()) }),
  outputs: z.object({ value: z.int() }),
}) {
  async run({ context, params }: StageScope<typeof Join>) {
    return {
      value: combine(
        params.place,
        params.keys.map((key) => Number(context.get(key))),
      ),
    };
  }
}

const INPUT_NAMES = ['first', 'second', 'third'] as const;

function toPipeline({ name, nodes }: Workload) {
  return definePipeline({
    name,
    stages: nodes.map(({ id, needs }, place) => {
      const keys = needs.map((need) => `value-${need}`);
      const writes = { value: `value-${id}` };
      if (needs.length > INPUT_NAMES.length) {
        return { id, stage: Join, needs: [...needs], with: { place, keys }, writes };
      }
      const reads = Object.fromEntries(keys.map((key, at) => [INPUT_NAMES[at], key]));
      return { id, stage: Combine, needs: [...needs], with: { place }, reads, writes };
    }),
  });
}

function millrace(
  open: (folder: string) => CheckpointStore | Promise<CheckpointStore>,
  durability: Durability,
): Adapter {
  return {
    async run(workload, folder) {
      const pipeline = toPipeline(workload);
      const store = await open(folder);
      const executor = new PipelineExecutor({ store });
      const began = performance.now();
      const handle = await executor.start(pipeline, { durability });
      const result = await handle.result;
      const milliseconds = performance.now() - began;
      const values = workload.nodes.map(({ id }) => Number(result.context.get(`value-${id}`)));
      await store.close();
      return { milliseconds, digest: digestOf(values) };
    },
  };
}

export const millraceMemory = millrace(() => new MemoryStore(), 'strict');
export const millraceStrict = millrace(
  (folder) => openSqliteStore(join(folder, 'millrace.db')),
  'strict',
);
export const millracePipelined = millrace(
  (folder) => openSqliteStore(join(folder, 'millrace.db')),
  'pipelined',
);
