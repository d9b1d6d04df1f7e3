import assert from 'node:assert/strict';
import type {
  CheckpointStore,
  EncodedValue,
  Leftovers,
  RunId,
  SweepRequest,
  SweepStep,
} from '@millrace/core';
import { expectFailure } from './expect-failure.ts';
import {
  attemptRecord,
  batch,
  bytesValue,
  CREATED_AT,
  newRun,
  OTHER_OWNER,
  OTHER_RUN,
  OWNER,
  RUN,
  stageBasis,
  stageRecord,
  startedEvent,
  startRun,
  textValue,
  UNKNOWN_RUN,
  writeOf,
} from './samples.ts';
import type { StoreCase } from './store-subject.ts';

const FINISH = { status: 'succeeded', finishedAt: CREATED_AT + 500, durationMs: 499.5 } as const;
const DELETED_AT = CREATED_AT + 1000;
const QUIET: SweepRequest = { now: DELETED_AT, graceMs: 0, mayLive: () => false };
const KEY = 'c0de';
/** More steps than any store needs for what these cases leave. */
const MOST_STEPS = 100;

const [own, shared, input] = ['"own"', '"shared"', '"input"'].map((body) => textValue(body)) as [
  EncodedValue,
  EncodedValue,
  EncodedValue,
];

