import { expect, test } from '@jest/globals';
import { definePipeline, PipelineStage, type StageScope, VirtualClock, z } from '@millrace/core';
import { CollectingSink } from '../message/collecting-sink.ts';
import { iterableSource } from '../message/iterable-source.ts';
import type { StreamEvent } from '../watch/stream-event.ts';
import type { StreamOptions } from './stream-options.ts';
import { StreamProcessor } from './stream-processor.ts';

const lives: string[] = [];

class Pass extends PipelineStage.of({
  inputs: z.object({ message: z.number() }),
  outputs: z.object({ passed: z.number() }),
}) {
  override setup() {
    lives.push('set up');
  }

  run({ inputs }: StageScope<typeof Pass>): Promise<{ passed: number }> | { passed: number } {
    if (inputs.message < 0) throw new Error('negative');
    return inputs.message === 99 ? new Promise(() => undefined) : { passed: inputs.message };
  }

  override teardown() {
    lives.push('torn down');
  }
}

class Fails extends Pass {
  override setup() {
    throw new Error('no connection');
  }
}

const pipelineOf = (stage: unknown, options: object = {}) =>
  definePipeline({
    name: 'passes',
    inputs: ['message'],
    stages: { pass: { stage, ...options } },
  });

function begin(options: Partial<StreamOptions<number>>) {
  const clock = new VirtualClock();
  const processor = new StreamProcessor<number>({ pipeline: pipelineOf(Pass), clock, ...options });
  const events: StreamEvent[] = [];
  processor.on((event) => events.push(event));
  return { clock, processor, events };
}

test('a source that fails is read anew after growing pauses, and its recovery is told', async () => {
  let readings = 0;
  const { clock, processor, events } = begin({
    source: {
      name: 'flaky',
      async *read() {
        readings++;
        if (readings === 2 || readings === 3) throw new Error('connection lost');
        yield { id: `r${readings}`, value: readings };
        if (readings === 1) throw new Error('connection lost');
      },
    },
  });
  await processor.start();
  await clock.advance(0);
  expect(processor.health).toMatchObject({
    status: 'down',
    components: [
      { kind: 'stage' },
      { name: 'flaky', status: 'down', reason: 'source "flaky" failed: connection lost' },
    ],
  });
  await clock.advance(10_000);
  expect((await processor.finished).counts.statuses).toEqual({ done: 2 });
  expect(
    events.flatMap((event) => (event.type === 'source.failed' ? [event.delayMs] : [])),
  ).toEqual([1000, 2000, 4000]);
  expect(events.map(({ type }) => type)).toContain('source.recovered');
  expect(processor.metrics).toMatchObject({ sourceFailures: 3 });
  expect(processor.health.status).toBe('ok');
});

test('a source that fails too often stops the stream, after what it gave has ended', async () => {
  const { clock, processor } = begin({
    settings: { sourceRestart: { attempts: 3, delay: '1s' } },
    source: {
      name: 'dead',
      read: () => {
        throw new Error('gone');
      },
    },
  });
  await processor.start();
  await clock.advance(10_000);
  expect(await processor.finished).toMatchObject({
    reason: 'source-failed',
    failure: { code: 'STREAM_SOURCE_FAILED', message: 'source "dead" failed: gone' },
  });
  expect(processor.state).toBe('stopped');
});

test('a sink that refuses is sent the same again, and holds the source back meanwhile', async () => {
  const given: number[] = [];
  const sent: string[][] = [];
  let isDown = true;
  const { clock, processor, events } = begin({
    settings: { queue: { capacity: 10 } },
    source: {
      name: 'numbers',
      async *read() {
        for (let n = 0; n < 100; n++) {
          given.push(n);
          yield { id: String(n), value: n + 100 };
        }
      },
    },
    sink: {
      name: 'wall',
      send: async (messages) => {
        if (isDown) throw new Error('refused');
        sent.push(messages.map(({ id }) => id));
      },
    },
  });
  await processor.start();
  await clock.advance(5000);
  expect(given.length).toBeLessThan(30);
  expect(processor.counts.unsent).toBeGreaterThan(9);
  expect(processor.health.status).toBe('down');
  isDown = false;
  await clock.advance(60_000);
  expect((await processor.finished).counts.statuses).toEqual({ done: 100 });
  expect(sent.flat()).toEqual(Array.from({ length: 100 }, (_, n) => String(n)));
  expect(events.filter(({ type }) => type === 'sink.recovered')).toHaveLength(1);
});

