import { expect, test } from '@jest/globals';
import { definePipeline, PipelineStage, VirtualClock } from '@millrace/core';
import { StreamProcessor } from '../processor/stream-processor.ts';
import { stopOnSignals } from './stop-on-signals.ts';

class Nothing extends PipelineStage {
  override run() {
    return {};
  }
}

const pipeline = definePipeline({ name: 'idle', stages: { nothing: { stage: Nothing } } });
const listeners = (): number => process.listenerCount('SIGUSR2');

test('a signal stops the stream, and nobody listens any more afterwards', async () => {
  const processor = new StreamProcessor({ pipeline, clock: new VirtualClock() });
  await processor.start();
  const seen: string[] = [];
  const before = listeners();
  stopOnSignals(processor, { signals: ['SIGUSR2'], onSignal: (signal) => seen.push(signal) });
  expect(listeners()).toBe(before + 1);
  process.emit('SIGUSR2', 'SIGUSR2');
  expect(processor.state).toBe('stopping');
  expect(await processor.finished).toMatchObject({ reason: 'stopped' });
  expect([seen, listeners()]).toEqual([['SIGUSR2'], before]);
});

test('a stream that stops for another reason lets go of the signals, too', async () => {
  const processor = new StreamProcessor({ pipeline, clock: new VirtualClock() });
  await processor.start();
  const before = listeners();
  stopOnSignals(processor, { signals: ['SIGUSR2'] });
  await processor.stop();
  await processor.finished;
  expect(listeners()).toBe(before);
});
