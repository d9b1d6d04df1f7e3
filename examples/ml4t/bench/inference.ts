import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import {
  fitModel,
  type MetaModel,
  ModelStore,
  modelOf,
  rowOf,
  type Samples,
  shareSamples,
  Trainer,
} from '@millrace/quant';
import { defaultSettings } from '../src/config/settings.ts';
import { Latencies } from '../src/demo/latencies.ts';
import { liveSignals } from '../src/demo/live-market.ts';
import type { SignalEvent } from '../src/events/signal-event.ts';
import { InferenceEngine } from '../src/inference/inference-engine.ts';
import type { LiveModel } from '../src/models/live-model.ts';
import { ModelSlot } from '../src/models/model-slot.ts';
import { EnrichmentService } from '../src/service/enrichment-service.ts';
import { atLeast, atMost, type Figure, yes } from './figure.ts';

const settings = defaultSettings();
const MARKET = { instrumentId: 'GENERATED', seed: 31, persistence: 0.7 };

export const live = (model: MetaModel, version: number): LiveModel => ({
  ...{ id: `bench@${version}`, version, model, baseline: 0.6, tags: ['generated'] },
});

function answer(
  engine: InferenceEngine,
  events: readonly SignalEvent[],
  each: (at: number) => void,
) {
  const all = new Latencies();
  const models = new Map<string, number>();
  for (const [at, event] of events.entries()) {
    const result = engine.process(event);
    if (result.kind === 'refused') throw new Error(result.message);
    all.add(Number(result.totalNs));
    const by = result.modelId ?? 'default';
    models.set(by, (models.get(by) ?? 0) + 1);
    each(at);
  }
  return { all, models };
}

const nothing = (): void => {};

/** Features and prediction, quiet, and the model alone. */
export function measureQuiet(model: MetaModel, samples: Samples, count: number): readonly Figure[] {
  const events = [...liveSignals({ ...MARKET, bars: count + 99 })];
  const engine = new InferenceEngine({ settings, slot: new ModelSlot(live(model, 1)) });
  const { all } = answer(engine, events, nothing);
  const alone = new Latencies();
  for (let row = 0; row < Math.min(count, samples.labels.length); row++) {
    const features = rowOf(samples.features, row);
    const from = process.hrtime.bigint();
    model.predict(features);
    alone.add(Number(process.hrtime.bigint() - from));
  }
  return [
    atMost('inference p99, features + prediction', {
      ...{
        measured: all.quantileUs(0.99) / 1000,
        required: 10,
        target: 0.2,
        unit: 'ms',
        digits: 3,
      },
    }),
    atMost('prediction alone, p99', {
      ...{ measured: alone.quantileUs(0.99), required: 50, unit: 'us' },
    }),
  ];
}

/** Direct calls of the whole service: inference, outcomes, monitor. */
export async function measureThroughput(model: MetaModel, count: number): Promise<Figure> {
  const folder = mkdtempSync(join(tmpdir(), 'ml4t-bench-'));
  try {
    const store = new ModelStore(folder);
    const about = { lineage: { runId: 'bench', data: 'generated' }, properties: { accuracy: 0.6 } };
    await store.promote('bench', (await store.save('bench', model, about)).version);
    const parts = { settings, store, name: 'bench', origin: 'generated', alert: nothing };
    await using service = new EnrichmentService(parts);
    await service.refreshModel();
    const events = [...liveSignals({ ...MARKET, bars: count + 99 })];
    const start = performance.now();
    for (const event of events) service.enrich(event);
    const seconds = (performance.now() - start) / 1000;
    return atLeast('throughput, one thread, direct calls', {
      ...{ measured: events.length / seconds, required: 1000, target: 20_000, unit: '/s' },
    });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The same while a thread trains on many samples. */
export async function measureDuringRetrain(model: MetaModel, samples: Samples): Promise<Figure> {
  const events = [...liveSignals({ ...MARKET, bars: 20_099 })];
  await using trainer = new Trainer({ threads: 1 });
  const spec = { kind: 'boosted-trees', rounds: 60, tailShare: 0 } as const;
  let isTraining = true;
  const training = trainer.fit(shareSamples(samples), spec).finally(() => {
    isTraining = false;
  });
  const all = new Latencies();
  while (isTraining) {
    const engine = new InferenceEngine({ settings, slot: new ModelSlot(live(model, 1)) });
    for (let at = 0; at < events.length && isTraining; at += 500) {
      for (const event of events.slice(at, at + 500)) {
        const result = engine.process(event);
        if (result.kind === 'enriched') all.add(Number(result.totalNs));
      }
      await setImmediate();
    }
  }
  await training;
  const measured = all.quantileUs(0.99) / 1000;
  const name = `inference p99 during a retrain (${all.count.toLocaleString('en-US')} answers)`;
  return atMost(name, { measured, required: 10, unit: 'ms', digits: 3 });
}

/** Signals through swaps every 1,000: nothing dropped, one model each, and no slower. */
export function measureSwap(
  models: readonly [MetaModel, MetaModel],
  count: number,
): readonly Figure[] {
  const events = [...liveSignals({ ...MARKET, bars: count + 99 })];
  const ends = models.map((model, at) => live(model, at + 1)) as [LiveModel, LiveModel];
  const still = answer(
    new InferenceEngine({ settings, slot: new ModelSlot(ends[0]) }),
    events,
    nothing,
  );
  const slot = new ModelSlot(ends[0]);
  const engine = new InferenceEngine({ settings, slot });
  const swapped = answer(engine, events, (at) => {
    if (at % 1000 === 999) slot.swap(ends[slot.swaps % 2 === 0 ? 1 : 0]);
  });
  const answered = [...swapped.models.values()].reduce((sum, number) => sum + number, 0);
  const [before, after] = [still.all.quantileUs(0.99), swapped.all.quantileUs(0.99)];
  const what = `hot swap: ${count.toLocaleString('en-US')} signals, ${slot.swaps} swaps`;
  return [
    yes(`${what}, dropped`, answered === count, String(count - answered), '0'),
    yes(
      `${what}, without a model`,
      !swapped.models.has('default'),
      String(swapped.models.get('default') ?? 0),
      '0',
    ),
    atMost(`hot swap: p99 over p99 without (${before.toFixed(1)} us)`, {
      ...{ measured: after / before, required: 2, unit: 'x', digits: 2 },
    }),
  ];
}

/** The same seed gives the same model, and a model is the same after it was written and read. */
export function measureSameness(samples: Samples, rows: Int32Array): readonly Figure[] {
  const spec = {
    kind: 'boosted-trees',
    rounds: 20,
    rowShare: 0.7,
    featureShare: 0.7,
    seed: 5,
  } as const;
  const [first, second] = [fitModel(samples, spec, rows), fitModel(samples, spec, rows)];
  const isSame = JSON.stringify(first.body) === JSON.stringify(second.body);
  const reloaded = modelOf(JSON.parse(JSON.stringify(first.body)));
  const differ = rows.filter((row) => {
    const features = rowOf(samples.features, row);
    return !Object.is(first.predict(features), reloaded.predict(features));
  }).length;
  return [
    yes('same seed, same model', isSame, isSame ? 'identical' : 'different', 'identical'),
    yes('predictions that differ after a reload', differ === 0, `${differ} of ${rows.length}`, '0'),
  ];
}
