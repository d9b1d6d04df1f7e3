import { expect, test } from '@jest/globals';
import { generateBars } from '@millrace/quant';
import { defaultSettings } from '../config/settings.ts';
import { InferenceEngine } from '../inference/inference-engine.ts';
import { ModelSlot } from '../models/model-slot.ts';
import { barsOf, listOf, signalsOf } from '../testing-local/signals.ts';
import { samplesOfBars } from '../train/samples-of-bars.ts';
import { OpenSignals } from './open-signals.ts';
import type { Outcome } from './outcome.ts';

const settings = defaultSettings();

function outcomesOf(events: ReturnType<typeof signalsOf>) {
  const engine = new InferenceEngine({ settings, slot: new ModelSlot() });
  const open = new OpenSignals(settings);
  const outcomes: Outcome[] = [];
  for (const event of events) {
    const answer = engine.process(event);
    outcomes.push(...open.resolve(event.instrumentId, event.bars));
    if (answer.kind === 'enriched') open.add(answer, engine.targetOf(event.instrumentId));
  }
  return { outcomes, open };
}

test('live outcomes are the labels that a training makes of the same bars, from the same features', () => {
  const { outcomes, open } = outcomesOf(signalsOf(600));
  const bars = generateBars({ count: 600, seed: 5, persistence: 0.7 });
  const samples = samplesOfBars(bars, settings);
  const rowAt = new Map(Array.from(samples.starts, (start, row) => [bars.time[start], row]));
  expect(outcomes.length).toBeGreaterThan(450);
  expect(open.unresolvable).toBe(0);
  for (const { beganMs, knownMs, label, features } of outcomes) {
    const row = rowAt.get(beganMs) ?? -1;
    expect(label).toBe(samples.labels[row]);
    expect(knownMs).toBe(bars.time[samples.ends[row] ?? -1]);
    for (const [at, column] of samples.features.columns.entries())
      expect(features[at]).toBeCloseTo(column[row] ?? Number.NaN, 9);
  }
});

test('the outcome of a signal is known once its horizon is over, and not before', () => {
  const { outcomes } = outcomesOf(signalsOf(110));
  expect(outcomes.map(({ beganMs }) => beganMs / 60_000)).toEqual([100]);
  expect(outcomesOf(signalsOf(109)).outcomes).toEqual([]);
});

test('a signal that comes again has one outcome', () => {
  const events = signalsOf(130);
  expect(outcomesOf(events.flatMap((event) => [event, event])).outcomes).toHaveLength(21);
});

test('signals whose bars cannot be used, or do not come, have no outcome', () => {
  const events = signalsOf(400);
  const lost = outcomesOf([...events.slice(0, 20), ...events.slice(250)]);
  expect(lost.open.unresolvable).toBe(10);
  const faulty = events.slice(0, 40).map((event) => ({
    ...event,
    bars: barsOf(
      listOf(event.bars).map((bar) => (bar.time === 110 * 60_000 ? { ...bar, low: 0 } : bar)),
    ),
  }));
  expect(outcomesOf(faulty).open.unresolvable).toBeGreaterThan(0);
});
