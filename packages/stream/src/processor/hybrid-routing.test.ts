import { expect, test } from '@jest/globals';
import { definePipeline, PipelineStage, type StageScope, VirtualClock, z } from '@millrace/core';
import { CollectingSink } from '../message/collecting-sink.ts';
import type { MessageOutcome } from '../message/message-outcome.ts';
import type { StreamEvent } from '../watch/stream-event.ts';
import type { StreamOptions } from './stream-options.ts';
import { StreamProcessor } from './stream-processor.ts';

interface Post {
  readonly symbol: string;
  readonly mood: number;
  readonly confidence: number;
}

const PostSchema = z.object({ symbol: z.string(), mood: z.number(), confidence: z.number() });

class Analyze extends PipelineStage.of({
  inputs: z.object({ message: PostSchema }),
  outputs: z.object({ symbol: z.string(), bullish: z.boolean(), confidence: z.number() }),
}) {
  run({ inputs }: StageScope<typeof Analyze>) {
    const { symbol, mood, confidence } = inputs.message;
    if (symbol === '') throw new Error('no symbol');
    return { symbol, bullish: mood > 0.5, confidence };
  }
}

class Score extends PipelineStage.of({
  inputs: z.object({ bullish: z.boolean(), confidence: z.number() }),
  outputs: z.object({ score: z.number() }),
}) {
  run({ inputs }: StageScope<typeof Score>) {
    return { score: inputs.confidence * 100 };
  }
}

class Execute extends PipelineStage.of({
  inputs: z.object({ symbol: z.string(), score: z.number() }),
  outputs: z.object({ order: z.string() }),
}) {
  async run({ inputs }: StageScope<typeof Execute>) {
    if (inputs.symbol === 'HALT') throw new Error('the exchange is closed');
    return { order: `${inputs.symbol} at ${inputs.score}` };
  }
}

const intake = definePipeline({
  name: 'intake',
  inputs: ['message'],
  stages: { analyze: { stage: Analyze } },
});

const pipeline = definePipeline({
  name: 'trade',
  inputs: ['symbol', 'bullish', 'confidence'],
  stages: {
    score: { stage: Score },
    execute: {
      stage: Execute,
      needs: ['score'],
      when: ({ inputs }) => Number(inputs.score) >= 40,
    },
  },
});

const trading: StreamOptions<Post> = {
  name: 'trading',
  intake,
  pipeline,
  key: ({ value }) => value.symbol,
  route: ({ outputs }) => {
    if (outputs.symbol === 'BTC') return { status: 'excluded' };
    return Number(outputs.confidence) >= 0.85 ? 'immediate' : 'buffer';
  },
  unite: ({ key, messages }) => {
    const bulls = messages.filter(({ outputs }) => outputs.bullish === true).length;
    const majority = Math.max(bulls, messages.length - bulls);
    if (majority / messages.length < 0.6) return { status: 'no_consensus' };
    const sum = messages.reduce((total, { outputs }) => total + Number(outputs.confidence), 0);
    return {
      context: { symbol: key, bullish: bulls === majority, confidence: sum / messages.length },
    };
  },
  status: ({ skipped }) => (skipped.includes('execute') ? 'low_score' : 'executed'),
};

const settings = {
  concurrency: 4,
  buffer: { interval: '60s', size: 5 },
  onCriticalFailure: { execute: { status: 'error' } },
};

const post = (symbol: string, mood: number, confidence: number): Post => ({
  symbol,
  mood,
  confidence,
});

function begin(more: Partial<StreamOptions<Post>> = {}) {
  const clock = new VirtualClock();
  const events: StreamEvent[] = [];
  const processor = new StreamProcessor({ ...trading, settings, clock, ...more });
  processor.on((event) => events.push(event));
  const outcomes: Promise<MessageOutcome>[] = [];
  let number = 0;
  const push = (...posts: Post[]): void => {
    for (const value of posts) outcomes.push(processor.push({ id: `p${++number}`, value }));
  };
  return { clock, processor, events, push, outcomes };
}

