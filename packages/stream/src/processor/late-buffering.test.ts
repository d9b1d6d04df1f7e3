import { expect, test } from '@jest/globals';
import { definePipeline, PipelineStage, type StageScope, VirtualClock, z } from '@millrace/core';
import { MemoryJournal } from '../journal/memory-journal.ts';
import { iterableSource } from '../message/iterable-source.ts';
import { StreamProcessor } from './stream-processor.ts';

class Count extends PipelineStage.of({
  inputs: z.object({ messages: z.array(z.number()) }),
  outputs: z.object({ count: z.number() }),
}) {
  run({ inputs }: StageScope<typeof Count>) {
    return { count: inputs.messages.length };
  }
}

const pipeline = definePipeline({
  name: 'counts',
  inputs: ['messages'],
  stages: { count: { stage: Count } },
});

test('a message that reaches the buffer after the stop began is flushed at once, not at the deadline', async () => {
  // Its acceptance takes a turn, in which the source ends. The clock stands still: no deadline passes.
  const processor = new StreamProcessor({
    pipeline,
    source: iterableSource([1]),
    journal: new MemoryJournal(),
    route: () => 'buffer',
    clock: new VirtualClock(),
  });
  await processor.start();
  const { reason, counts } = await processor.finished;
  expect(reason).toBe('source-ended');
  expect(counts).toMatchObject({ received: 1, statuses: { done: 1 }, buffered: 0 });
});
