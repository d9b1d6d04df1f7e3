import { expect, test } from '@jest/globals';
import {
  definePipeline,
  PipelineStage,
  SeededRandom,
  type StageScope,
  VirtualClock,
  z,
} from '@millrace/core';
import { iterableSource } from '../message/iterable-source.ts';
import { StreamProcessor } from './stream-processor.ts';

interface Job {
  readonly key: string;
  readonly n: number;
  readonly ms: number;
}

const ended: Job[] = [];
const running = new Map<string, number>();
let mostAtOnce = 0;
let mostOfOneKey = 0;

class Work extends PipelineStage.of({ inputs: z.object({ message: z.custom<Job>() }) }) {
  async run({ inputs, sleep }: StageScope<typeof Work>) {
    const { message } = inputs;
    const { key } = message;
    running.set(key, (running.get(key) ?? 0) + 1);
    const all = [...running.values()].reduce((sum, count) => sum + count, 0);
    mostAtOnce = Math.max(mostAtOnce, all);
    mostOfOneKey = Math.max(mostOfOneKey, running.get(key) ?? 0);
    await sleep(message.ms);
    running.set(key, (running.get(key) ?? 0) - 1);
    ended.push(message);
  }
}

const pipeline = definePipeline({
  name: 'work',
  inputs: ['message'],
  stages: { work: { stage: Work } },
});

async function replay(settings: { concurrency: number; concurrencyPerKey?: number }) {
  ended.length = 0;
  mostAtOnce = 0;
  mostOfOneKey = 0;
  const random = new SeededRandom(11);
  const jobs = Array.from({ length: 400 }, (_, n) => ({
    key: String(random.integer(20)),
    n,
    ms: random.integer(50),
  }));
  const clock = new VirtualClock();
  const processor = new StreamProcessor<Job>({
    pipeline,
    clock,
    source: iterableSource(jobs),
    key: ({ value }) => value.key,
    settings,
  });
  await processor.start();
  await clock.advance(60_000);
  await processor.finished;
  const byKey = Map.groupBy(ended, ({ key }) => key);
  const inOrder = [...byKey.values()].every((list) =>
    list.every(({ n }, at) => at === 0 || n > (list[at - 1]?.n ?? 0)),
  );
  return { count: ended.length, inOrder, mostAtOnce, mostOfOneKey };
}

test('messages of a key run one after the other, keys side by side up to the concurrency', async () => {
  expect(await replay({ concurrency: 8 })).toEqual({
    count: 400,
    inOrder: true,
    mostAtOnce: 8,
    mostOfOneKey: 1,
  });
});

test('one at a time is the order of all', async () => {
  expect(await replay({ concurrency: 1 })).toMatchObject({ inOrder: true, mostAtOnce: 1 });
  expect(ended.map(({ n }) => n)).toEqual(Array.from({ length: 400 }, (_, n) => n));
});

test('a key may have several at once where its order does not matter', async () => {
  expect(await replay({ concurrency: 8, concurrencyPerKey: 2 })).toMatchObject({
    count: 400,
    mostAtOnce: 8,
    mostOfOneKey: 2,
  });
});
