import assert from 'node:assert/strict';
import {
  DELETED_AT,
  deleteEnded,
  endedRun,
  FINISH,
  KEY,
  own,
  sizeOf,
  sweep,
} from './clean-up-samples.ts';
import { expectFailure } from './expect-failure.ts';
import { batch, OTHER_OWNER, OTHER_RUN, OWNER, RUN, startRun, UNKNOWN_RUN } from './samples.ts';
import type { StoreCase } from './store-subject.ts';

export const deletionCases: readonly StoreCase[] = [
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
];
