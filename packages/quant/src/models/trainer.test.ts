import { expect, test } from '@jest/globals';
import { curvedSamples } from '../testing-local/generated-samples.ts';
import { fitModel } from './fit-model.ts';
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
