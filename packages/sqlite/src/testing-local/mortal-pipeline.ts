import { appendFileSync } from 'node:fs';
import {
  definePipeline,
  type ModelPipeline,
  PipelineStage,
  type StageScope,
  z,
} from '@millrace/core';

/** Where each stage notes that it ran, one id a line; set before the pipeline runs. */
let executionsFile: string | undefined;

export function noteExecutionsIn(file: string): void {
  executionsFile = file;
}

function noteExecution(stage: string): void {
  if (executionsFile !== undefined) appendFileSync(executionsFile, `${stage}\n`);
}

const LARGE_BYTES = 1_500_000;

class Source extends PipelineStage.of({
  outputs: z.object({ prices: z.array(z.number()), book: z.record(z.string(), z.number()) }),
}) {
  async run({ stageId }: StageScope<typeof Source>) {
    noteExecution(stageId);
    return { prices: [1, 2, 3], book: { cash: 10 } };
  }
}

/** Writes a value that goes to a file of its own. */
class Large extends PipelineStage.of({ outputs: z.object({ large: z.instanceof(Uint8Array) }) }) {
  async run({ stageId }: StageScope<typeof Large>) {
    noteExecution(stageId);
    return { large: new Uint8Array(LARGE_BYTES).fill(7) };
  }
}

class Buy extends PipelineStage.of({
  inputs: z.object({ prices: z.array(z.number()) }),
  updates: z.object({ book: z.record(z.string(), z.number()) }),
  outputs: z.object({ bought: z.instanceof(Map) }),
}) {
  async run({ inputs, context, stageId }: StageScope<typeof Buy>) {
    noteExecution(stageId);
    context.update((draft) => {
      draft.book.shares = inputs.prices.length;
    });
    return { bought: new Map([['at', new Date(0)]]) };
  }
}

/** Fails once in each process, so that every session holds a retry. */
class Flaky extends PipelineStage.of({
  outputs: z.object({ flaky: z.string() }),
  retry: { attempts: 3, delay: '1ms', jitter: false },
}) {
  static #calls = 0;

  async run({ stageId }: StageScope<typeof Flaky>) {
    if (Flaky.#calls++ === 0) throw new TypeError('the first call fails');
    noteExecution(stageId);
    return { flaky: 'in the end' };
  }
}

class Broken extends PipelineStage.of({ outputs: z.object({ extra: z.number() }) }) {
  async run(): Promise<{ extra: number }> {
    throw new TypeError('always');
  }
}

class Total extends PipelineStage.of({
  inputs: z.object({
    book: z.record(z.string(), z.number()),
    large: z.instanceof(Uint8Array),
    flaky: z.string(),
    extra: z.number(),
  }),
  outputs: z.object({ total: z.number() }),
}) {
  async run({ inputs, stageId }: StageScope<typeof Total>) {
    noteExecution(stageId);
    const { book, large, flaky, extra } = inputs;
    return { total: (book.shares ?? 0) + (book.cash ?? 0) + large.length + flaky.length + extra };
  }
}

/** Holds what a commit can hold: outputs, patches, a large value, a retry and a fallback. */
export function mortalPipeline(): ModelPipeline {
  return definePipeline({
    name: 'mortal',
    concurrency: 2,
    stages: {
      source: { stage: Source },
      large: { stage: Large },
      flaky: { stage: Flaky },
      broken: { stage: Broken, critical: false, fallback: { extra: 5 } },
      buy: { stage: Buy, needs: ['source'] },
      total: { stage: Total, needs: ['buy', 'large', 'flaky', 'broken'] },
    },
  });
}
