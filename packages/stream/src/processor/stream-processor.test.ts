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
