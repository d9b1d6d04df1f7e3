import assert from 'node:assert/strict';
import { asStageId, type ItemRecord } from '@millrace/core';
import {
  DELETED_AT,
  deleteEnded,
  endedRun,
  FINISH,
  has,
  input,
  KEY,
  MOST_STEPS,
  own,
  QUIET,
  shared,
  sizeOf,
  sweep,
} from './clean-up-samples.ts';
import {
  batch,
  bytesValue,
  CREATED_AT,
  OTHER_RUN,
  RUN,
  stageBasis,
  stageRecord,
  startRun,
  textValue,
  UNKNOWN_RUN,
  writeOf,
} from './samples.ts';
import type { StoreCase } from './store-subject.ts';

export const sweepCases: readonly StoreCase[] = [
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
  {
    name: 'a sweep keeps the results of items, and what they rest on, for as long as their run is there',
    async body(store) {
      const [basis, result] = [textValue('"basis"'), textValue('"result"')];
      const item: ItemRecord = {
        stage: asStageId('each'),
        key: 'AAPL',
        attempt: 1,
        status: 'succeeded',
        tries: 1,
        startedAt: CREATED_AT,
        durationMs: 1.5,
        itemHash: '',
        basis: basis.hash,
        result: result.hash,
      };
      const lease = await startRun(store);
      await store.commit(lease, batch({ values: [basis, result], items: [item], finish: FINISH }));
      assert.deepEqual((await sweep(store)).removed, sizeOf());
      await deleteEnded(store, RUN);
      assert.deepEqual(await store.loadItems(RUN, item.stage), []);
      assert.deepEqual((await sweep(store)).removed, sizeOf(basis, result));
      await startRun(store);
      assert.deepEqual(await store.loadItems(RUN, item.stage), [], 'the id is free again');
    },
  },
];
