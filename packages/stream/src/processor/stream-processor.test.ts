import { expect, test } from '@jest/globals';
import { definePipeline, PipelineStage, type StageScope, VirtualClock, z } from '@millrace/core';
import { CollectingSink } from '../message/collecting-sink.ts';
import { iterableSource } from '../message/iterable-source.ts';
import type { MessageOutcome } from '../message/message-outcome.ts';
import { StreamProcessor } from './stream-processor.ts';

class Double extends PipelineStage.of({
  inputs: z.object({ message: z.number() }),
  outputs: z.object({ doubled: z.number() }),
}) {
  run({ inputs }: StageScope<typeof Double>) {
    return { doubled: inputs.message * 2 };
  }
}

class Add extends PipelineStage.of({
  params: z.object({ by: z.number().default(1) }),
  inputs: z.object({ doubled: z.number() }),
  outputs: z.object({ sum: z.number() }),
}) {
  async run({ inputs, params }: StageScope<typeof Add>) {
    return { sum: inputs.doubled + params.by };
  }
}

const pipeline = definePipeline({
  name: 'sums',
  inputs: ['message'],
  stages: { double: { stage: Double }, add: { stage: Add, needs: ['double'] } },
});

test('messages of a source go through the pipeline and reach the sink in order', async () => {
  const sink = new CollectingSink<MessageOutcome>();
  const processor = new StreamProcessor({
    pipeline,
    source: iterableSource([1, 2, 3]),
    sink,
    clock: new VirtualClock(),
  });
  await processor.start();
  const end = await processor.finished;
  expect(end).toMatchObject({ reason: 'source-ended' });
  expect(end.counts).toEqual({
    received: 3,
    statuses: { done: 3 },
    queued: 0,
    running: 0,
    buffered: 0,
    unsent: 0,
  });
  expect(sink.messages.map(({ id, value }) => [id, (value as MessageOutcome).outputs])).toEqual([
    ['0', { doubled: 2, sum: 3 }],
    ['1', { doubled: 4, sum: 5 }],
    ['2', { doubled: 6, sum: 7 }],
  ]);
});

test('a swap of params serves the messages after it', async () => {
  const processor = new StreamProcessor({ pipeline, clock: new VirtualClock() });
  await processor.start();
  const before = await processor.push({ id: 'a', value: 1 });
  expect(await processor.hotSwap({ stages: { add: { with: { by: 10 } } } })).toBe(2);
  const after = await processor.push({ id: 'b', value: 1 });
  expect([before, after].map(({ outputs, generation }) => [outputs.sum, generation])).toEqual([
    [3, 1],
    [12, 2],
  ]);
  await processor.stop();
  expect(processor.state).toBe('stopped');
});

test('a stream that a listener starts again as soon as it has stopped has an end of its own', async () => {
  const processor = new StreamProcessor({ pipeline, clock: new VirtualClock() });
  const reasons: string[] = [];
  let restarted: Promise<void> | undefined;
  processor.on(({ type }) => {
    if (type === 'stream.stopped') restarted ??= processor.start();
  });
  await processor.start();
  await processor.stop();
  await restarted;
  processor.finished.then(({ reason }) => reasons.push(reason));
  expect((await processor.push({ id: 'a', value: 1 })).status).toBe('done');
  expect(reasons).toEqual([]);
  await processor.stop();
  await processor.finished;
  expect(reasons).toEqual(['stopped']);
});

test('a start that fails leaves the end of the one before', async () => {
  let isRefused = false;
  class Fickle extends PipelineStage.of({ outputs: z.object({}) }) {
    override setup() {
      if (isRefused) throw new Error('no licence');
    }
    run() {
      return {};
    }
  }
  const fickle = definePipeline({ name: 'fickle', stages: { fickle: { stage: Fickle } } });
  const processor = new StreamProcessor({ pipeline: fickle, clock: new VirtualClock() });
  await processor.start();
  await processor.stop();
  isRefused = true;
  const starting = processor.start();
  const { finished } = processor;
  await expect(starting).rejects.toMatchObject({ code: 'STREAM_SETUP_FAILED' });
  expect([await finished, await processor.finished]).toMatchObject([
    { reason: 'stopped' },
    { reason: 'stopped' },
  ]);
});

test('a stage of any name fails a message with the status of failures', async () => {
  class Refuse extends PipelineStage.of({ outputs: z.object({}) }) {
    run(): Record<string, never> {
      throw new Error('never');
    }
  }
  for (const name of ['__proto__', 'constructor']) {
    const stages = Object.fromEntries([[name, { stage: Refuse }]]);
    const refuses = definePipeline({ name: 'refuses', inputs: ['message'], stages });
    const processor = new StreamProcessor({ pipeline: refuses, clock: new VirtualClock() });
    await processor.start();
    expect((await processor.push({ id: 'a', value: 1 })).status).toBe('failed');
    await processor.stop();
  }
});