test('what cannot be sent before the deadline of a stop ends as unsent', async () => {
  const { clock, processor } = begin({
    sink: { name: 'wall', send: () => Promise.reject(new Error('refused')) },
  });
  await processor.start();
  const pushed = processor.push({ id: 'a', value: 1 });
  await clock.advance(1);
  const stopping = processor.stop({ deadlineMs: 5000 });
  await clock.advance(5000);
  expect((await pushed).status).toBe('unsent');
  expect((await stopping).counts).toMatchObject({ received: 1, statuses: { unsent: 1 } });
});

test('a message that does not end in time is cancelled, with all that waits behind it', async () => {
  lives.length = 0;
  const { clock, processor } = begin({ pipeline: pipelineOf(Pass, { grace: '2s' }) });
  await processor.start();
  const pushed = [99, 1, 2].map((value, at) => processor.push({ id: String(at), value }));
  await clock.advance(1);
  const stopping = processor.stop({ deadlineMs: 1000 });
  expect(processor.state).toBe('stopping');
  await expect(processor.push({ id: 'late', value: 1 })).rejects.toMatchObject({
    code: 'STREAM_STATE',
  });
  await clock.advance(2000);
  expect(processor.state).toBe('stopping');
  await clock.advance(1000);
  expect((await stopping).counts).toMatchObject({ received: 3, statuses: { cancelled: 3 } });
  expect((await Promise.all(pushed)).map(({ failure }) => failure?.code)).toEqual([
    'STREAM_STOPPED',
    'STREAM_STOPPED',
    'STREAM_STOPPED',
  ]);
  expect(lives).toEqual(['set up', 'torn down']);
});

test('a stage of which the settings say so stops the stream', async () => {
  const { clock, processor } = begin({
    source: iterableSource([1, -1, 2]),
    settings: { onCriticalFailure: { pass: 'stop' } },
  });
  await processor.start();
  await clock.advance(1);
  const end = await processor.finished;
  expect(end).toMatchObject({ reason: 'stage-failed', failure: { stage: 'pass' } });
  expect(end.counts.statuses).toMatchObject({ failed: 1 });
});

test('a stage that cannot be set up fails the start, and what was set up is torn down', async () => {
  lives.length = 0;
  const pipeline = definePipeline({
    name: 'two',
    inputs: ['message'],
    stages: {
      first: { stage: Pass },
      second: { stage: Fails, needs: ['first'], writes: { passed: 'x' } },
    },
  });
  const { processor } = begin({ pipeline });
  await expect(processor.start()).rejects.toMatchObject({
    code: 'STREAM_SETUP_FAILED',
    message: 'stage "second" failed in setup: no connection',
  });
  expect(lives).toEqual(['set up', 'torn down', 'torn down']);
  expect(processor.state).toBe('stopped');
});

test('a stage that can be done without degrades the stream when it cannot be set up', async () => {
  const { clock, processor, events } = begin({
    pipeline: pipelineOf(Fails, { critical: false, fallback: { passed: 0 } }),
  });
  await processor.start();
  const pushed = processor.push({ id: 'a', value: 1 });
  await clock.advance(1);
  expect(await pushed).toMatchObject({
    status: 'done',
    outputs: { passed: 0 },
    degraded: ['pass'],
  });
  expect(processor.health).toMatchObject({ status: 'degraded' });
  expect(events).toMatchObject([
    { seq: 1, type: 'stream.started' },
    { seq: 2, type: 'stage.degraded', failure: { code: 'STAGE_THREW' } },
    { seq: 3, type: 'message.ended' },
  ]);
  await processor.stop();
});

