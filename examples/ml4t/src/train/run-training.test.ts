import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { ModelStore, readBars } from '@millrace/quant';
import { asRunId, openStore, readValues } from 'millrace';
import { defaultSettings } from '../config/settings.ts';
import { openDataSet } from '../market/data-set.ts';
import { outcomeOf, runTrain } from '../testing-local/run-train.ts';
import { useTemporaryFolder } from '../testing-local/temporary-folder.ts';
import { samplesOfBars } from './samples-of-bars.ts';
import { trainPlaces } from './train-places.ts';

// Whole trainings with a real store and real threads: seconds on a busy machine.

const folder = useTemporaryFolder();

test('a planted edge is found out of sample: accuracy above .55, AUC above .6, and the model is promoted', async () => {
  const { exitCode, text, runId } = await runTrain(folder(), '--data', 'edge', '--bars', '12000');
  const { result, values } = await outcomeOf(folder(), runId);
  expect(exitCode).toBe(0);
  expect(result.verdict).toBe('edge');
  expect(result.accuracy).toBeGreaterThan(0.55);
  expect(result.auc).toBeGreaterThan(0.6);
  expect(result.accuracy).toBeGreaterThan(Math.max(result.baseRate, 1 - result.baseRate) + 0.02);
  expect(Math.abs((values.judgement.canaryAuc ?? 0) - 0.5)).toBeLessThan(0.03);
  expect(result.featureImportance.map(({ name }) => name)).toContain('side');
  expect(text).toContain('GENERATED bars with a planted edge');
  const { record } = await new ModelStore(join(folder(), 'models')).load('edge');
  expect(record).toMatchObject({
    tags: ['generated', 'edge'],
    lineage: { runId, stageId: 'save' },
  });
});

test('without an edge accuracy is within two points of the base rate, and nothing is promoted', async () => {
  const { runId } = await runTrain(folder(), '--data', 'no-edge', '--bars', '8000');
  const { result } = await outcomeOf(folder(), runId);
  const majority = Math.max(result.baseRate, 1 - result.baseRate);
  expect(result.verdict).toBe('no-edge');
  expect(Math.abs(result.accuracy - majority)).toBeLessThan(0.02);
  expect(await new ModelStore(join(folder(), 'models')).promoted('no-edge')).toBeUndefined();
});

test('real minute bars are trained on, whatever comes out, and the report says so', async () => {
  const { exitCode, text, runId } = await runTrain(folder(), '--data', 'aapl', '--bars', '3000');
  const { result, values } = await outcomeOf(folder(), runId);
  expect(exitCode).toBe(0);
  expect(text).toContain('real minute bars of Apple');
  expect(result.folds).toBe(20);
  expect(values.barReport).toMatchObject({ read: 3000, kept: 3000 });
  expect(result.auc).toBeLessThan(0.6);
});

test('the stages make of the bars what one plain call makes of them', async () => {
  const { runId } = await runTrain(folder(), '--data', 'edge', '--bars', '2000', '--seed', '3');
  const store = await openStore(trainPlaces(folder(), {}).store, { readOnly: true });
  const { samples } = await readValues(store, asRunId(runId), ['samples']);
  await store.close();
  const bars = readBars(await openDataSet({ data: 'edge', bars: 2000, seed: 3 })).bars;
  expect(samples).toEqual(samplesOfBars(bars, defaultSettings()));
});

describe('what cannot be trained', () => {
  test('too few bars are refused with the minimum', async () => {
    const { exitCode, text } = await runTrain(folder(), '--data', 'aapl', '--bars', '999');
    expect(exitCode).toBe(1);
    expect(text).toMatch(/signal: got 999 bars to train on, needed at least 1000/);
  });

  test.each([
    [['--data', 'gold'], /--data is "gold"; expected one of aapl, msft, btc, edge, no-edge/],
    [['--bars', '-1'], /--bars/],
    [['--resume', 'x', '--data', 'edge'], /leave the other options out/],
    [['hello'], /unexpected "hello"/],
    [['--data', 'edge', '--model', 'a b'], /"a b" cannot be the name of a model/],
    [['--model', ''], /--model wants a value/],
  ])('%j is refused', async (argv, message) => {
    await expect(runTrain(folder(), ...argv)).rejects.toThrow(message);
  });

  test('a resume of what is not there makes nothing', async () => {
    await expect(runTrain(folder(), '--resume', 'latest')).rejects.toMatchObject({
      code: 'STORE_MISSING',
    });
  });
});