test('a sure message goes through at once, others wait for the interval of the buffer', async () => {
  const { clock, processor, push, outcomes } = begin();
  await processor.start();
  push(post('AAPL', 0.9, 0.85), post('AAPL', 0.9, 0.84), post('AAPL', 0.8, 0.5));
  await clock.advance(59_000);
  expect(processor.counts).toMatchObject({ statuses: { executed: 1 }, buffered: 2 });
  await clock.advance(1000);
  expect(processor.counts).toMatchObject({ statuses: { executed: 3 }, buffered: 0 });
  expect((await outcomes[1])?.outputs.order).toBe((await outcomes[2])?.outputs.order);
  expect(await outcomes[1]).toMatchObject({ group: 'AAPL', status: 'executed' });
  expect(await outcomes[0]).not.toHaveProperty('group');
  await processor.stop();
});

test('a full buffer is flushed, and each of its groups is decided on its own', async () => {
  const { clock, processor, push, events } = begin();
  await processor.start();
  push(post('A', 0.9, 0.7), post('A', 0.9, 0.5), post('B', 0.9, 0.6), post('B', 0.1, 0.6));
  push(post('C', 0.1, 0.1));
  await clock.advance(1);
  expect(processor.counts.statuses).toEqual({ executed: 2, no_consensus: 2, low_score: 1 });
  const flushed = events.filter(({ type }) => type === 'buffer.flushed');
  expect(flushed).toMatchObject([{ reason: 'size', messages: 5, groups: 3 }]);
  await processor.stop();
});

test('a stop flushes the buffer, and every message has its status', async () => {
  const { clock, processor, push, outcomes } = begin();
  await processor.start();
  push(post('A', 0.9, 0.7), post('BTC', 0.9, 0.9), post('', 0.9, 0.9), post('HALT', 0.9, 0.8));
  await clock.advance(1);
  const stopping = processor.stop();
  await clock.advance(0);
  const { counts } = await stopping;
  expect(counts).toMatchObject({
    received: 4,
    statuses: { error: 1, excluded: 1, executed: 1, failed: 1 },
    buffered: 0,
  });
  const ended = await Promise.all(outcomes);
  expect(ended[2]?.failure).toMatchObject({ code: 'STAGE_THREW', stage: 'analyze' });
  expect(ended[3]).toMatchObject({ status: 'error', failure: { stage: 'execute' }, group: 'HALT' });
});

test('what an own function throws fails its message, and is a dead letter', async () => {
  const deadLetters = new CollectingSink();
  const { clock, processor, push, outcomes } = begin({
    deadLetters: deadLetters as never,
    unite: () => {
      throw new RangeError('no unit');
    },
    status: () => '',
  });
  await processor.start();
  push(post('A', 0.9, 0.9), post('A', 0.9, 0.1));
  await clock.advance(60_000);
  expect((await outcomes[0])?.failure?.message).toBe(
    'status of the stream gave ""; expected a text',
  );
  expect(await outcomes[1]).toMatchObject({
    status: 'failed',
    failure: { code: 'STREAM_FUNCTION_FAILED', message: 'unite of the stream threw: no unit' },
  });
  expect(deadLetters.messages.map(({ id }) => id)).toEqual(['p1', 'p2']);
  await processor.stop();
});

test('a buffer that may drop ends the oldest as dropped, counted', async () => {
  const { clock, processor, push } = begin({
    settings: { buffer: { interval: '1h', size: 100, capacity: 3, overflow: 'drop-oldest' } },
  });
  await processor.start();
  push(...Array.from({ length: 7 }, () => post('A', 0.9, 0.5)));
  await clock.advance(1);
  expect(processor.counts).toMatchObject({ buffered: 3, statuses: { dropped: 4 } });
  const stopping = processor.stop();
  await clock.advance(0);
  expect((await stopping).counts.statuses).toEqual({ dropped: 4, executed: 3 });
});

test('a buffer that blocks takes nothing more while it is full', async () => {
  const given: number[] = [];
  const { clock, processor } = begin({
    settings: { queue: { capacity: 1 }, buffer: { interval: '10s', size: 100, capacity: 3 } },
    source: {
      name: 'posts',
      async *read() {
        for (let at = 0; at < 10; at++) {
          given.push(at);
          yield { id: String(at), value: post('A', 0.9, 0.5) };
        }
      },
    },
  });
  await processor.start();
  await clock.advance(1);
  expect(given.length).toBeLessThan(6);
  expect(processor.counts.buffered).toBe(3);
  await clock.advance(60_000);
  expect((await processor.finished).counts.statuses).toEqual({ executed: 10 });
});
