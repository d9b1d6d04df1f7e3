import assert from 'node:assert/strict';
import { asStageId, type CheckpointStore, type ItemRecord, type StageId } from '@millrace/core';
import { expectFailure } from './expect-failure.ts';
import {
  batch,
  itemRecord,
  newRun,
  OTHER_OWNER,
  OTHER_RUN,
  OWNER,
  RUN,
  stageRecord,
  startRun,
  UNKNOWN_RUN,
  WEIRD_NAMES,
} from './samples.ts';
import type { StoreCase } from './store-subject.ts';

const FAILURE = {
  reason: 'threw',
  code: 'STAGE_THREW',
  phase: 'item',
  message: 'item "a" of stage "map" failed: no rows',
} as const;

const MAP = asStageId('map');

async function itemsOf(
  store: CheckpointStore,
  stage: StageId = MAP,
  run = RUN,
): Promise<readonly ItemRecord[]> {
  const items = await store.loadItems(run, stage);
  return [...items].sort((a, b) => (a.key < b.key ? -1 : 1));
}

export const itemCases: readonly StoreCase[] = [
  {
    name: 'the newest record of an item takes the place of the one before',
    async body(store) {
      const lease = await startRun(store);
      const failed = itemRecord('a', { status: 'failed', failure: FAILURE });
      await store.commit(lease, batch({ items: [failed, itemRecord('b')] }));
      assert.deepEqual(await itemsOf(store), [failed, itemRecord('b')]);
      const done = itemRecord('a', { attempt: 2, tries: 3, result: 'beef'.repeat(16) });
      await store.commit(lease, batch({ items: [done] }));
      assert.deepEqual(await itemsOf(store), [done, itemRecord('b')]);
    },
  },
  {
    name: 'of an item that is in a batch twice the last record counts',
    async body(store) {
      const lease = await startRun(store);
      const failed = itemRecord('a', { status: 'failed', failure: FAILURE });
      await store.commit(lease, batch({ items: [failed, itemRecord('a', { tries: 2 })] }));
      assert.deepEqual(await itemsOf(store), [itemRecord('a', { tries: 2 })]);
    },
  },
  {
    name: 'items belong to their stage and their run',
    async body(store) {
      const lease = await startRun(store);
      const other = await store.createRun(newRun({ id: OTHER_RUN }), [], OWNER);
      const elsewhere = itemRecord('a', { stage: asStageId('other'), tries: 7 });
      await store.commit(lease, batch({ items: [itemRecord('a'), elsewhere] }));
      await store.commit(other, batch({ items: [itemRecord('a', { tries: 9 })] }));
      assert.deepEqual(await itemsOf(store), [itemRecord('a')]);
      assert.deepEqual(await itemsOf(store, elsewhere.stage), [elsewhere]);
      assert.deepEqual(await itemsOf(store, MAP, OTHER_RUN), [itemRecord('a', { tries: 9 })]);
      assert.deepEqual(await itemsOf(store, asStageId('none')), []);
      assert.deepEqual(await itemsOf(store, MAP, UNKNOWN_RUN), []);
    },
  },
  {
    name: 'any text names an item',
    async body(store) {
      const lease = await startRun(store);
      const keys = [...WEIRD_NAMES, '', ' ', '\u0000', 'a\u0000b', 'line\nbreak', 'x'.repeat(5000)];
      const records = keys.map((key) => itemRecord(key)).sort((a, b) => (a.key < b.key ? -1 : 1));
      await store.commit(lease, batch({ items: records }));
      assert.deepEqual(await itemsOf(store), records);
    },
  },
  {
    name: 'how many items of a stage failed is kept with its record',
    async body(store) {
      const lease = await startRun(store);
      const stages = [
        stageRecord('map', { items: { total: 10, failed: 2, kept: 3 } }),
        stageRecord('plain'),
      ];
      await store.commit(lease, batch({ stages }));
      assert.deepEqual(await store.loadStages(RUN), stages);
    },
  },
  {
    name: 'items with a lost lease are not written',
    async body(store) {
      const lost = await startRun(store);
      await store.acquireRun(RUN, OTHER_OWNER, { fence: 1 });
      await expectFailure('LEASE_LOST', () =>
        store.commit(lost, batch({ items: [itemRecord('a')] })),
      );
      assert.deepEqual(await itemsOf(store), []);
    },
  },
];