/** Sweeps to the end. */
async function sweep(store: CheckpointStore, request = QUIET): Promise<SweepStep> {
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

async function has(store: CheckpointStore, value: EncodedValue): Promise<boolean> {
  return (await store.loadValue(value.hash)) !== undefined;
}

const sizeOf = (...values: readonly EncodedValue[]): Leftovers => ({
  values: values.length,
  bytes: values.reduce((sum, { byteLength }) => sum + byteLength, 0),
});

/** A run that ended, with one stage that wrote these values, and an initial context. */
async function endedRun(
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

const deleteEnded = (store: CheckpointStore, id: RunId) =>
  store.deleteRun(id, { fence: 1 }, DELETED_AT);

export const cleanUpCases: readonly StoreCase[] = [
  {
    name: 'deleting a run removes all its records and leaves other runs as they are',
    async body(store) {
      await endedRun(store, RUN, [own]);
      await endedRun(store, OTHER_RUN, [own]);
      const other = await store.findRun(OTHER_RUN);
      assert.deepEqual(await deleteEnded(store, RUN), { kind: 'deleted' });
      assert.equal(await store.findRun(RUN), undefined);
      assert.deepEqual(await store.loadStages(RUN), []);
      assert.deepEqual(await store.loadAttempts(RUN), []);
      assert.deepEqual(await store.loadEvents(RUN, 0, 9), []);
      assert.deepEqual(await store.findRun(OTHER_RUN), other);
      assert.deepEqual(await store.listRuns({}), [other]);
      assert.equal((await store.loadStages(OTHER_RUN)).length, 1);
      assert.equal((await store.loadEvents(OTHER_RUN, 0, 9)).length, 2);
      const found = await store.findStages(KEY, 9);
      assert.deepEqual(
        found.map(({ runId }) => runId),
        [OTHER_RUN],
      );
    },
  },
  {
    name: 'a sweep removes the values of deleted runs and keeps those that another run refers to',
    async body(store) {
      await endedRun(store, RUN, [own, shared]);
      await endedRun(store, OTHER_RUN, [shared]);
      await deleteEnded(store, RUN);
      const { removed, waiting } = await sweep(store);
      assert.deepEqual(removed, sizeOf(own));
      assert.deepEqual(waiting, sizeOf());
      assert.equal(await has(store, own), false);
      assert.equal(await has(store, shared), true);
      assert.equal(await has(store, input), true);
      await deleteEnded(store, OTHER_RUN);
      assert.deepEqual((await sweep(store)).removed, sizeOf(shared, input));
      assert.deepEqual(await store.loadValue(shared.hash), undefined);
    },
  },
  {
    name: 'a sweep keeps what a patch builds upon, and what an outcome rests on',
    async body(store) {
      const [code, params, patch] = ['"code"', '"params"', '"patch"'].map((body) =>
        textValue(body),
      );
      assert.ok(code !== undefined && params !== undefined && patch !== undefined);
      const basis = stageBasis({ code: code.hash, params: params.hash });
      const lease = await startRun(store);
      const stages = [
        stageRecord('a', { writes: [writeOf('book', own)] }),
        stageRecord('b', { writes: [{ key: 'book', kind: 'patch', hash: patch.hash }], basis }),
      ];
      await store.commit(
        lease,
        batch({ values: [own, code, params, patch], stages, finish: FINISH }),
      );
      assert.deepEqual((await sweep(store)).removed, sizeOf());
      for (const value of [own, code, params, patch]) assert.equal(await has(store, value), true);
    },
  },
  {
    name: 'a sweep keeps an artifact that is named inside of a kept value, or of an artifact that is',
    async body(store) {
      const part = bytesValue(new Uint8Array(Buffer.from('the part')));
      const list = bytesValue(new Uint8Array(Buffer.from(`parts: ${part.hash}`)));
      const astray = bytesValue(new Uint8Array(Buffer.from('of a failed attempt')));
      const ref = textValue(`[{"artifact":1},"${list.hash}"]`, 'devalue');
      for (const value of [part, list, astray]) await store.saveValue(value);
      await endedRun(store, RUN, [ref]);
      assert.deepEqual((await sweep(store)).removed, sizeOf(astray));
      assert.deepEqual(await store.loadValue(part.hash), part);
      await deleteEnded(store, RUN);
      assert.deepEqual((await sweep(store)).removed, sizeOf(part, list, ref, input));
      assert.equal(await has(store, part), false);
    },
  },
  {
    name: 'a live run keeps the values of runs that were deleted after it began',
    async body(store) {
      await endedRun(store, RUN, [own]);
      await startRun(store, { id: OTHER_RUN });
      await deleteEnded(store, RUN);
      const live = await sweep(store, { ...QUIET, mayLive: () => true });
      assert.deepEqual(live.removed, sizeOf());
      assert.deepEqual(live.waiting, sizeOf(own, input));
      assert.equal(await has(store, own), true);
      assert.deepEqual((await sweep(store)).removed, sizeOf(own, input));
    },
  },
  {
    name: 'a live run may take over what a run has left that was deleted meanwhile',
    async body(store) {
      await endedRun(store, RUN, [own]);
      const lease = await startRun(store, { id: OTHER_RUN });
      const [found] = await store.findStages(KEY, 1);
      assert.ok(found !== undefined);
      await deleteEnded(store, RUN);
      await sweep(store, { ...QUIET, mayLive: () => true });
      const origin = { runId: RUN, attempt: 1 };
      await store.commit(lease, batch({ stages: [{ ...found.record, origin }], finish: FINISH }));
      assert.deepEqual((await sweep(store)).removed, sizeOf(input));
      assert.equal(await has(store, own), true);
    },
  },
  {
    name: 'an artifact that a live run has stored and not yet told of stays',
    async body(store) {
      const artifact = bytesValue(new Uint8Array([1, 2, 3]));
      await store.saveValue(artifact);
      await startRun(store);
      const { removed, waiting } = await sweep(store, { ...QUIET, mayLive: () => true });
      assert.deepEqual(removed, sizeOf());
      assert.deepEqual(waiting, sizeOf(artifact));
      assert.equal(await has(store, artifact), true);
      assert.deepEqual((await sweep(store)).removed, sizeOf(artifact));
    },
  },
  {
    name: 'a run that an owner holds is deleted only as it was seen',
    async body(store) {
      const lease = await startRun(store);
      const held = { kind: 'held', owner: OWNER, fence: 1 };
      assert.deepEqual(await store.deleteRun(RUN, { fence: 0 }, DELETED_AT), held);
      assert.deepEqual(await store.deleteRun(RUN, { fence: 2 }, DELETED_AT), held);
      const beat = (await store.findRun(RUN))?.beat ?? 0;
      await store.renewLease(lease);
      assert.deepEqual(await store.deleteRun(RUN, { fence: 1, beat }, DELETED_AT), held);
      await store.commit(lease, batch());
      const seen = (await store.findRun(RUN))?.beat ?? 0;
      const deleted = await store.deleteRun(RUN, { fence: 1, beat: seen }, DELETED_AT);
      assert.deepEqual(deleted, { kind: 'deleted' });
    },
  },
  {
    name: 'a run that was resumed since the look is not deleted, also when it has ended again',
    async body(store) {
      await endedRun(store, RUN, [own]);
      const taken = await store.acquireRun(RUN, OTHER_OWNER);
      assert.ok(taken.kind === 'acquired');
      const held = { kind: 'held', owner: OTHER_OWNER, fence: 2 };
      assert.deepEqual(await deleteEnded(store, RUN), held);
      await store.commit(taken.lease, batch({ finish: FINISH }));
      assert.deepEqual(await deleteEnded(store, RUN), { kind: 'moved' });
      assert.notEqual(await store.findRun(RUN), undefined);
    },
  },
  {
    name: 'a run that was deleted can neither be acquired nor written',
    async body(store) {
      const lease = await startRun(store);
      await store.deleteRun(RUN, { fence: 1 }, DELETED_AT);
      assert.deepEqual(await store.acquireRun(RUN, OTHER_OWNER), { kind: 'missing' });
      await expectFailure('LEASE_LOST', () => store.commit(lease, batch()));
      await expectFailure('LEASE_LOST', () => store.renewLease(lease));
      await store.releaseRun(lease);
      assert.deepEqual(await store.listRuns({}), []);
    },
  },
  {
    name: 'an unknown run is missing, and so is one that was deleted before',
    async body(store) {
      await endedRun(store, RUN, [own]);
      const missing = { kind: 'missing' };
      assert.deepEqual(await deleteEnded(store, UNKNOWN_RUN), missing);
      assert.deepEqual(await deleteEnded(store, RUN), { kind: 'deleted' });
      assert.deepEqual(await deleteEnded(store, RUN), missing);
      await sweep(store);
      assert.deepEqual((await sweep(store)).removed, sizeOf());
      assert.deepEqual(await deleteEnded(store, RUN), missing);
    },
  },
  {
    name: 'what would be left over is told before anything is deleted, and is what a sweep removes',
    async body(store) {
      await endedRun(store, RUN, [own, shared]);
      await endedRun(store, OTHER_RUN, [shared]);
      assert.deepEqual((await store.measure([])).leftovers, sizeOf());
      const { leftovers, bytes, freeBytes } = await store.measure([RUN, UNKNOWN_RUN]);
      assert.deepEqual(leftovers, sizeOf(own));
      assert.ok(bytes >= own.byteLength + shared.byteLength && freeBytes >= 0);
      assert.notEqual(await store.findRun(RUN), undefined);
      await deleteEnded(store, RUN);
      assert.deepEqual((await store.measure([])).leftovers, sizeOf(own));
      assert.deepEqual((await sweep(store)).removed, leftovers);
    },
  },
  {
    name: 'a value that was swept is stored again like a new one, and an id is free again',
    async body(store) {
      const large = textValue(`"${'x'.repeat(3 * 2 ** 20)}"`);
      await endedRun(store, RUN, [large]);
      await deleteEnded(store, RUN);
      await sweep(store);
      await endedRun(store, RUN, [large]);
      assert.equal((await store.loadStages(RUN)).length, 1);
      assert.deepEqual((await sweep(store)).removed, sizeOf());
      assert.ok((await store.loadValue(large.hash))?.body === large.body, 'the body differs');
    },
  },
  {
    name: 'a sweep goes on while another store works on the same storage, and takes nothing from it',
    needsOutliving: true,
    async body(store, { openAgain }) {
      await endedRun(store, RUN, [own, shared]);
      const other = await openAgain();
      await deleteEnded(store, RUN);
      const late = { ...QUIET, now: DELETED_AT + 1 };
      const lease = await startRun(other, { id: OTHER_RUN, createdAt: DELETED_AT });
      const writes = [writeOf('key', shared)];
      let step = await store.sweep(late);
      // Between any two steps it writes a value that is about to go.
      await other.commit(
        lease,
        batch({ values: [shared], stages: [stageRecord('b', { writes })] }),
      );
      for (let count = 0; !step.done && count < MOST_STEPS; count++) step = await store.sweep(late);
      assert.equal(step.done, true);
      assert.deepEqual(await other.loadValue(shared.hash), shared);
      assert.equal(await has(other, own), false);
    },
  },
];
