import {
  type CheckpointStore,
  capsuleChanges,
  describeReasons,
  MillraceError,
  type ReplayedOutput,
  type RunRecord,
  replayCapsule,
  type StageRecord,
} from '@millrace/core';
import type { LoadedPipeline } from '../../facade/load-pipeline.ts';
import { replayParamsOf } from '../capsule/replay-params-of.ts';
import { secretFinder, stageCapsule } from '../capsule/stage-capsule.ts';
import type { CommandContext } from '../command-context.ts';
import { shortFailure } from '../report/short-failure.ts';

/** What became of a stored outcome when it was made once more. */
export interface SampledStage {
  readonly stage: string;
  readonly verdict: 'same' | 'differs' | 'unknown';
  /** Why it cannot be told, or how it failed. */
  readonly why?: string;
  readonly outputs: readonly ReplayedOutput[];
  readonly durationMs: number;
}

export interface SampledRun {
  readonly run: RunRecord;
  readonly loaded: LoadedPipeline;
  readonly store: CheckpointStore;
}

/** Makes the outcome of a stage once more, from what is on record that it rests on, and compares. */
export async function sampleStage(
  context: CommandContext,
  sampled: SampledRun,
  record: StageRecord,
): Promise<SampledStage> {
  try {
    return await replayedOutcome(context, sampled, record);
  } catch (error) {
    if (!(error instanceof MillraceError)) throw error;
    return unknown(record, error.message);
  }
}

async function replayedOutcome(
  context: CommandContext,
  { run, loaded, store }: SampledRun,
  record: StageRecord,
): Promise<SampledStage> {
  const { terminal } = context;
  const { graph, stages } = loaded.pipeline;
  const stage = stages[graph.indexById.get(record.stage) ?? -1];
  if (stage === undefined) return unknown(record, 'the config has no such stage any more');
  if (record.writes.length === 0) return unknown(record, 'it wrote nothing that could be compared');
  const attempt = record.attempt;
  const capsule = await stageCapsule(context, store, { run, stage: stage.id, loaded, attempt });
  const changes = await capsuleChanges(capsule, stage);
  if (changes.length > 0) return unknown(record, `since then ${describeReasons(changes)}`);
  const { outcome, verdict, outputs, durationMs, failure } = await replayCapsule(
    capsule,
    stage.blueprint.stageClass,
    {
      params: replayParamsOf(context, capsule, stage),
      map: stage.map,
      redact: terminal.redact,
      holdsSecret: secretFinder(terminal.hidden),
    },
  );
  const told = { stage: stage.id, outputs, durationMs };
  if (outcome !== 'succeeded') {
    const why = failure === undefined ? outcome : shortFailure(failure);
    return { ...told, verdict: 'differs', why };
  }
  if (verdict === 'same-outputs') return { ...told, verdict: 'same' };
  const isTold = outputs.some(
    (output) => output.verdict !== 'same' && output.verdict !== 'unknown',
  );
  return isTold
    ? { ...told, verdict: 'differs' }
    : { ...told, verdict: 'unknown', why: 'the store cannot give what it wrote' };
}

function unknown({ stage }: StageRecord, why: string): SampledStage {
  return { stage, verdict: 'unknown', why, outputs: [], durationMs: 0 };
}
