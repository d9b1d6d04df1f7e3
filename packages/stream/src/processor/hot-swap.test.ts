import { expect, test } from '@jest/globals';
import { definePipeline, PipelineStage, type StageScope, VirtualClock, z } from '@millrace/core';
import type { StreamEvent } from '../watch/stream-event.ts';
import { StreamProcessor } from './stream-processor.ts';

interface Model {
  readonly version: number;
  predict(n: number): number;
}

const modelOf = (version: number): Model => ({ version, predict: (n) => n * version });

const lives: string[] = [];

class Features extends PipelineStage.of({
  inputs: z.object({ message: z.number(), model: z.custom<Model>() }),
  outputs: z.object({ before: z.number() }),
}) {
  async run({ inputs, sleep }: StageScope<typeof Features>) {
    await sleep(10);
    return { before: inputs.model.version };
  }
}

class Predict extends PipelineStage.of({
  params: z.object({ name: z.string(), breaks: z.boolean().default(false) }),
  inputs: z.object({ message: z.number(), before: z.number(), model: z.custom<Model>() }),
  outputs: z.object({ prediction: z.number(), after: z.number(), by: z.string() }),
}) {
  override setup({
    params,
  }: {
    readonly params: { readonly name: string; readonly breaks: boolean };
  }) {
    if (params.breaks) throw new Error('no memory left');
    lives.push(`${params.name} set up`);
  }

  async run({ inputs, params, sleep }: StageScope<typeof Predict>) {
    await sleep(10);
    const { model, message } = inputs;
    return { prediction: model.predict(message), after: model.version, by: params.name };
  }

  override teardown({ params }: { readonly params: { readonly name: string } }) {
    lives.push(`${params.name} torn down`);
  }
}

const pipeline = definePipeline({
  name: 'predict',
  inputs: ['message', 'model'],
  stages: {
    features: { stage: Features },
    predict: { stage: Predict, needs: ['features'], with: { name: 'old' } },
  },
});

async function begin() {
  lives.length = 0;
  const clock = new VirtualClock();
  const processor = new StreamProcessor<number>({
    pipeline,
    clock,
    values: { model: modelOf(1) },
    settings: { concurrency: 100, deduplication: false },
  });
  await processor.start();
  return { clock, processor };
}

test('under load every message sees one version of a value, and none is dropped', async () => {
  const { clock, processor } = await begin();
  const pushed = [];
  for (let n = 0; n < 300; n++) {
    pushed.push(processor.push({ id: String(n), value: n }));
    await clock.advance(1);
    if (n % 7 === 0) await processor.hotSwap({ values: { model: modelOf(n + 2) } });
  }
  await clock.advance(100);
  const outcomes = await Promise.all(pushed);
  expect(processor.counts).toMatchObject({ received: 300, statuses: { done: 300 } });
  const mixed = outcomes.filter(({ outputs }) => outputs.before !== outputs.after);
  expect(mixed).toEqual([]);
  expect(new Set(outcomes.map(({ outputs }) => outputs.after)).size).toBeGreaterThan(40);
  await processor.stop();
});

test('an old stage is torn down when its last message has ended, and not before', async () => {
  const { clock, processor } = await begin();
  const first = processor.push({ id: 'a', value: 1 });
  await clock.advance(1);
  await processor.hotSwap({ stages: { predict: { with: { name: 'new' } } } });
  const second = processor.push({ id: 'b', value: 1 });
  expect(lives).toEqual(['old set up', 'new set up']);
  await clock.advance(50);
  expect([(await first).outputs.by, (await second).outputs.by]).toEqual(['old', 'new']);
  expect([(await first).generation, (await second).generation]).toEqual([1, 2]);
  expect(lives).toEqual(['old set up', 'new set up', 'old torn down']);
  await processor.stop();
  expect(lives.at(-1)).toBe('new torn down');
});

test('a swap that cannot be set up leaves all as it was', async () => {
  const { clock, processor } = await begin();
  await expect(
    processor.hotSwap({ stages: { predict: { with: { name: 'broken', breaks: true } } } }),
  ).rejects.toMatchObject({ code: 'STREAM_SETUP_FAILED' });
  await expect(
    processor.hotSwap({ stages: { predict: { with: { nam: 'typo' } } } }),
  ).rejects.toMatchObject({ code: 'PIPELINE_INVALID' });
  await expect(processor.hotSwap({ stages: { predikt: {} } })).rejects.toThrow(
    'the stream has no stage "predikt" to swap; it has "features", "predict"',
  );
  await expect(processor.hotSwap({ values: { modell: 1 } })).rejects.toMatchObject({
    code: 'STREAM_SWAP_REFUSED',
    help: expect.stringContaining('model'),
  });
  const pushed = processor.push({ id: 'a', value: 1 });
  await clock.advance(50);
  expect(await pushed).toMatchObject({ generation: 1, outputs: { by: 'old' } });
  await processor.stop();
});

test('an instance that the caller made serves in the place of a stage', async () => {
  const { clock, processor } = await begin();
  const events: StreamEvent[] = [];
  processor.on((event) => events.push(event));
  class Fixed extends Predict {
    override async run() {
      return { prediction: 7, after: 1, by: 'instance' };
    }
  }
  await processor.hotSwap({
    stages: { predict: { instance: new Fixed(), with: { name: 'own' } } },
  });
  expect(events.at(-1)).toMatchObject({
    type: 'stages.swapped',
    generation: 2,
    stages: ['predict'],
  });
  const pushed = processor.push({ id: 'a', value: 1 });
  await clock.advance(50);
  expect((await pushed).outputs).toMatchObject({ prediction: 7, by: 'instance' });
  await processor.stop();
});

test('what was swapped stays swapped over a stop and a start', async () => {
  const { clock, processor } = await begin();
  await processor.hotSwap({ values: { model: modelOf(9) } });
  await processor.stop();
  await processor.start();
  const pushed = processor.push({ id: 'a', value: 2 });
  await clock.advance(50);
  expect((await pushed).outputs.prediction).toBe(18);
  await processor.stop();
});
