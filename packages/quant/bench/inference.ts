import {
  areaUnderCurve,
  type Bar,
  barAt,
  FeatureEngine,
  fitModel,
  generateBars,
  type MetaModel,
  metaLabels,
  priceFeatures,
  rowOf,
  type Samples,
  selectSamples,
  shareSamples,
  Trainer,
  tripleBarrier,
  Vpin,
} from '@millrace/quant';
import { print, printLatencies, timed } from './measure.ts';
import { REFERENCE_AUC, TRAINED } from './reference-set.ts';

/** The trees against the reference implementation, and how long one prediction takes. */
export async function measureModel(samples: Samples): Promise<void> {
  const rows = Int32Array.from({ length: TRAINED }, (_, row) => row);
  const spec = { kind: 'boosted-trees', rounds: 100, leaves: 31, tailShare: 0 } as const;
  const model = await timed('fit, 260k x 20, 100 trees of 31', () => fitModel(samples, spec, rows));
  const tested = samples.labels.subarray(TRAINED);
  const durations = new Float64Array(tested.length);
  const scores = new Float64Array(tested.length);
  for (let at = 0; at < tested.length; at++) {
    const row = rowOf(samples.features, TRAINED + at);
    const start = performance.now();
    scores[at] = model.predict(row);
    durations[at] = performance.now() - start;
  }
  const auc = areaUnderCurve(tested, scores) ?? 0;
  const apart = Math.abs(auc - REFERENCE_AUC).toFixed(4);
  print('  AUC on 60k others', `${auc.toFixed(4)}; reference ${REFERENCE_AUC}, apart ${apart}`);
  printLatencies('  one prediction', durations);
}

/** A bar at a time: checks, features, toxicity and prediction, quiet and while a thread trains. */
export async function measureProcess(samples: Samples): Promise<void> {
  const bars = generateBars({ count: 60_000, seed: 5, persistence: 0.3 });
  const model = priceModel(5000);
  const list = Array.from(bars.time.keys(), (at) => barAt(bars, at));
  printLatencies('whole process(), quiet', processAll(list.slice(0, 30_000), model));
  await using trainer = new Trainer({ threads: 1 });
  const shared = shareSamples(samples);
  const spec = { kind: 'boosted-trees', rounds: 30, tailShare: 0 } as const;
  const training = trainer.fit(shared, spec);
  let isTraining = true;
  const ended = training.finally(() => {
    isTraining = false;
  });
  const during: Float64Array[] = [];
  while (isTraining) {
    during.push(processAll(list.slice(0, 5000), model));
    await new Promise((resolve) => setImmediate(resolve));
  }
  await ended;
  printLatencies('whole process(), during a retrain', joined(during));
}

function priceModel(count: number): MetaModel {
  const bars = generateBars({ count, seed: 4, persistence: 0.3 });
  const index = Int32Array.from({ length: count - 200 }, (_, at) => at + 100);
  const side = new Int8Array(index.length).fill(1);
  const target = new Float64Array(index.length).fill(0.002);
  const events = { index, side, target };
  const labels = tripleBarrier(bars, events, { takeProfit: 1, stopLoss: 1, horizon: 10 });
  const samples = selectSamples(priceFeatures(bars), labels, metaLabels(labels));
  return fitModel(samples, { kind: 'boosted-trees', rounds: 100, patience: 100, tailShare: 0 });
}

function processAll(list: readonly Bar[], model: MetaModel): Float64Array {
  const engine = new FeatureEngine();
  const vpin = new Vpin({ bucketVolume: 1000 });
  const durations = new Float64Array(list.length);
  for (const [at, bar] of list.entries()) {
    const start = performance.now();
    vpin.push(bar);
    if (engine.push(bar) === 'ready') model.predict(engine.row);
    durations[at] = performance.now() - start;
  }
  return durations;
}

function joined(parts: readonly Float64Array[]): Float64Array {
  const all = new Float64Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}
