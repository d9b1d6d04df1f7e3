import assert from 'node:assert/strict';
import type {
  CheckpointStore,
  EncodedValue,
  Leftovers,
  RunId,
  SweepRequest,
  SweepStep,
} from '@millrace/core';
import {
  attemptRecord,
  batch,
  CREATED_AT,
  newRun,
  OWNER,
  stageBasis,
  stageRecord,
  startedEvent,
  textValue,
  writeOf,
} from './samples.ts';

export const FINISH = {
  status: 'succeeded',
  finishedAt: CREATED_AT + 500,
  durationMs: 499.5,
} as const;
export const DELETED_AT = CREATED_AT + 1000;
export const QUIET: SweepRequest = { now: DELETED_AT, graceMs: 0, mayLive: () => false };
export const KEY = 'c0de';
/** More steps than any store needs for what these cases leave. */
export const MOST_STEPS = 100;

export const [own, shared, input] = ['"own"', '"shared"', '"input"'].map((body) =>
  textValue(body),
) as [EncodedValue, EncodedValue, EncodedValue];

/** Sweeps to the end. */
export async function sweep(store: CheckpointStore, request = QUIET): Promise<SweepStep> {
  let values = 0;
  let bytes = 0;
  for (let step = 0; step < MOST_STEPS; step++) {
    const { done, removed, waiting } = await store.sweep(request);
    values += removed.values;
    bytes += removed.bytes;
    if (done) return { done, removed: { values, bytes }, waiting };
  }
  throw new assert.AssertionError({ message: `the sweep is not done after ${MOST_STEPS} steps` });
}

export async function has(store: CheckpointStore, value: EncodedValue): Promise<boolean> {
  return (await store.loadValue(value.hash)) !== undefined;
}

export const sizeOf = (...values: readonly EncodedValue[]): Leftovers => ({
  values: values.length,
  bytes: values.reduce((sum, { byteLength }) => sum + byteLength, 0),
});

/** A run that ended, with one stage that wrote these values, and an initial context. */
export async function endedRun(
  store: CheckpointStore,
  id: RunId,
  values: readonly EncodedValue[],
): Promise<void> {
  const context = [writeOf('day', input)];
  const lease = await store.createRun(newRun({ id, context }), [input], OWNER);
  const writes = values.map((value, place) => writeOf(`key ${place}`, value));
  const stages = [stageRecord('a', { writes, cacheKey: KEY, basis: stageBasis() })];
  const attempts = [attemptRecord('a', { status: 'succeeded' })];
  const events = [startedEvent(1, id), startedEvent(2, id)];
  await store.commit(lease, batch({ values, stages, attempts, events, finish: FINISH }));
}

export const deleteEnded = (store: CheckpointStore, id: RunId) =>
  store.deleteRun(id, { fence: 1 }, DELETED_AT);
