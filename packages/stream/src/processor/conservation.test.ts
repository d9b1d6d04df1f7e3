import { expect, test } from '@jest/globals';
import { definePipeline, PipelineStage, type StageScope, VirtualClock, z } from '@millrace/core';
import fc from 'fast-check';
import type { StreamCounts } from '../flow/ledger.ts';
import { MemoryJournal } from '../journal/memory-journal.ts';
import { CollectingSink } from '../message/collecting-sink.ts';
import type { MessageOutcome } from '../message/message-outcome.ts';
import type { StreamEvent } from '../watch/stream-event.ts';
import { StreamProcessor } from './stream-processor.ts';

const Message = z.object({ ms: z.number(), fails: z.boolean(), way: z.string(), key: z.string() });
type Message = z.output<typeof Message>;

class Work extends PipelineStage.of({
  params: z.object({ version: z.number().default(1) }),
  inputs: z.object({ message: Message.optional(), messages: z.array(Message).optional() }),
  outputs: z.object({ version: z.number() }),
}) {
  run({ inputs, params, sleep }: StageScope<typeof Work>) {
    const { message, messages = [] } = inputs;
    const all = message === undefined ? messages : [message];
    if (all.some(({ fails }) => fails)) throw new Error('it fails');
    const outputs = { version: params.version };
    const ms = Math.max(0, ...all.map((each) => each.ms));
    return ms === 0 ? outputs : sleep(ms).then(() => outputs);
  }
}

const pipeline = definePipeline({
  name: 'random',
  inputs: ['message', 'messages'],
  stages: { work: { stage: Work, grace: '1ms' } },
});

const arrival = fc.record({
  kind: fc.constant('message' as const),
  id: fc.integer({ min: 0, max: 60 }),
  ms: fc.constantFrom(0, 0, 3, 40),
  fails: fc.boolean(),
  way: fc.constantFrom('immediate', 'buffer', 'ignored', 'throws'),
  key: fc.constantFrom('a', 'b', 'c'),
});
const action = fc.oneof(
  { weight: 12, arbitrary: arrival },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('wait' as const), ms: fc.nat(50) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('swap' as const), version: fc.nat(99) }) },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constant('stop' as const), deadlineMs: fc.nat(60) }),
  },
);

const scene = fc.record({
  actions: fc.array(action, { maxLength: 80 }),
  concurrency: fc.integer({ min: 1, max: 4 }),
  capacity: fc.integer({ min: 1, max: 5 }),
  overflow: fc.constantFrom('block' as const, 'drop-oldest' as const, 'spill' as const),
  bufferOverflow: fc.constantFrom('block' as const, 'drop-oldest' as const),
  size: fc.integer({ min: 1, max: 6 }),
  isDurable: fc.boolean(),
  sinkFails: fc.boolean(),
});

type Scene = typeof scene extends fc.Arbitrary<infer Drawn> ? Drawn : never;

function open({ queued, running, buffered, unsent }: StreamCounts): number {
  return queued + running + buffered + unsent;
}

function decided({ statuses }: StreamCounts): number {
  return Object.values(statuses).reduce((sum, count) => sum + count, 0);
}

async function play(drawn: Scene): Promise<void> {
  const { actions, concurrency, capacity, overflow, bufferOverflow, size, isDurable } = drawn;
  const clock = new VirtualClock();
  const sink = new CollectingSink<MessageOutcome>();
  let sends = 0;
  const journal = new MemoryJournal();
  const processor = new StreamProcessor<Message>({
    pipeline,
    clock,
    ...(isDurable ? { journal } : {}),
    sink: {
      name: 'flaky',
      send: async (messages) => {
        if (drawn.sinkFails && ++sends % 3 === 0) throw new Error('busy');
        await sink.send(messages as never);
      },
    },
    key: ({ value }) => value.key,
    route: ({ value }) => {
      if (value.way === 'throws') throw new Error('no way');
      return value.way === 'ignored' ? { status: 'ignored' } : (value.way as 'immediate');
    },
    settings: {
      concurrency,
      queue: { capacity, overflow },
      buffer: { size, interval: '30ms', capacity: size * 2, overflow: bufferOverflow },
      sinkRestart: { delay: '5ms' },
    },
  });
  const ended: StreamEvent[] = [];
  processor.on((event) => {
    ended.push(event);
    const { counts } = processor;
    expect(decided(counts) + open(counts)).toBe(counts.received);
    expect(Math.min(...Object.values({ ...counts, statuses: 0 }))).toBeGreaterThanOrEqual(0);
  });
  await processor.start();
  const pushed: Promise<MessageOutcome>[] = [];
  for (const each of actions) await act(each, { clock, processor, pushed });
  let counts = await stopCalmly(processor, clock);
  // What a deadline left in the journal ends after the next start.
  for (let more = 0; isDurable && more < 10 && open(counts) > 0; more++) {
    await processor.start();
    counts = await stopCalmly(processor, clock);
  }
  expect(open(counts)).toBe(0);
  expect(decided(counts)).toBe(counts.received);
  const outcomes = await Promise.all(pushed);
  if (!isDurable) expect(counts.received).toBe(outcomes.length);
  const statuses = Map.groupBy(outcomes, ({ status }) => status);
  for (const [status, each] of isDurable ? [] : statuses) {
    expect([status, counts.statuses[status]]).toEqual([status, each.length]);
  }
  expect(ended.map(({ seq }) => seq)).toEqual(ended.map((_, at) => at + 1));
  expect(clock.pendingTimers).toBe(0);
}

/** Virtual time passes a little at a time, since the journal needs turns of the event loop that take none of it. */
async function stopCalmly(
  processor: StreamProcessor<Message>,
  clock: VirtualClock,
): Promise<StreamCounts> {
  const stopping = processor.stop({ deadlineMs: 10_000 });
  for (let ms = 0; ms < 20_000 && processor.state !== 'stopped'; ms += 500) {
    await clock.advance(500);
  }
  return (await stopping).counts;
}

interface Stage {
  readonly clock: VirtualClock;
  readonly processor: StreamProcessor<Message>;
  readonly pushed: Promise<MessageOutcome>[];
}

async function act(
  each: Scene['actions'][number],
  { clock, processor, pushed }: Stage,
): Promise<void> {
  switch (each.kind) {
    case 'message': {
      const { id, ms, fails, way, key } = each;
      pushed.push(processor.push({ id: String(id), value: { ms, fails, way, key } }));
      return;
    }
    case 'wait':
      return clock.advance(each.ms);
    case 'swap':
      await processor.hotSwap({ stages: { work: { with: { version: each.version } } } });
      return;
    case 'stop': {
      const stopping = processor.stop({ deadlineMs: each.deadlineMs });
      await clock.advance(each.deadlineMs + 100);
      await stopping;
      await processor.start();
    }
  }
}

test('every message that comes in has one final status in the end, whatever happens', async () => {
  await fc.assert(fc.asyncProperty(scene, play), { numRuns: 80, seed: 9 });
});
