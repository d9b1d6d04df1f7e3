import assert from 'node:assert/strict';
import {
  asRunId,
  type CheckpointStore,
  type Lease,
  type StageRecord,
  type StoredStageStatus,
} from '@millrace/core';
import { expectFailure } from './expect-failure.ts';
import {
  batch,
  CREATED_AT,
  OTHER_OWNER,
  OTHER_RUN,
  RUN,
  stageBasis,
  stageRecord,
  startedEvent,
  startRun,
  textValue,
  writeOf,
} from './samples.ts';
import type { StoreCase } from './store-subject.ts';

const KEY = 'c0de';

/** An outcome that can be found, so many milliseconds after the others. */
const findable = (name: string, afterMs = 0, fields: Partial<StageRecord> = {}): StageRecord =>
  stageRecord(name, { finishedAt: CREATED_AT + 20 + afterMs, cacheKey: KEY, ...fields });

async function commitStages(
  store: CheckpointStore,
  lease: Lease,
  ...stages: StageRecord[]
): Promise<void> {
  await store.commit(lease, batch({ stages }));
}

/** `RUN a`: run and stage of each outcome that is found. */
async function foundNames(
  store: CheckpointStore,
  limit = 100,
  cacheKey = KEY,
): Promise<readonly string[]> {
  const found = await store.findStages(cacheKey, limit);
  return found.map(({ runId, record }) => `${runId} ${record.stage}`);
}

export const findCases: readonly StoreCase[] = [
  {
    name: 'an outcome is found by its cache key, whole and with its run',
    async body(store) {
      const lease = await startRun(store);
      const values = ['1', '2'].map((body) => textValue(body));
      const record = findable('a', 0, {
        writes: values.map((value, place) => writeOf(`key ${place}`, value)),
        basis: stageBasis({ read: ['window'], files: [['a.csv', 'd1']] }),
        origin: { runId: OTHER_RUN, attempt: 2 },
      });
      const stages = [stageRecord('before'), record, stageRecord('after')];
      await store.commit(lease, batch({ values, stages }));
      assert.deepEqual(await store.findStages(KEY, 9), [{ runId: RUN, record }]);
    },
  },
  {
    name: 'outcomes of all runs are found, the last to finish first',
    async body(store) {
      const lease = await startRun(store);
      const other = await startRun(store, { id: OTHER_RUN, pipeline: 'weekly' });
      await commitStages(store, lease, findable('a', 30), findable('b', 10));
      await commitStages(store, other, findable('a', 20), findable('c', 40));
      await commitStages(store, lease, findable('d', 0), findable('e', 50));
      const finish = { status: 'failed', finishedAt: CREATED_AT + 99, durationMs: 99 } as const;
      await store.commit(other, batch({ finish }));
      assert.deepEqual(await foundNames(store), [
        `${RUN} e`,
        `${OTHER_RUN} c`,
        `${RUN} a`,
        `${OTHER_RUN} a`,
        `${RUN} b`,
        `${RUN} d`,
      ]);
    },
  },
  {
    name: 'the newest outcomes are found, as many as asked for',
    async body(store) {
      for (let number = 0; number < 30; number++) {
        const lease = await startRun(store, { id: asRunId(`run ${number}`) });
        // 7 and 30 have no common divisor, so that no two finish at once.
        await commitStages(store, lease, findable('a', (number * 7) % 30));
      }
      const all = await store.findStages(KEY, 100);
      const times = all.map(({ record }) => record.finishedAt - CREATED_AT - 20);
      assert.deepEqual(times, Array.from(times.keys()).reverse());
      assert.equal(all.length, 30);
      for (const limit of [1, 2, 29, 30]) {
        assert.deepEqual(await store.findStages(KEY, limit), all.slice(0, limit));
      }
      assert.deepEqual(await store.findStages(KEY, 0), []);
    },
  },
  {
    name: 'only the very cache key is found',
    async body(store) {
      const lease = await startRun(store);
      const keys = [KEY, 'C0DE', 'c0de0', 'c0d', ' c0de', 'ç0de', '1', '1.0', 'NULL', 'undefined'];
      const stages = keys.map((cacheKey) => findable(cacheKey, 0, { cacheKey }));
      await commitStages(store, lease, stageRecord('no key'), ...stages);
      for (const key of keys) assert.deepEqual(await foundNames(store, 9, key), [`${RUN} ${key}`]);
      for (const key of ['', '%', 'c0d_', 'c0d*', '01', 'null', '__proto__', 'constructor']) {
        assert.deepEqual(await store.findStages(key, 9), []);
      }
    },
  },
  {
    name: 'only outcomes that succeeded are found',
    async body(store) {
      const lease = await startRun(store);
      const statuses: StoredStageStatus[] = ['failed', 'skipped', 'succeeded', 'cancelled'];
      await commitStages(
        store,
        lease,
        ...statuses.map((status, place) => findable(status, place, { status })),
        findable('fallback', 9, { status: 'failed', fallback: true }),
      );
      // Those that did not succeed take no place of the limit either.
      assert.deepEqual(await foundNames(store, 1), [`${RUN} succeeded`]);
      assert.deepEqual(await foundNames(store), [`${RUN} succeeded`]);
    },
  },
  {
    name: 'an outcome is found no more once its stage has another',
    async body(store) {
      const lease = await startRun(store);
      const stages = ['changed', 'failed', 'without', 'redone', 'kept'].map((id) => findable(id));
      await commitStages(store, lease, ...stages);
      const redone = findable('redone', 9, { attempt: 2, writes: [writeOf('k', textValue('2'))] });
      await commitStages(
        store,
        lease,
        findable('changed', 9, { cacheKey: 'other' }),
        findable('failed', 9, { status: 'failed' }),
        stageRecord('without'),
        redone,
      );
      assert.deepEqual(await foundNames(store), [`${RUN} redone`, `${RUN} kept`]);
      assert.deepEqual((await store.findStages(KEY, 1))[0]?.record, redone);
      assert.deepEqual(await foundNames(store, 9, 'other'), [`${RUN} changed`]);
    },
  },
  {
    name: 'of a stage that is committed twice in one batch the last outcome is found',
    async body(store) {
      const lease = await startRun(store);
      const last = findable('a', 0, { attempt: 2 });
      await commitStages(store, lease, findable('a', 9), last);
      await commitStages(store, lease, findable('b', 9), stageRecord('b'));
      assert.deepEqual(await store.findStages(KEY, 9), [{ runId: RUN, record: last }]);
    },
  },
  {
    name: 'an outcome of a batch that was refused is not found',
    async body(store) {
      const lease = await startRun(store);
      await commitStages(store, lease, findable('a'), findable('b'));
      await store.acquireRun(RUN, OTHER_OWNER, lease);
      const late = batch({
        stages: [findable('late'), stageRecord('a')],
        events: [startedEvent(1)],
      });
      await expectFailure('LEASE_LOST', () => store.commit(lease, late));
      assert.deepEqual([...(await foundNames(store))].sort(), [`${RUN} a`, `${RUN} b`]);
    },
  },
  {
    name: 'an outcome that need not be synced is found at once',
    async body(store) {
      const lease = await startRun(store);
      for (const [place, id] of ['a', 'b', 'c'].entries()) {
        await store.commit(lease, batch({ stages: [findable(id, place)], sync: false }));
        assert.deepEqual(await foundNames(store, 1), [`${RUN} ${id}`]);
      }
    },
  },
];
