import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { fitModel, generateBars, ModelStore, type Samples } from '@millrace/quant';
import { defaultSettings } from '../config/settings.ts';
import { ModelSlot } from '../models/model-slot.ts';
import { ManualTime } from '../testing-local/manual-time.ts';
import { smallLiveModel } from '../testing-local/small-model.ts';
import { useTemporaryFolder } from '../testing-local/temporary-folder.ts';
import { samplesOfBars } from '../train/samples-of-bars.ts';
import type { RetrainTrigger } from './retrain-trigger.ts';
import { Retrainer } from './retrainer.ts';

const folder = useTemporaryFolder();
const settings = defaultSettings();
const samplesWith = (persistence: number, count = 3000) =>
  samplesOfBars(generateBars({ count, seed: 12, persistence }), settings);

let store: ModelStore;
let slot: ModelSlot;
let samples: Samples;
let heard: RetrainTrigger[];
let retrainer: Retrainer;
const time = new ManualTime();

beforeEach(() => {
  store = new ModelStore(folder());
  slot = new ModelSlot(smallLiveModel(1));
  heard = [];
  retrainer = new Retrainer({
    ...{ slot, store, time, name: 'meta', origin: 'generated', freshShare: 0.3, minSamples: 1000 },
    samples: () => samples,
    onChange: (trigger) => void heard.push(trigger),
  });
});
afterEach(() => retrainer.close());

const ask = (reason: RetrainTrigger['reason'] = 'manual', priority: 1 | 2 | 3 = 2): boolean =>
  retrainer.request({ reason, priority, baseline: 0.6, current: 0.4 });
const states = (): readonly string[] => heard.map(({ id, state }) => `${id} ${state}`);

test('a better candidate is promoted and swapped in, by way of every state', async () => {
  samples = samplesWith(-0.8);
  expect(ask()).toBe(true);
  await retrainer.settled();
  expect(states()).toEqual(['1 created', '1 queued', '1 processing', '1 completed']);
  const [last] = heard.slice(-1);
  expect(last?.state === 'completed' && last.end).toMatchObject({
    kind: 'swapped',
    modelId: 'meta@1',
  });
  expect(slot.current?.id).toBe('meta@1');
  expect(await store.promoted('meta')).toBe(1);
  expect((await store.load('meta')).record).toMatchObject({
    tags: ['retrained', 'generated'],
    lineage: { runId: 'retrain-1' },
  });
});

test('one that is not better on the same fresh samples is kept in the store, and not used', async () => {
  samples = samplesWith(0.7);
  // It has seen the fresh part, so that no candidate can be better there.
  const cheat = fitModel(samples, {
    kind: 'boosted-trees',
    rounds: 80,
    leaves: 31,
    minRows: 5,
    tailShare: 0,
  });
  const cheating = { ...smallLiveModel(1), id: 'cheat@1', model: cheat };
  slot.swap(cheating);
  ask();
  await retrainer.settled();
  const [last] = heard.slice(-1);
  expect(last?.state === 'completed' && last.end).toMatchObject({
    kind: 'kept-out',
    modelId: 'meta@1',
  });
  expect(slot.current).toBe(cheating);
  expect(await store.versions('meta')).toEqual([1]);
  expect(await store.promoted('meta')).toBeUndefined();
});

test('with too few samples it fails with the number, and the model stays', async () => {
  samples = samplesWith(0.7, 600);
  ask();
  await retrainer.settled();
  expect(heard.at(-1)).toMatchObject({
    state: 'failed',
    why: expect.stringMatching(/^got \d+ samples .* needed at least 1000$/),
  });
  expect(slot.current?.id).toBe('test@1');
});

test('samples of one class fail with the reason', async () => {
  samples = samplesWith(0.7);
  samples = { ...samples, labels: new Uint8Array(samples.labels.length) };
  ask();
  await retrainer.settled();
  expect(heard.at(-1)).toMatchObject({
    state: 'failed',
    why: expect.stringMatching(/labelled 1; expected both/),
  });
});

test('triggers are served one by one by priority, and one for a reason at a time', async () => {
  samples = samplesWith(0.7, 600);
  expect([
    ask('manual'),
    ask('time_interval', 3),
    ask('accuracy_degradation', 1),
    ask('time_interval', 3),
  ]).toEqual([true, true, true, false]);
  await retrainer.settled();
  const begun = heard.filter(({ state }) => state === 'processing').map(({ reason }) => reason);
  expect(begun.sort()).toEqual(['accuracy_degradation', 'manual', 'time_interval']);
  expect(heard.filter(({ state }) => state === 'failed')).toHaveLength(3);
  expect(retrainer.isBusy).toBe(false);
});

test('a close gives up what is being trained, and takes nothing more', async () => {
  samples = samplesWith(0.7);
  ask();
  await retrainer.close();
  expect(heard.at(-1)).toMatchObject({ state: 'failed' });
  expect(ask()).toBe(false);
});
