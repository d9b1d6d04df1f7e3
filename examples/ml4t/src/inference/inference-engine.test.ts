import { describe, expect, test } from '@jest/globals';
import { generateBars, positionSize, sliceBars } from '@millrace/quant';
import { defaultSettings } from '../config/settings.ts';
import type { InferenceResult } from '../events/inference-result.ts';
import type { SignalEvent } from '../events/signal-event.ts';
import { ModelSlot } from '../models/model-slot.ts';
import { ManualTime, slowTime } from '../testing-local/manual-time.ts';
import { barsOf, listOf, signalOver, signalsOf } from '../testing-local/signals.ts';
import { smallLiveModel } from '../testing-local/small-model.ts';
import { InferenceEngine } from './inference-engine.ts';

const settings = defaultSettings();
const bars = generateBars({ count: 300, seed: 3, persistence: 0.5 });
const engineWith = (slot = new ModelSlot()) =>
  new InferenceEngine({ settings, slot, time: new ManualTime() });

function enriched(engine: InferenceEngine, event: SignalEvent): InferenceResult {
  const answer = engine.process(event);
  if (answer.kind === 'refused') throw new Error(answer.message);
  return answer;
}

describe('an answer', () => {
  test('without a model has the default confidence, and says so', () => {
    const answer = enriched(engineWith(), signalOver(bars, [0, 120]));
    expect(answer).toMatchObject({
      modelAvailable: false,
      modelId: null,
      confidenceFrom: 'no-model',
      late: false,
    });
    expect(answer.enriched.metaConfidence).toBe(0.5);
  });

  test('of a model is its prediction for the features and the side', () => {
    const live = smallLiveModel(1);
    const answer = enriched(engineWith(new ModelSlot(live)), signalOver(bars, [0, 120]));
    expect(answer).toMatchObject({
      modelAvailable: true,
      modelId: 'test@1',
      confidenceFrom: 'model',
    });
    expect(answer.enriched.metaConfidence).toBe(live.model.predict(answer.features));
    expect(answer.features.at(-1)).toBe(1);
    expect([...answer.features].every(Number.isFinite)).toBe(true);
  });

  test('goes out under the names of the wire', () => {
    const { enriched: event } = enriched(engineWith(), signalOver(bars, [0, 120]));
    expect(event.toMetaOutput()).toEqual({
      confidence: event.metaConfidence,
      regime_weight: event.regimeWeight,
      toxicity: event.toxicity,
    });
  });

  test('has a size by confidence, regime and toxicity, and what the limits leave of it', () => {
    const { enriched: event, size, risk } = enriched(engineWith(), signalOver(bars, [0, 120]));
    const { metaConfidence: confidence, regimeWeight, toxicity } = event;
    expect(size).toBe(positionSize({ signal: 1, confidence, regimeWeight, toxicity }));
    expect(Math.abs(risk.weights.X ?? 1)).toBeLessThanOrEqual(0.1);
    expect(positionSize({ signal: 1, confidence: 0.5, regimeWeight: 0.8, toxicity: 0 })).toBe(0.2);
  });

  test('to a signal of 0 asks no model and takes no position', () => {
    const event = { ...signalOver(bars, [0, 120]), signal: 0 } as const;
    const answer = enriched(engineWith(new ModelSlot(smallLiveModel(1))), event);
    expect(answer).toMatchObject({ confidenceFrom: 'no-side', size: 0, modelId: null });
  });

  test('whose newest bar cannot be used does not rest on an older one', () => {
    const list = listOf(sliceBars(bars, 0, 120)).map((bar, at) =>
      at === 119 ? { ...bar, close: Number.NaN } : bar,
    );
    const event = { ...signalOver(bars, [0, 120]), bars: barsOf(list) };
    const answer = enriched(engineWith(new ModelSlot(smallLiveModel(1))), event);
    expect(answer).toMatchObject({ confidenceFrom: 'stale-bar', bars: { taken: 119, faulty: 1 } });
    expect(answer.enriched.metaConfidence).toBe(0.5);
  });

  test('while too many bars are faulty for every feature is the default', () => {
    const list = listOf(sliceBars(bars, 0, 120)).map((bar, at) =>
      at < 60 ? { ...bar, volume: -1 } : bar,
    );
    const event = { ...signalOver(bars, [0, 120]), bars: barsOf(list) };
    const answer = enriched(engineWith(new ModelSlot(smallLiveModel(1))), event);
    expect(answer).toMatchObject({ confidenceFrom: 'warming', bars: { taken: 60, faulty: 60 } });
  });

  test('is marked and counted as late when it took longer than the timeout', () => {
    const time = slowTime(3);
    const engine = new InferenceEngine({ settings, slot: new ModelSlot(), time });
    expect(enriched(engine, signalOver(bars, [0, 120]))).toMatchObject({
      late: false,
      totalNs: 9_000_000n,
    });
    const slower = new InferenceEngine({ settings, slot: new ModelSlot(), time: slowTime(4) });
    expect(enriched(slower, signalOver(bars, [0, 120])).late).toBe(true);
    expect([engine.counts.late, slower.counts.late]).toEqual([0, 1]);
  });
});

