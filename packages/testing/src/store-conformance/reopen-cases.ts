import assert from 'node:assert/strict';
import { expectFailure } from './expect-failure.ts';
import {
  attemptRecord,
  batch,
  bytesValue,
  newRun,
  OTHER_OWNER,
  OTHER_RUN,
  OWNER,
  RUN,
  stageBasis,
  stageNames,
  stageRecord,
  startedEvent,
  startRun,
  textValue,
  writeOf,
} from './samples.ts';
import type { StoreCase } from './store-subject.ts';

export const reopenCases: readonly StoreCase[] = [
  {
    name: 'everything is there after the store was closed and opened again',
    needsOutliving: true,
    async body(store, { openAgain }) {
      const values = [
        textValue('"a"'),
        textValue(`"${'a'.repeat(2 ** 21)}"`),
        bytesValue(new Uint8Array(9)),
      ];
      const [first, big, bytes] = values;
      assert.ok(first !== undefined && big !== undefined && bytes !== undefined);
      const lease = await store.createRun(
        newRun({ context: [writeOf('a', first)] }),
        [first],
        OWNER,
      );
      const reused = stageRecord('a', {
        basis: stageBasis({ read: ['window'], files: [['a.csv', 'd1']] }),
        cacheKey: 'c0de',
        origin: { runId: OTHER_RUN, attempt: 2 },
      });
      const stages = [stageRecord('z', { writes: [writeOf('big', big)] }), reused];
      const attempts = [attemptRecord('z'), attemptRecord('a')];
      const events = [startedEvent(1), startedEvent(2)];
      await store.commit(
        lease,
        batch({ values: [big, bytes], stages, attempts, events, sync: false }),
      );
      const before = await store.findRun(RUN);
      await store.close();

      const again = await openAgain();
      assert.deepEqual(await again.findRun(RUN), before);
      assert.deepEqual(await again.loadStages(RUN), stages);
      assert.deepEqual(await again.findStages('c0de', 9), [{ runId: RUN, record: reused }]);
      assert.deepEqual(await again.loadAttempts(RUN), attempts);
      assert.deepEqual(await again.loadEvents(RUN, 0, 9), events);
      for (const value of values) assert.deepEqual(await again.loadValue(value.hash), value);
      await again.commit(lease, batch({ stages: [stageRecord('next')] }));
      assert.deepEqual(await stageNames(again), ['z', 'a', 'next']);
    },
  },
  {
    name: 'a second store on the same storage sees each commit of the first at once',
    needsOutliving: true,
    async body(store, { openAgain }) {
      const lease = await startRun(store);
      const viewer = await openAgain();
      for (const id of ['a', 'b', 'c']) {
        await store.commit(lease, batch({ stages: [stageRecord(id)] }));
        assert.equal((await stageNames(viewer)).at(-1), id);
      }
      const found = stageRecord('found', { cacheKey: 'c0de' });
      await store.commit(lease, batch({ stages: [found] }));
      assert.deepEqual(await viewer.findStages('c0de', 9), [{ runId: RUN, record: found }]);
    },
  },
  {
    name: 'a second store takes a run over, and the first finds its lease lost',
    needsOutliving: true,
    async body(store, { openAgain }) {
      const lease = await startRun(store);
      const other = await openAgain();
      const held = { kind: 'held', owner: OWNER, fence: 1 };
      assert.deepEqual(await other.acquireRun(RUN, OTHER_OWNER), held);
      const taken = await other.acquireRun(RUN, OTHER_OWNER, { fence: 1 });
      assert.deepEqual(taken, { kind: 'acquired', lease: { runId: RUN, fence: 2 } });
      const late = batch({ stages: [stageRecord('late')] });
      await expectFailure('LEASE_LOST', () => store.commit(lease, late));
      await expectFailure('RUN_EXISTS', () => store.createRun(newRun(), [], OWNER));
      assert.deepEqual(await stageNames(other), []);
    },
  },
  {
    name: 'of two stores that acquire a free run at once, one gets it',
    needsOutliving: true,
    async body(store, { openAgain }) {
      const other = await openAgain();
      await store.releaseRun(await startRun(store));
      const results = await Promise.all([
        store.acquireRun(RUN, OWNER),
        other.acquireRun(RUN, OTHER_OWNER),
      ]);
      assert.deepEqual(results.map(({ kind }) => kind).sort(), ['acquired', 'held']);
    },
  },
];