test('a second start is refused, and a stopped stream starts again', async () => {
  const { processor } = begin({});
  await processor.start();
  await expect(processor.start()).rejects.toThrow(
    'stream "passes" cannot be started: it is running',
  );
  await processor.stop();
  await processor.start();
  expect((await processor.push({ id: 'a', value: 1 })).status).toBe('done');
  expect((await processor.stop()).reason).toBe('stopped');
});

test('repeated ids and keys are duplicates within the window, and new after it', async () => {
  const { clock, processor } = begin({
    dedupeKey: ({ value }) => String(value),
    settings: { deduplication: { window: '1m' } },
  });
  await processor.start();
  const statuses = async (...ids: [string, number][]): Promise<string[]> =>
    (await Promise.all(ids.map(([id, value]) => processor.push({ id, value })))).map(
      ({ status }) => status,
    );
  expect(await statuses(['a', 1], ['a', 2], ['b', 1], ['c', 3])).toEqual([
    'done',
    'duplicate',
    'duplicate',
    'done',
  ]);
  await clock.advance(60_001);
  expect(await statuses(['a', 1], ['b', 1])).toEqual(['done', 'duplicate']);
  await processor.stop();
});

test('a queue that spills keeps the order and holds few in memory', async () => {
  const sink = new CollectingSink();
  const { clock, processor } = begin({
    source: iterableSource(Array.from({ length: 5000 }, (_, n) => n + 100)),
    sink,
    settings: { queue: { capacity: 10, overflow: 'spill' } },
  });
  const blocked = processor;
  await blocked.start();
  await clock.advance(1);
  expect((await blocked.finished).counts.statuses).toEqual({ done: 5000 });
  expect(sink.messages.map(({ id }) => Number(id))).toEqual(
    Array.from({ length: 5000 }, (_, n) => n),
  );
});

test('a queue that has no place to spill holds its source back, and loses nothing', async () => {
  const long = definePipeline({
    name: 'long',
    inputs: ['message'],
    stages: { rest: { stage: Rest, grace: '1ms' } },
  });
  const clock = new VirtualClock();
  let given = 0;
  async function* texts() {
    for (; given < 50; given++) yield 'x'.repeat(10_000);
  }
  const processor = new StreamProcessor({
    pipeline: long,
    clock,
    source: iterableSource(texts()),
    settings: { queue: { capacity: 2, overflow: 'spill', folder: '/dev/null/absent' } },
  });
  await processor.start();
  await clock.advance(1);
  expect(processor.counts).toMatchObject({ running: 1, queued: processor.counts.received - 1 });
  expect(given).toBeLessThan(20);
  await clock.advance(1000);
  expect((await processor.finished).counts.statuses).toEqual({ done: 50 });
});

test('a source that fails at the same place whenever it begins anew ends the stream', async () => {
  const { clock, processor } = begin({
    source: {
      name: 'broken-off',
      async *read() {
        yield { id: 'a', value: 1 };
        throw new Error('a bad line');
      },
    },
    settings: { sourceRestart: { attempts: 3 } },
  });
  await processor.start();
  for (let second = 0; second < 10; second++) await clock.advance(1000);
  const { reason, counts } = await processor.finished;
  expect({ reason, statuses: counts.statuses }).toEqual({
    reason: 'source-failed',
    statuses: { done: 1, duplicate: 2 },
  });
});

test('a key that is no text fails its message, and says so', async () => {
  for (const name of ['key', 'dedupeKey'] as const) {
    const { processor } = begin({ [name]: ({ value }: { value: number }) => value as never });
    await processor.start();
    const { status, failure } = await processor.push({ id: 'a', value: 7 });
    expect({ status, failure }).toMatchObject({
      status: 'failed',
      failure: {
        code: 'STREAM_FUNCTION_FAILED',
        message: expect.stringMatching(
          `^${name} of the stream gave .*7.*; expected a text or undefined$`,
        ),
      },
    });
    await processor.stop();
  }
});

class Rest extends PipelineStage.of({
  inputs: z.object({ message: z.string() }),
  outputs: z.object({}),
}) {
  async run({ sleep }: StageScope<typeof Rest>) {
    await sleep(10);
    return {};
  }
}
