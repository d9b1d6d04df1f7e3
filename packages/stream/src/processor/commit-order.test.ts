import { expect, test } from '@jest/globals';
import { definePipeline, PipelineStage, type StageScope, VirtualClock, z } from '@millrace/core';
import { MemoryJournal } from '../journal/memory-journal.ts';
import type { JournalBatch } from '../journal/message-journal.ts';
import { StreamProcessor } from './stream-processor.ts';

const story: string[] = [];

class Tell extends PipelineStage.of({ inputs: z.object({ message: z.string() }) }) {
  run({ inputs }: StageScope<typeof Tell>) {
    story.push(`runs ${inputs.message}`);
  }
}

const pipeline = definePipeline({
  name: 'tell',
  inputs: ['message'],
  stages: { tell: { stage: Tell } },
});

/** Tells when a commit begins and when it is durable; a broken one fails. */
class ToldJournal extends MemoryJournal {
  isBroken = false;

  override async commit(batch: JournalBatch): Promise<void> {
    const what = [
      ...batch.accepted.map(({ id }) => `accepted ${id}`),
      ...batch.ended.map(({ status }) => `ended ${status}`),
    ].join(', ');
    story.push(`commits ${what}`);
    await new Promise((resolve) => setImmediate(resolve));
    if (this.isBroken) throw new Error('no space left');
    await super.commit(batch);
    story.push(`holds ${what}`);
  }
}

function begin(journal: ToldJournal) {
  story.length = 0;
  const clock = new VirtualClock();
  const processor = new StreamProcessor({
    pipeline,
    journal,
    clock,
    source: {
      name: 'told',
      async *read(signal) {
        yield { id: 'a', value: 'hello' };
        await new Promise((resolve) => signal.addEventListener('abort', resolve));
      },
      acknowledge: async (ids) => void story.push(`acknowledges ${ids}`),
    },
    sink: {
      name: 'told',
      send: async (messages) => {
        story.push(`sends ${messages.map(({ id }) => id)}`);
        await new Promise((resolve) => setImmediate(resolve));
        story.push('sent');
      },
    },
  });
  return { clock, processor };
}

test('a message runs and is acknowledged once it is durable, and ends once the sink has it', async () => {
  const { clock, processor } = begin(new ToldJournal());
  await processor.start();
  await clock.advance(10);
  await clock.advance(10);
  expect(story.filter((line) => line !== 'acknowledges a')).toEqual([
    'commits accepted a',
    'holds accepted a',
    'runs hello',
    'sends a',
    'sent',
    'commits ended done',
    'holds ended done',
  ]);
  expect(story.indexOf('acknowledges a')).toBeGreaterThan(story.indexOf('holds accepted a'));
  await processor.stop();
});

test('what a broken journal does not hold is neither run nor acknowledged, and the stream stops', async () => {
  const journal = new ToldJournal();
  journal.isBroken = true;
  const { clock, processor } = begin(journal);
  await processor.start();
  await clock.advance(100);
  const end = await processor.finished;
  expect(end).toMatchObject({
    reason: 'journal-failed',
    failure: { code: 'JOURNAL_WRITE_FAILED', message: 'no space left' },
    counts: { received: 0, statuses: {}, queued: 0 },
  });
  expect(story).toEqual(['commits accepted a']);
  expect(processor.health.components).toContainEqual(
    expect.objectContaining({ kind: 'journal', status: 'down', reason: 'no space left' }),
  );
});
