import { describe, expect, it } from '@jest/globals';
import { fitModel, generateBars, selectSamples, Trainer } from '@millrace/quant';
import { computeFeatures } from '../features/compute-features.ts';
import { FeatureSettings } from '../features/feature-settings.ts';
import { labelBars } from '../features/label-bars.ts';
import { partSamples } from '../features/part-samples.ts';
import { Candidate } from './candidate.ts';
import type { CurvePoint } from './candidate-fit.ts';
import { chooseFit } from './choose-fit.ts';
import { CurveTeller } from './curve-teller.ts';
import { fitCandidate, specOf } from './fit-candidate.ts';

const bars = generateBars({ count: 1500, seed: 5, persistence: 0.4, volatility: 0.01 });
const labelled = labelBars(bars, { kind: 'next-day' });
const samples = selectSamples(
  computeFeatures(bars, FeatureSettings.parse({})),
  labelled,
  labelled.labels,
);
const parts = partSamples(samples, {
  validationFrom: 1050,
  testFrom: 1275,
  bars: 1500,
  days: ['', '', '', ''],
});
const { signal } = new AbortController();

const trees = Candidate.parse({
  name: 'trees',
  model: { kind: 'boosted-trees', leaves: 4, learningRate: 0.05, seed: 3, rowShare: 0.8 },
});
const logistic = Candidate.parse({ name: 'logistic', model: { kind: 'logistic', l2: 1 } });

async function fit(candidate: Candidate, onPoint: (point: CurvePoint) => void = () => {}) {
  await using trainer = new Trainer({ threads: 1 });
  return await fitCandidate(samples, parts, candidate, { trainer, signal, onPoint });
}

describe('fitCandidate', () => {
  it('stops the trees by exactly the validation part, ten trees after the best one', async () => {
    const heard: CurvePoint[] = [];
    const { body, curve, validation } = await fit(trees, (point) => heard.push(point));
    expect(body.training).toMatchObject({
      rows: parts.train.length,
      tailRows: parts.validation.length,
    });
    expect(heard).toEqual(curve);
    expect(curve.length).toBe(body.training.rounds + 10);
    const best = Math.min(...curve.map(({ validationLoss }) => validationLoss));
    expect(curve[body.training.rounds - 1]?.validationLoss).toBe(best);
    // The score of the trees that are kept is the lowest point of the curve.
    expect(validation.logLoss).toBeCloseTo(best, 12);
  });

  it('fits the logistic model to the training part alone', async () => {
    const { body, curve } = await fit(logistic);
    expect(curve).toEqual([]);
    expect(body).toEqual(fitModel(samples, { kind: 'logistic', l2: 1 }, parts.train).body);
  });

  it('gives the same model for the same seed, and another for another', async () => {
    const [first, second] = [await fit(trees), await fit(trees)];
    expect(second).toEqual(first);
    const other = Candidate.parse({ ...trees, model: { ...trees.model, seed: 4 } });
    expect((await fit(other)).body).not.toEqual(first.body);
  });

  it('asks for a tail of as many rows as the validation part, whatever their number', () => {
    const rowsOf = (count: number) => Int32Array.from({ length: count }, (_, at) => at);
    for (const [train, validation] of [
      [4425, 960],
      [7, 3],
      [13_939, 2999],
      [31, 30],
    ] as const) {
      const spec = specOf(trees.model, { train: rowsOf(train), validation: rowsOf(validation) });
      const share = spec.kind === 'boosted-trees' ? (spec.tailShare ?? 0) : 0;
      expect(Math.floor((train + validation) * share)).toBe(validation);
    }
  });
});

it('chooses by the validation loss alone, of equal ones the first', async () => {
  const fits = [await fit(logistic), await fit(trees)];
  const [a, b] = fits;
  const lower = (a?.validation.logLoss ?? 0) <= (b?.validation.logLoss ?? 0) ? a : b;
  expect(chooseFit(fits)).toBe(lower);
  if (a !== undefined) expect(chooseFit([a, { ...a, name: 'twin' }]).name).toBe('logistic');
  expect(() => chooseFit([])).toThrow(expect.objectContaining({ code: 'CANDIDATES_EMPTY' }));
});

it('tells the curve every so many trees, with the best point so far', () => {
  const lines: string[] = [];
  const teller = new CurveTeller('trees', 2, (line) => lines.push(line));
  for (const [at, validationLoss] of [0.69, 0.68, 0.685, 0.684].entries()) {
    teller.point({ round: at + 1, loss: 0.6, validationLoss });
  }
  expect(lines).toEqual([
    'trees: tree 2, loss 0.6000, validation 0.6800 (best 0.6800 at 2)',
    'trees: tree 4, loss 0.6000, validation 0.6840 (best 0.6800 at 2)',
  ]);
});

it('refuses a candidate with a mistyped option', () => {
  const typo = { name: 'x', model: { kind: 'boosted-trees', leafs: 4 } };
  expect(Candidate.safeParse(typo).error?.issues[0]?.message).toMatch(/leafs/);
});
