import {
  describeReasons,
  type KeyDifferences,
  type KeyWriter,
  type RunDifferences,
  type RunRecord,
  type StageDifferences,
  type StageRecord,
} from '@millrace/core';
import { shownRunStatus } from '../runs/shown-status.ts';
import { changesJson, problemJson } from './change-text.ts';

type Json = Readonly<Record<string, unknown>>;

export function diffJson({ before, after, isEqual, stages, keys }: RunDifferences): Json {
  return {
    before: runJson(before),
    after: runJson(after),
    equal: isEqual,
    stages: stages.map(stageJson),
    keys: keys.map(keyJson),
  };
}

/** The same of one key alone. */
export function keyDiffJson(
  key: KeyDifferences,
  { before, after }: Pick<RunDifferences, 'before' | 'after'>,
): Json {
  return {
    before: runJson(before),
    after: runJson(after),
    equal: key.isEqual,
    keys: key.isEqual ? [] : [keyJson(key)],
  };
}

function runJson(run: RunRecord): Json {
  const { id, pipeline, createdAt, durationMs } = run;
  return { id, pipeline, status: shownRunStatus(run), startedAt: createdAt, durationMs };
}

function stageJson(stage: StageDifferences): Json {
  const { isEqual, isUnexplained, before, after, changes, inputs, writes } = stage;
  return {
    id: stage.stage,
    equal: isEqual,
    unexplained: isUnexplained,
    before: before && endJson(before),
    after: after && endJson(after),
    changes: changes.map((change) => ({ ...change, text: describeReasons([change]) })),
    inputs,
    writes,
  };
}

function endJson({ status, attempt, durationMs, fallback, origin }: StageRecord): Json {
  return { status, attempt, durationMs, fallback, origin };
}

function keyJson({ key, before, after, changes }: KeyDifferences): Json {
  const writers = { before: before && writerJson(before), after: after && writerJson(after) };
  if (changes === undefined) return { key, ...writers };
  const told = changes.ok ? { changes: changesJson(changes.value) } : problemJson(changes.problem);
  return { key, ...writers, ...told };
}

/** Null: the initial context. */
function writerJson({ stage }: KeyWriter): Json {
  return { stage: stage ?? null };
}
