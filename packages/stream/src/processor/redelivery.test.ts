import { expect, test } from '@jest/globals';
import { definePipeline, PipelineStage, type StageScope, VirtualClock, z } from '@millrace/core';
import type { IncomingMessage } from '../message/incoming-message.ts';
import { iterableSource } from '../message/iterable-source.ts';
import type { MessageSource } from '../message/message-source.ts';
import { StreamProcessor } from './stream-processor.ts';

const gates = new Map<number, () => void>();

class Hold extends PipelineStage.of({
  inputs: z.object({ message: z.number() }),
  outputs: z.object({ held: z.number() }),
}) {
  async run({ inputs }: StageScope<typeof Hold>) {
    await new Promise<void>((resolve) => gates.set(inputs.message, resolve));
    return { held: inputs.message };
  }
}

const pipeline = definePipeline({
  name: 'holds',
  inputs: ['message'],
  stages: { hold: { stage: Hold, grace: '1ms' } },
});

/** Hands over what it is told to, and remembers what was acknowledged. */
class HandSource implements MessageSource<number> {
  readonly name = 'hand';
  readonly acknowledged: string[] = [];
  /** So many calls fail from now on. */
  refusals = 0;
  readonly #given: IncomingMessage<number>[] = [];
  #wake: () => void = () => undefined;

  give(id: string, value: number): void {
    this.#given.push({ id, value });
    this.#wake();
  }

  async *read(signal: AbortSignal): AsyncGenerator<IncomingMessage<number>, void, undefined> {
    signal.addEventListener('abort', () => this.#wake());
    while (!signal.aborted) {
      const next = this.#given.shift();
      if (next !== undefined) yield next;
      else {
        await new Promise<void>((resolve) => {
          this.#wake = resolve;
        });
      }
    }
  }

  acknowledge(ids: readonly string[]): Promise<void> {
    if (this.refusals-- > 0) return Promise.reject(new Error('no connection'));
    this.acknowledged.push(...ids);
    return Promise.resolve();
  }
}

test('a message that comes again while it runs is not acknowledged before it has ended', async () => {
  const source = new HandSource();
  const clock = new VirtualClock();
  const processor = new StreamProcessor({ pipeline, source, clock, settings: { concurrency: 4 } });
  await processor.start();
  source.give('a', 1);
  source.give('a', 1);
  await clock.advance(1);
  expect(processor.counts.statuses).toEqual({ duplicate: 1 });
  expect(source.acknowledged).toEqual([]);
  gates.get(1)?.();
  await clock.advance(1);
  expect(new Set(source.acknowledged)).toEqual(new Set(['a']));
  source.give('a', 1);
  await clock.advance(1);
  expect(source.acknowledged.length).toBeGreaterThan(1);
  await processor.stop();
});

test('a message that was cancelled by a stop runs when it comes again', async () => {
  const source = new HandSource();
  const clock = new VirtualClock();
  const processor = new StreamProcessor({ pipeline, source, clock });
  await processor.start();
  source.give('b', 2);
  await clock.advance(1);
  const stopping = processor.stop({ deadlineMs: 10 });
  await clock.advance(100);
  await stopping;
  expect(processor.counts.statuses).toEqual({ cancelled: 1 });
  expect(source.acknowledged).toEqual([]);
  await processor.start();
  source.give('b', 2);
  await clock.advance(1);
  expect(processor.counts).toMatchObject({ statuses: { cancelled: 1 }, running: 1 });
  gates.get(2)?.();
  await clock.advance(1);
  expect(source.acknowledged).toEqual(['b']);
  await processor.stop();
});

test('what the source did not take as acknowledged is told to it again, with growing pauses', async () => {
  const source = new HandSource();
  const clock = new VirtualClock();
  const processor = new StreamProcessor({
    pipeline,
    source,
    clock,
    settings: { sourceRestart: { delay: '1s', maxDelay: '10s' } },
  });
  await processor.start();
  source.refusals = 2;
  source.give('c', 3);
  await clock.advance(1);
  gates.get(3)?.();
  await clock.advance(1);
  const health = () => processor.health.components.find(({ kind }) => kind === 'source');
  expect(health()).toMatchObject({
    status: 'degraded',
    reason: expect.stringContaining('no conn'),
  });
  await clock.advance(2_990);
  expect(source.acknowledged).toEqual([]);
  await clock.advance(20);
  expect(source.acknowledged).toEqual(['c']);
  expect(health()).toMatchObject({ status: 'ok' });
  await processor.stop();
});

test('a stop tries once more to acknowledge, and does not wait for a source that is gone', async () => {
  const source = new HandSource();
  const clock = new VirtualClock();
  const processor = new StreamProcessor({ pipeline, source, clock });
  await processor.start();
  source.refusals = Number.POSITIVE_INFINITY;
  source.give('d', 4);
  await clock.advance(1);
  gates.get(4)?.();
  await clock.advance(1);
  await processor.stop();
  expect(processor.counts.statuses).toEqual({ done: 1 });
  expect(source.acknowledged).toEqual([]);
});

test('a stop does not wait for an acknowledgement that never returns, beyond its deadline', async () => {
  const clock = new VirtualClock();
  const source = {
    ...iterableSource([5]),
    acknowledge: () => new Promise<void>(() => undefined),
  };
  const processor = new StreamProcessor({
    pipeline,
    source,
    clock,
    settings: { whenSourceEnds: 'wait' },
  });
  await processor.start();
  await clock.advance(1);
  gates.get(5)?.();
  await clock.advance(1);
  const stopping = processor.stop({ deadlineMs: 500 });
  await clock.advance(499);
  expect(processor.state).toBe('stopping');
  await clock.advance(2);
  await stopping;
  expect(processor.counts.statuses).toEqual({ done: 1 });
});

test.each([7, '', 'half \ud800'])('the id %j fails its message, and no other', async (id) => {
  const clock = new VirtualClock();
  const processor = new StreamProcessor({ pipeline, clock });
  await processor.start();
  const outcome = await processor.push({ id: id as string, value: 1 });
  expect(outcome).toMatchObject({ status: 'failed', failure: { code: 'MESSAGE_ID_INVALID' } });
  const other = processor.push({ id: 'other', value: 6 });
  await clock.advance(1);
  gates.get(6)?.();
  expect((await other).status).toBe('done');
  await processor.stop();
});
