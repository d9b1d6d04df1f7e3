import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { definePipeline, PipelineStage, type StageScope, VirtualClock, z } from '@millrace/core';
import { Database } from '../journal/database.ts';
import { SqliteJournal } from '../journal/sqlite-journal.ts';
import { CollectingSink } from '../message/collecting-sink.ts';
import { iterableSource } from '../message/iterable-source.ts';
import type { MessageOutcome } from '../message/message-outcome.ts';
import { StreamProcessor } from './stream-processor.ts';

class Check extends PipelineStage.of({
  inputs: z.object({ message: z.number() }),
  outputs: z.object({ checked: z.number() }),
}) {
  async run({ inputs, signal }: StageScope<typeof Check>) {
    if (inputs.message < 0) throw new Error('below zero');
    if (inputs.message === 1000)
      await new Promise((_, reject) => signal.addEventListener('abort', reject));
    return { checked: inputs.message };
  }
}

const pipeline = definePipeline({
  name: 'checks',
  inputs: ['message'],
  stages: { check: { stage: Check } },
});

let folder = '';

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'millrace-journal-'));
});

afterEach(() => rmSync(folder, { recursive: true }));

const file = (): string => join(folder, 'journal.db');

test('what had not ended at a forced stop ends after the next start, under the same id', async () => {
  const clock = new VirtualClock();
  const processor = new StreamProcessor({
    pipeline,
    clock,
    journal: new SqliteJournal(file()),
    settings: { concurrency: 2, onCriticalFailure: {} },
  });
  await processor.start();
  expect((await processor.push({ id: 'a', value: 1 })).status).toBe('done');
  const hanging = processor.push({ id: 'b', value: 1000 });
  expect((await processor.push({ id: 'c', value: 2 })).status).toBe('done');
  const stopping = processor.stop({ deadlineMs: 100 });
  await clock.advance(100);
  expect((await hanging).status).toBe('cancelled');
  expect((await stopping).counts).toMatchObject({ received: 3, statuses: { done: 2 }, queued: 1 });

  const later = new StreamProcessor({
    pipeline: definePipeline({
      name: 'checks',
      inputs: ['message'],
      stages: { check: { stage: Check, when: ({ inputs }) => inputs.message !== 1000 } },
    }),
    clock,
    journal: new SqliteJournal(file()),
    sink: new CollectingSink<MessageOutcome>(),
    source: iterableSource(['a', 'b', 'd'], { id: (value) => value }) as never,
    settings: { onCriticalFailure: {} },
  });
  const outcomes: [string, string][] = [];
  later.on((event) => {
    if (event.type === 'message.ended') outcomes.push([event.outcome.id, event.outcome.status]);
  });
  await later.start();
  const end = await later.finished;
  expect(outcomes.sort()).toEqual([
    ['a', 'duplicate'],
    ['b', 'done'],
    ['b', 'duplicate'],
    ['d', 'failed'],
  ]);
  expect(end.counts).toEqual({
    received: 6,
    statuses: { done: 3, duplicate: 2, failed: 1 },
    queued: 0,
    running: 0,
    buffered: 0,
    unsent: 0,
  });
});

test('a damaged row is named, ends as damaged, and is a dead letter', async () => {
  const clock = new VirtualClock();
  const options = { pipeline, clock, settings: { concurrency: 3 } };
  const first = new StreamProcessor({ ...options, journal: new SqliteJournal(file()) });
  await first.start();
  const pushed = [first.push({ id: 'x', value: 1000 }), first.push({ id: 'y', value: 1000 })];
  await clock.advance(1);
  const stopping = first.stop({ deadlineMs: 0 });
  await clock.advance(0);
  await Promise.all(pushed);
  await stopping;
  const database = new Database(file(), 0);
  database.exec("UPDATE messages SET body = '7' WHERE id = 'x'");
  database.exec("UPDATE messages SET body = '5', hash = '5' WHERE id = 'y'");
  database.close();
  const letters = new CollectingSink();
  const journal = new SqliteJournal(file());
  const second = new StreamProcessor({ ...options, journal, deadLetters: letters as never });
  await second.start();
  const { counts } = await second.stop();
  expect(counts).toMatchObject({ received: 2, statuses: { damaged: 2 }, queued: 0 });
  expect(letters.messages).toMatchObject([
    { id: 'x', value: { status: 'damaged', failure: { code: 'JOURNAL_MESSAGE_CORRUPT' } } },
    { id: 'y', value: { failure: { message: expect.stringContaining('message "y", number 2') } } },
  ]);
  await journal.open(clock.now(), { windowMs: 1000, limit: 10 });
  expect(await journal.deadLetters()).toMatchObject([{ id: 'x', value: undefined }, { id: 'y' }]);
  await journal.close();
});

test('a journal that is open elsewhere is refused, and the stream stays stopped', async () => {
  const holder = new SqliteJournal(file());
  await holder.open(0, { windowMs: 1, limit: 1 });
  const processor = new StreamProcessor({ pipeline, journal: new SqliteJournal(file()) });
  await expect(processor.start()).rejects.toMatchObject({ code: 'JOURNAL_HELD' });
  expect(processor.state).toBe('stopped');
  await holder.close();
  await processor.start();
  await processor.stop();
});

test('a clock that gives fractions of milliseconds is fine', async () => {
  const clock = new VirtualClock(Date.UTC(2026, 0, 1) + 0.25);
  const processor = new StreamProcessor({ pipeline, clock, journal: new SqliteJournal(file()) });
  await processor.start();
  expect((await processor.push({ id: 'a', value: 1 })).status).toBe('done');
  expect((await processor.push({ id: 'b', value: -1 })).status).toBe('failed');
  expect((await processor.stop()).counts.received).toBe(2);
});
