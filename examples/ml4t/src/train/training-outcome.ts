import { ModelBody, modelOf } from '@millrace/quant';
import { asStageId, type CheckpointStore, type RunId, readValues, z } from 'millrace';
import type { TrainingResult } from '../events/training-result.ts';

const Scores = z.object({
  count: z.int(),
  auc: z.number().nullable(),
  logLoss: z.number(),
  accuracy: z.number(),
  baseRate: z.number(),
});
const Fold = Scores.extend({ fold: z.int(), trained: z.int(), purged: z.int(), testTo: z.int() });
export type FoldRow = z.infer<typeof Fold>;

const Values = z.object({
  barReport: z.object({
    read: z.int(),
    kept: z.int(),
    faulty: z.record(z.string(), z.int()),
    duplicates: z.int(),
    outOfOrder: z.int(),
    gaps: z.int().optional(),
    withoutVolume: z.int(),
  }),
  judgement: z.object({
    verdict: z.enum(['edge', 'no-edge', 'leak-suspected']),
    leakSigns: z.array(z.record(z.string(), z.unknown())),
    pooled: Scores,
    effectiveCount: z.number(),
    folds: z.array(Fold),
    canaryAuc: z.number().nullable().optional(),
  }),
  model: ModelBody,
  savedModel: z.object({ id: z.string(), isPromoted: z.boolean() }),
});
export type TrainingValues = z.infer<typeof Values>;

export interface TrainingOutcome {
  readonly result: TrainingResult;
  readonly values: TrainingValues;
  /** Folds that ran in the last session, and those that an earlier one did, from 1. */
  readonly ran: readonly number[];
  readonly kept: readonly number[];
}

/** What a finished training left in its store. */
export async function readTraining(store: CheckpointStore, runId: RunId): Promise<TrainingOutcome> {
  const values = Values.parse(await readValues(store, runId, Object.keys(Values.shape)));
  const { judgement, savedModel, model } = values;
  const { verdict, pooled, folds } = judgement;
  const { accuracy, auc, logLoss, baseRate } = pooled;
  const result: TrainingResult = {
    ...{ model: savedModel.id, verdict, accuracy, auc, logLoss, baseRate },
    featureImportance: modelOf(model).importance(),
    samples: folds.reduce((most, { testTo }) => Math.max(most, testTo), 0),
    folds: folds.length,
  };
  return { result, values, ...(await foldsOf(store, runId)) };
}

async function foldsOf(store: CheckpointStore, runId: RunId) {
  const items = await store.loadItems(runId, asStageId('validate'));
  const last = Math.max(...items.map(({ attempt }) => attempt));
  const ran = items.filter(({ attempt }) => attempt === last).map(({ key }) => Number(key) + 1);
  const kept = items.filter(({ attempt }) => attempt < last).map(({ key }) => Number(key) + 1);
  const rising = (a: number, b: number): number => a - b;
  return { ran: ran.sort(rising), kept: kept.sort(rising) };
}
