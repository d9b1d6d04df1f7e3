import assert from 'node:assert/strict';
import type { CheckpointStore, RunRecord } from '@millrace/core';
import { expectFailure } from './expect-failure.ts';
import {
  batch,
  CREATED_AT,
  newRun,
  OTHER_OWNER,
  OTHER_RUN,
  OWNER,
  RUN,
  stageRecord,
  startRun,
  stillRun,
  UNKNOWN_RUN,
} from './samples.ts';
import type { StoreCase } from './store-subject.ts';

const BEATING = { ...OWNER, leaseMs: 30_000 };
const FINISH = { status: 'succeeded', finishedAt: CREATED_AT + 9, durationMs: 9 } as const;

async function runIn(store: CheckpointStore): Promise<RunRecord> {
  const found = await store.findRun(RUN);
  assert.ok(found !== undefined);
  return found;
}

export const beatCases: readonly StoreCase[] = [
  {
    name: 'an owner is told with its lease, and one without a lease without',
    async body(store) {
      const lease = await store.createRun(newRun(), [], BEATING);
      assert.deepEqual((await runIn(store)).owner, BEATING);
      assert.deepEqual(await store.acquireRun(RUN, OTHER_OWNER), {
        kind: 'held',
        owner: BEATING,
        fence: 1,
      });
      await store.acquireRun(RUN, OTHER_OWNER, lease);
      assert.deepEqual((await runIn(store)).owner, OTHER_OWNER);
      await store.releaseRun({ runId: RUN, fence: 2 });
      await store.acquireRun(RUN, { ...BEATING, leaseMs: 500 });
      assert.deepEqual((await runIn(store)).owner, { ...BEATING, leaseMs: 500 });
    },
  },
  {
    name: 'each renewal and each commit moves the beat, on and on, and of no other run',
    async body(store) {
      const lease = await startRun(store);
      const other = await startRun(store, { id: OTHER_RUN });
      const beats = [(await runIn(store)).beat];
      const moves = [
        () => store.renewLease(lease),
        () => store.renewLease(lease),
        () => store.commit(lease, batch()),
        () => store.commit(lease, batch({ stages: [stageRecord('a')], sync: false })),
        () => store.renewLease(lease),
      ];
      for (const move of moves) {
        await move();
        beats.push((await runIn(store)).beat);
      }
      assert.deepEqual(
        beats.map((beat, at) => at === 0 || beat > (beats[at - 1] ?? beat)),
        beats.map(() => true),
      );
      assert.equal((await store.findRun(OTHER_RUN))?.beat, 0);
      await store.renewLease(other);
      assert.equal((await runIn(store)).beat, beats.at(-1));
    },
  },
  {
    name: 'a renewal changes nothing else',
    async body(store) {
      const lease = await store.createRun(newRun(), [], BEATING);
      const before = await stillRun(store);
      await store.renewLease(lease);
      assert.deepEqual(await stillRun(store), before);
    },
  },
  {
    name: 'a lease that has ended, was lost or was never given cannot be renewed',
    async body(store) {
      const first = await startRun(store);
      await store.acquireRun(RUN, OTHER_OWNER, first);
      const { beat } = await runIn(store);
      await expectFailure('LEASE_LOST', () => store.renewLease(first));
      await expectFailure('LEASE_LOST', () => store.renewLease({ runId: UNKNOWN_RUN, fence: 1 }));
      assert.equal((await runIn(store)).beat, beat);
      const second = { runId: RUN, fence: 2 };
      await store.commit(second, batch({ finish: FINISH }));
      await expectFailure('LEASE_LOST', () => store.renewLease(second));
      await store.acquireRun(RUN, OWNER);
      await store.releaseRun({ runId: RUN, fence: 3 });
      await expectFailure('LEASE_LOST', () => store.renewLease({ runId: RUN, fence: 3 }));
    },
  },
  {
    name: 'an owner that moved its beat since the look is not replaced by one that saw it silent',
    async body(store) {
      const lease = await store.createRun(newRun(), [], BEATING);
      const held = { kind: 'held', owner: BEATING, fence: 1 };
      for (const move of [() => store.renewLease(lease), () => store.commit(lease, batch())]) {
        const { fence, beat } = await runIn(store);
        await move();
        assert.deepEqual(await store.acquireRun(RUN, OTHER_OWNER, { fence, beat }), held);
        await store.commit(lease, batch());
      }
      const { fence, beat } = await runIn(store);
      assert.deepEqual(await store.acquireRun(RUN, OTHER_OWNER, { fence, beat }), {
        kind: 'acquired',
        lease: { runId: RUN, fence: 2 },
      });
      await expectFailure('LEASE_LOST', () => store.commit(lease, batch()));
    },
  },
];
