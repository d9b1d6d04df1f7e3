import { expect, test } from '@jest/globals';
import { rowOf } from '../features/feature-table.ts';
import { curvedSamples } from '../testing-local/generated-samples.ts';
import { scorePredictions } from '../validation/scores.ts';
import { fitBody } from './fit-body.ts';
import { fitModel } from './fit-model.ts';
import type { FitRound } from './fit-round.ts';
import { modelOf } from './model-of.ts';
import { shareSamples } from './share-samples.ts';
import { Trainer } from './trainer.ts';

const spec = { kind: 'boosted-trees', rounds: 20, leaves: 8 } as const;

test('a thread gives the model that this one would, several at a time, with shared samples', async () => {
  await using trainer = new Trainer({ threads: 2 });
  const samples = curvedSamples(1000, 1);
  const shared = shareSamples(samples);
  expect(shared.features.columns[0]?.buffer).toBeInstanceOf(SharedArrayBuffer);
  const rows = Int32Array.from({ length: 500 }, (_, at) => at);
  const [trees, half, line] = await Promise.all([
    trainer.fit(shared, spec),
    trainer.fit(shared, spec, { rows }),
    trainer.fit(samples, { kind: 'logistic' }),
  ]);
  expect(trees.body).toEqual(fitModel(samples, spec).body);
  expect(half.body).toEqual(fitModel(samples, spec, rows).body);
  expect(line.body).toEqual(fitModel(samples, { kind: 'logistic' }).body);
});

test('errors keep their code, and the trainer goes on after them', async () => {
  await using trainer = new Trainer({ threads: 1 });
  const samples = curvedSamples(200, 1);
  const equal = { ...samples, labels: samples.labels.map(() => 1) };
  await expect(trainer.fit(equal, spec)).rejects.toMatchObject({ code: 'TRAINING_ONE_CLASS' });
  await expect(trainer.fit(samples, { ...spec, rounds: 0 })).rejects.toMatchObject({
    code: 'QUANT_ARGUMENT',
  });
  const model = await trainer.fit(samples, spec);
  expect(model.kind).toBe('boosted-trees');
});

test('a fit is ended by its signal, and by closing', async () => {
  const samples = curvedSamples(20_000, 1);
  const long = { kind: 'boosted-trees', rounds: 5000, tailShare: 0 } as const;
  await using trainer = new Trainer({ threads: 1 });
  const controller = new AbortController();
  const { signal } = controller;
  const first = trainer.fit(samples, long, { signal });
  const queued = trainer.fit(samples, long, { signal });
  const other = trainer.fit(curvedSamples(200, 1), spec);
  controller.abort();
  await expect(first).rejects.toMatchObject({ name: 'AbortError' });
  await expect(queued).rejects.toMatchObject({ name: 'AbortError' });
  await expect(trainer.fit(samples, long, { signal })).rejects.toMatchObject({
    name: 'AbortError',
  });
  expect((await other).kind).toBe('boosted-trees');
  const closed = new Trainer({ threads: 1 });
  const second = closed.fit(samples, long);
  const ended = expect(second).rejects.toMatchObject({ code: 'TRAINING_WORKER_FAILED' });
  await closed.close();
  await ended;
});

test('each tree is told of while the fit goes on, from a thread as from this one', async () => {
  await using trainer = new Trainer({ threads: 1 });
  const samples = curvedSamples(1000, 1);
  const heard: FitRound[] = [];
  const model = await trainer.fit(samples, spec, { onRound: (round) => heard.push(round) });
  expect(model.body).toEqual(fitModel(samples, spec).body);
  expect(heard.map(({ round }) => round)).toEqual(heard.map((_, at) => at + 1));
  expect(heard.map(({ tailLoss }) => tailLoss)).toEqual(model.training.tailLoss);
  const here: FitRound[] = [];
  const rows = Int32Array.from(samples.labels.keys());
  fitBody(samples, rows, spec, (round) => here.push(round));
  expect(here).toEqual(heard);
  const losses = here.map(({ loss }) => loss);
  expect(losses).toEqual(losses.toSorted((a, b) => b - a));
});

test('the training loss that is told is that of the predictions of the model so far', () => {
  const samples = curvedSamples(300, 1);
  const rows = Int32Array.from(samples.labels.keys());
  const heard: FitRound[] = [];
  const whole = { ...spec, tailShare: 0 } as const;
  const model = modelOf(fitBody(samples, rows, whole, (round) => heard.push(round)));
  const predicted = Float64Array.from(rows, (row) => model.predict(rowOf(samples.features, row)));
  const last = heard.at(-1);
  expect(last?.loss).toBeCloseTo(scorePredictions(samples.labels, predicted).logLoss, 12);
  expect(last?.tailLoss).toBeUndefined();
});
