import { expect, test } from '@jest/globals';
import { definePipeline, PipelineStage, type StageScope, VirtualClock, z } from '@millrace/core';
import { MemoryJournal } from '../journal/memory-journal.ts';
import type { JournalBatch, JournalCounts, UnfinishedMessage } from '../journal/message-journal.ts';
import type { MessageSource } from '../message/message-source.ts';
import { StreamProcessor } from './stream-processor.ts';

class Wait extends PipelineStage.of({
  inputs: z.object({ message: z.number() }),
  outputs: z.object({ waited: z.number() }),
}) {
  async run({ inputs, sleep }: StageScope<typeof Wait>) {
    if (inputs.message > 0) await sleep(inputs.message);
    return { waited: inputs.message };
  }
}

const pipeline = definePipeline({
  name: 'waits',
  inputs: ['message'],
  stages: { wait: { stage: Wait, grace: '1ms' } },
});

/** A journal on a drive that is away for a while. */
class FrailJournal extends MemoryJournal {
  away: 'unfinished' | 'commit' | 'counts' | undefined;

  override unfinished(after: number, limit: number): Promise<readonly UnfinishedMessage[]> {
    return this.away === 'unfinished' ? this.#refuse() : super.unfinished(after, limit);
  }

  override commit(batch: JournalBatch): Promise<void> {
    return this.away === 'commit' ? this.#refuse() : super.commit(batch);
  }

  override counts(): Promise<JournalCounts> {
    return this.away === 'counts' ? this.#refuse() : super.counts();
  }

  #refuse(): Promise<never> {
    return Promise.reject(new Error('the drive is away'));
  }
}

/** Gives its message to each reading until it is acknowledged. */
class FaithfulSource implements MessageSource<number> {
  readonly name = 'faithful';
  isAcknowledged = false;

  async *read(signal: AbortSignal) {
    if (!this.isAcknowledged) yield { id: 'a', value: 0 };
    if (signal.aborted) return;
    await new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve()));
  }

  acknowledge(): Promise<void> {
    this.isAcknowledged = true;
    return Promise.resolve();
  }
}

test('a journal that cannot be read stops the stream, and keeps what it holds', async () => {
  const clock = new VirtualClock();
  const journal = new FrailJournal();
  const processor = new StreamProcessor({ pipeline, clock, journal });
  await processor.start();
  const pushed = processor.push({ id: 'b', value: 1000 });
  await clock.advance(1);
  const stopping = processor.stop({ deadlineMs: 5 });
  await clock.advance(10);
  await stopping;
  expect((await pushed).status).toBe('cancelled');
  journal.away = 'unfinished';
  await processor.start();
  const { reason, failure, counts } = await processor.finished;
  expect({ reason, failure }).toMatchObject({
    reason: 'journal-failed',
    failure: { code: 'JOURNAL_UNUSABLE', message: 'the drive is away' },
  });
  expect(counts).toMatchObject({ received: 1, statuses: {}, queued: 1 });
});

test('a message that the journal did not take runs when the source gives it again', async () => {
  const clock = new VirtualClock();
  const journal = new FrailJournal();
  const source = new FaithfulSource();
  const processor = new StreamProcessor({ pipeline, clock, journal, source });
  journal.away = 'commit';
  await processor.start();
  expect((await processor.finished).reason).toBe('journal-failed');
  expect(source.isAcknowledged).toBe(false);
  journal.away = undefined;
  const done = new Promise<void>((resolve) => {
    processor.on(({ type }) => type === 'message.ended' && resolve());
  });
  await processor.start();
  await done;
  expect((await processor.stop()).counts.statuses).toEqual({ done: 1 });
});

test('a journal that cannot be counted at a stop is let go of all the same', async () => {
  const journal = new FrailJournal();
  const processor = new StreamProcessor({ pipeline, clock: new VirtualClock(), journal });
  await processor.start();
  journal.away = 'counts';
  await processor.stop();
  journal.away = undefined;
  await processor.start();
  await processor.stop();
});
