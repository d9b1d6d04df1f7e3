import { beforeAll, describe, expect, it } from '@jest/globals';
import type { Evaluation } from '../evaluation/evaluation.ts';
import type { TrainingResult } from '../report/training-result.ts';
import { ONE_CANDIDATE, TemporaryHome, useTemporaryHome } from '../testing-local/temporary-home.ts';

// Whole trainings: what is there is found, what is not there is not, and what is too good is not believed.

const home = useTemporaryHome();

async function evaluationOf(...argv: readonly string[]): Promise<Evaluation> {
  const { evaluation } = await home().result(...argv);
  if (evaluation === undefined) throw new Error('it was not evaluated');
  return evaluation;
}

const always = ({ baseRate }: Evaluation['scores']): number => Math.max(baseRate, 1 - baseRate);

describe('on generated bars', () => {
  it('a planted edge is found on the days held back, and the model is promoted', async () => {
    const result = await home().result('--data', 'edge');
    const { evaluation, deployed, source } = result;
    expect(source).toMatchObject({ name: 'edge', isGenerated: true });
    expect(evaluation).toMatchObject({ verdict: 'approved', evidence: 'edge', reasons: [] });
    const { scores, strategy, buyAndHold, chance } = evaluation as Evaluation;
    // Two standard errors of 2,999 days are 1.8 points.
    expect(scores.accuracy - always(scores)).toBeGreaterThan(0.03);
    expect(scores.auc).toBeGreaterThan(0.55);
    expect(strategy.sharpe).toBeGreaterThan((buyAndHold.sharpe ?? 0) + 1);
    expect(chance).toBeLessThan(0.01);
    expect(deployed).toMatchObject({ id: 'edge@1', isPromoted: true, inUse: 1 });
  });

  it('a random walk gives no more than two points from the base rate, and nothing is promoted', async () => {
    const { evaluation, deployed } = await home().result('--data', 'no-edge');
    expect(evaluation).toMatchObject({ verdict: 'rejected', evidence: 'no-edge' });
    const { scores } = evaluation as Evaluation;
    expect(Math.abs(scores.accuracy - always(scores))).toBeLessThan(0.02);
    expect(Math.abs((scores.auc ?? 0) - 0.5)).toBeLessThan(0.02);
    expect(deployed).toMatchObject({ isPromoted: false, inUse: null });
  });
});

describe('on real bars', () => {
  let result: TrainingResult;
  beforeAll(async () => {
    const own = new TemporaryHome();
    result = await own.result('--data', 'sp500').finally(() => own.remove());
  });

  it('a leak is caught, however splendid its figures are', async () => {
    const leak = 'stages.feature-engineering.with.features={"plantLeak":true}';
    const { verdict, evidence, reasons, strategy, checks } = await evaluationOf(
      '--set',
      leak,
      ...ONE_CANDIDATE,
    );
    expect(strategy.sharpe).toBeGreaterThan(5);
    expect(checks.every(({ passed }) => passed)).toBe(true);
    expect({ verdict, evidence }).toEqual({ verdict: 'rejected', evidence: 'leak-suspected' });
    expect(reasons.join('\n')).toContain(
      'the feature return_of_tomorrow alone has an AUC of 1.000',
    );
  });

  it('shuffled labels are not learned', () => {
    expect(Math.abs((result.evaluation?.canaryAuc ?? 0) - 0.5)).toBeLessThan(0.03);
  });

  it('the direction of the next day is hardly better foretold than by the base rate, and that is what is said', () => {
    const { scores, verdict } = result.evaluation as Evaluation;
    expect(scores.auc).toBeLessThan(0.6);
    expect(Math.abs(scores.accuracy - always(scores))).toBeLessThan(0.03);
    expect(verdict).toBe('rejected');
  });

  it('the day without volume is counted, and the parts lie in time one after the other', () => {
    expect(result.quality?.counts).toEqual({ 'no-volume': 1 });
    expect(result.split?.days).toEqual(['1990-01-02', '2007-10-17', '2011-08-10', '2015-06-08']);
  });
});

describe('with labels by triple barriers', () => {
  it('trains and judges as well, with more purged at the borders', async () => {
    const labels = 'stages.feature-engineering.with.labels={"kind":"triple-barrier","horizon":5}';
    const { evaluation, deployed } = await home().result(
      '--data',
      'ge',
      '--set',
      labels,
      ...ONE_CANDIDATE,
    );
    expect(evaluation?.scores.count).toBeGreaterThan(900);
    expect(deployed?.id).toBe('ge@1');
  });
});