describe('a signal that is older than what was seen', () => {
  test('is computed from its own bars, and leaves the state alone', () => {
    const slot = new ModelSlot(smallLiveModel(1));
    const engine = engineWith(slot);
    enriched(engine, signalOver(bars, [100, 220]));
    const old = enriched(engine, signalOver(bars, [0, 120]));
    expect(old.bars).toMatchObject({ replayed: true, taken: 120 });
    expect(old.features).toEqual(enriched(engineWith(slot), signalOver(bars, [0, 120])).features);
    expect(enriched(engine, signalOver(bars, [101, 221])).bars).toMatchObject({
      taken: 1,
      resynchronised: false,
    });
  });
});

describe('a signal that cannot be answered is refused with the reason', () => {
  const good = signalOver(bars, [0, 120]);
  const cases = [
    ['too-few-bars', signalOver(bars, [0, 99]), /99 bars; expected at least 100/],
    ['no-instrument', { ...good, instrumentId: '' }, /no id/],
    ['side-unknown', { ...good, signal: 2 as 1 }, /is 2; expected -1, 0 or 1/],
    [
      'columns-unequal',
      { ...good, bars: { ...good.bars, low: new Float64Array(3) } },
      /"low" has 3 bars; expected 120/,
    ],
    [
      'bars-after-signal',
      { ...good, timestamp: good.timestamp - 1_000_000n },
      /expected none that does/,
    ],
  ] as const;
  test.each(cases)('%s', (reason, event, message) => {
    const engine = engineWith();
    expect(engine.process(event)).toMatchObject({
      kind: 'refused',
      reason,
      message: expect.stringMatching(message),
    });
    expect(engine.counts.refusals).toEqual({ [reason]: 1 });
  });
});

test('one bar of the far future in the middle does not spoil the signals after it', () => {
  const engine = engineWith();
  const list = listOf(sliceBars(bars, 0, 120)).map((bar, at) =>
    at === 50 ? { ...bar, time: 4e12 } : bar,
  );
  const event = { ...signalOver(bars, [0, 120]), bars: barsOf(list) };
  expect(engine.process(event)).toMatchObject({ kind: 'refused', reason: 'bars-after-signal' });
  expect(enriched(engine, signalOver(bars, [0, 121])).bars).toMatchObject({ taken: 121 });
});

test('100,000 signals through swaps: none dropped, each answered by exactly the model that it names', () => {
  const models = [smallLiveModel(1), smallLiveModel(2)] as const;
  const slot = new ModelSlot(models[0]);
  const engine = engineWith(slot);
  const events = signalsOf(100_099, { persistence: 0.3 });
  const answers = new Map<string | null, number>();
  for (const [at, event] of events.entries()) {
    if (at % 9973 === 5000) slot.swap(models[slot.swaps % 2 === 0 ? 1 : 0]);
    const answer = enriched(engine, event);
    answers.set(answer.modelId, (answers.get(answer.modelId) ?? 0) + 1);
    const named = models.find(({ id }) => id === answer.modelId);
    if (answer.confidenceFrom === 'model' && at % 7 === 0)
      expect(named?.model.predict(answer.features)).toBe(answer.enriched.metaConfidence);
  }
  expect(events).toHaveLength(100_000);
  expect(engine.counts.enriched).toBe(100_000);
  expect(slot.swaps).toBe(10);
  const named = models.reduce((sum, { id }) => sum + (answers.get(id) ?? 0), 0);
  expect(named + (answers.get(null) ?? 0)).toBe(100_000);
  expect(engine.counts.sources.model).toBe(named);
});

test('beyond the limit the instrument that was quiet for longest is begun anew', () => {
  const engine = new InferenceEngine({
    settings: defaultSettings({ maxInstruments: 2 }),
    slot: new ModelSlot(),
  });
  for (const id of ['A', 'B', 'A', 'C']) enriched(engine, signalOver(bars, [0, 120], id));
  expect(enriched(engine, signalOver(bars, [1, 121], 'A')).bars.taken).toBe(1);
  expect(enriched(engine, signalOver(bars, [1, 121], 'B')).bars.taken).toBe(120);
});
