import assert from 'node:assert/strict';
import { asStageId, type CheckpointStore, type WaitRecord } from '@millrace/core';
import { expectFailure } from './expect-failure.ts';
import {
  batch,
  CREATED_AT,
  newRun,
  OTHER_OWNER,
  OTHER_RUN,
  OWNER,
  RUN,
  startRun,
  UNKNOWN_RUN,
  WEIRD_NAMES,
  waitRecord,
} from './samples.ts';
import type { StoreCase } from './store-subject.ts';

async function waitsOf(store: CheckpointStore, run = RUN): Promise<readonly WaitRecord[]> {
  const waits = await store.loadWaits(run);
  return [...waits].sort((a, b) => (order(a) < order(b) ? -1 : 1));
}

function order({ stage, kind, name, call }: WaitRecord): string {
  return JSON.stringify([stage, kind, name, call]);
}

export const waitCases: readonly StoreCase[] = [
  {
    name: 'the newest record of a wait takes the place of the one before',
    async body(store) {
      const lease = await startRun(store);
      const open = waitRecord('approve', { schema: '{"type":"object"}', timeoutMs: 1500.5 });
      await store.commit(lease, batch({ waits: [open] }));
      assert.deepEqual(await waitsOf(store), [open]);
      const ended = { status: 'answered', signal: 3, refused: [1, 2] } as const;
      const done = { ...open, ...ended, attempt: 2, endedAt: CREATED_AT + 40 };
      await store.commit(lease, batch({ waits: [open, done] }));
      assert.deepEqual(await waitsOf(store), [done]);
    },
  },
  {
    name: 'a wait is told by its stage, kind, name and call',
    async body(store) {
      const lease = await startRun(store);
      const other = await store.createRun(newRun({ id: OTHER_RUN }), [], OWNER);
      const waits = [
        waitRecord('approve'),
        waitRecord('approve', { call: 2, status: 'timed-out' }),
        waitRecord('approve', { kind: 'time', status: 'elapsed' }),
        waitRecord('approve', { stage: asStageId('other') }),
        waitRecord('release'),
      ].sort((a, b) => (order(a) < order(b) ? -1 : 1));
      await store.commit(lease, batch({ waits }));
      await store.commit(other, batch({ waits: [waitRecord('approve', { attempt: 9 })] }));
      assert.deepEqual(await waitsOf(store), waits);
      assert.deepEqual(await waitsOf(store, OTHER_RUN), [waitRecord('approve', { attempt: 9 })]);
      assert.deepEqual(await waitsOf(store, UNKNOWN_RUN), []);
    },
  },
  {
    name: 'any text names a wait',
    async body(store) {
      const lease = await startRun(store);
      const waits = WEIRD_NAMES.map((name) => waitRecord(name, { stage: asStageId(name) }));
      waits.sort((a, b) => (order(a) < order(b) ? -1 : 1));
      await store.commit(lease, batch({ waits }));
      assert.deepEqual(await waitsOf(store), waits);
    },
  },
  {
    name: 'waits with a lost lease are not written',
    async body(store) {
      const lost = await startRun(store);
      await store.acquireRun(RUN, OTHER_OWNER, { fence: 1 });
      await expectFailure('LEASE_LOST', () =>
        store.commit(lost, batch({ waits: [waitRecord('approve')] })),
      );
      assert.deepEqual(await waitsOf(store), []);
    },
  },
  {
    name: 'waits of a deleted run are gone, also for a run that takes its id',
    async body(store) {
      const lease = await startRun(store);
      await store.commit(lease, batch({ waits: [waitRecord('approve')] }));
      await store.deleteRun(RUN, { fence: 1 }, CREATED_AT);
      assert.deepEqual(await waitsOf(store), []);
      await startRun(store);
      assert.deepEqual(await waitsOf(store), []);
    },
  },
];
