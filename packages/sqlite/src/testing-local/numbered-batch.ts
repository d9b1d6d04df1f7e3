import { asStageId, type CommitBatch, type EncodedValue, type RunEvent } from '@millrace/core';
import { CREATED_AT, RUN, sampleBatch, sampleStage, sampleValue } from './sample-records.ts';

const STAGES_PER_BATCH = 5;
/** One batch in so many brings a value that goes to a file of its own. */
const LARGE_EVERY = 7;

export function numberedValue(number: number): EncodedValue {
  const filling = number % LARGE_EVERY === 0 ? 'x'.repeat(2 ** 20) : '';
  return sampleValue(JSON.stringify(`value ${number} ${filling}`));
}

export function numberedStageNames(number: number): string[] {
  return Array.from({ length: STAGES_PER_BATCH }, (_, place) => `stage ${number}.${place}`);
}

/** Batch `number`, counted from 0, of a run that consists of such batches only. */
export function numberedBatch(number: number, fence: number): CommitBatch {
  const value = numberedValue(number);
  const writes = [{ key: `key ${number}`, kind: 'value', hash: value.hash }] as const;
  const names = numberedStageNames(number);
  return sampleBatch({
    values: [value],
    stages: names.map((name) => sampleStage(name, { writes, fence })),
    attempts: names.map((name) => ({
      stage: asStageId(name),
      attempt: 1,
      fence,
      status: 'succeeded',
      startedAt: CREATED_AT,
    })),
    events: names.map((name, place) => startedEvent(name, number * STAGES_PER_BATCH + place + 1)),
    sync: number % 3 !== 0,
  });
}

function startedEvent(name: string, seq: number): RunEvent {
  const stage = asStageId(name);
  return { seq, at: CREATED_AT, runId: RUN, type: 'stage.started', stage, attempt: 1 };
}
