import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import {
  definePipeline,
  MemoryStore,
  PipelineExecutor,
  PipelineStage,
  type StageScope,
  z,
} from '@millrace/core';
import { generateBars } from '../bars/generate-bars.ts';
import { ModelStore } from '../model-store/model-store.ts';
import { CheckPositions } from './check-positions.ts';
import { ComputeFeatures } from './compute-features.ts';
import { FitModel } from './fit-model.ts';
import { JudgeModel } from './judge-model.ts';
import { LabelEvents } from './label-events.ts';
import { MeasureDrift } from './measure-drift.ts';
import { MeasureReturns } from './measure-returns.ts';
import { PlanFolds } from './plan-folds.ts';
import { ReadBars } from './read-bars.ts';
import { SaveModel } from './save-model.ts';
import { ShuffleSampleLabels } from './shuffle-sample-labels.ts';
import { ValidateFolds } from './validate-folds.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'quant-stages-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

/** The primary signal of the tests: always long. */
class AlwaysLong extends PipelineStage.of({
  inputs: z.object({ bars: z.custom<{ readonly close: Float64Array }>() }),
  outputs: z.object({ sides: z.custom<Int8Array>() }),
}) {
  run({ inputs }: StageScope<typeof AlwaysLong>) {
    return { sides: new Int8Array(inputs.bars.close.length).fill(1) };
  }
}

async function runStages(
  stages: Parameters<typeof definePipeline>[0]['stages'],
  context: Record<string, unknown>,
) {
  const executor = new PipelineExecutor({ store: new MemoryStore() });
  const run = await executor.start(definePipeline({ name: 'test', context, stages }));
  return run.result;
}

const model = { kind: 'boosted-trees', rounds: 30, leaves: 8, minRows: 50 } as const;
const training = (leakAuc: number) => ({
  read: { stage: ReadBars, with: { intervalMs: 60_000 } },
  features: { stage: ComputeFeatures, needs: ['read'] },
  sides: { stage: AlwaysLong, needs: ['read'] },
  label: {
    stage: LabelEvents,
    needs: ['features', 'sides'],
    with: { takeProfit: 2, stopLoss: 2, horizon: 10, sideAsFeature: true },
  },
  plan: {
    stage: PlanFolds,
    needs: ['label'],
    with: { scheme: { kind: 'walk-forward', folds: 3 } },
  },
  validate: { stage: ValidateFolds, needs: ['plan'], with: { model, threads: 2 } },
  shuffle: { stage: ShuffleSampleLabels, needs: ['label'] },
  canary: {
    stage: ValidateFolds,
    needs: ['plan', 'shuffle'],
    reads: { samples: 'shuffledSamples' },
    writes: { outcomes: 'canaryOutcomes' },
    with: { model, threads: 2 },
  },
  judge: { stage: JudgeModel, needs: ['validate', 'canary'], with: { leakAuc } },
  fit: { stage: FitModel, needs: ['judge'], with: { model } },
  save: { stage: SaveModel, needs: ['fit'], with: { folder, name: 'meta' } },
});

test('from raw bars to a promoted model, with its lineage', async () => {
  const rawBars = generateBars({ count: 5000, seed: 3, persistence: 0.5 });
  const { status, context, runId } = await runStages(training(0.8), { rawBars });
  expect(status).toBe('succeeded');
  expect(context.get('judgement')).toMatchObject({
    verdict: 'edge',
    canaryAuc: expect.closeTo(0.5, 1),
  });
  expect(context.get('savedModel')).toEqual({
    id: 'meta@1',
    name: 'meta',
    version: 1,
    isPromoted: true,
  });
  const { record } = await new ModelStore(folder).load('meta');
  expect(record.lineage).toMatchObject({ runId, stageId: 'save' });
  expect(record.properties).toMatchObject({ verdict: 'edge' });
  expect(record.model.features.at(-1)).toBe('side');
});

test('a model that is suspected to leak is kept, and not promoted', async () => {
  const rawBars = generateBars({ count: 4000, seed: 3, persistence: 0.5 });
  const { context } = await runStages(training(0.55), { rawBars });
  expect(context.get('judgement')).toMatchObject({ verdict: 'leak-suspected' });
  expect(context.get('savedModel')).toMatchObject({ isPromoted: false });
  expect(await new ModelStore(folder).promoted('meta')).toBeUndefined();
});

test('bars that the policy does not allow fail the stage with the row', async () => {
  const bars = generateBars({ count: 3, seed: 1 });
  bars.close[1] = Number.NaN;
  const read = { read: { stage: ReadBars } };
  const { status, stages } = await runStages(read, { rawBars: bars });
  expect(status).toBe('failed');
  expect(JSON.stringify(stages)).toMatch(/BARS_INVALID/);
});

test('too few samples are refused with the minimum', async () => {
  const rawBars = generateBars({ count: 150, seed: 1 });
  const stages = training(0.6);
  const few = { ...stages, plan: { ...stages.plan, with: { minSamples: 1000 } } };
  const { status, stages: summaries } = await runStages(few, { rawBars });
  expect(status).toBe('failed');
  expect(JSON.stringify(summaries)).toMatch(/needed at least 1000/);
});

test('returns are measured, drift is told, and positions are cut', async () => {
  const column = (offset: number) => Float64Array.from({ length: 100 }, (_, at) => at + offset);
  const table = (offset: number) => ({ names: ['x'], columns: [column(offset)] });
  const { status, context } = await runStages(
    {
      measure: { stage: MeasureReturns },
      drift: { stage: MeasureDrift },
      check: { stage: CheckPositions, with: { position: 0.2 } },
    },
    {
      returns: [0.01, -0.02, 0.03],
      trainedFeatures: table(0),
      features: table(50),
      account: { equity: 100, peakEquity: 100, dayStartEquity: 100 },
      wantedPositions: [{ id: 'A', held: 0, wanted: 0.5 }],
    },
  );
  expect(status).toBe('succeeded');
  expect(context.get('performance')).toMatchObject({ maxDrawdown: expect.closeTo(0.02) });
  expect(context.get('drift')).toMatchObject({ isAlert: true });
  expect(context.get('riskDecision')).toMatchObject({ mode: 'trade', weights: { A: 0.2 } });
});
