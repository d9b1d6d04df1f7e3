import assert from 'node:assert/strict';
import { expectFailure } from './expect-failure.ts';
import {
  attemptRecord,
  batch,
  CREATED_AT,
  OTHER_OWNER,
  OWNER,
  RUN,
  stageNames,
  stageRecord,
  startedEvent,
  startRun,
  textValue,
} from './samples.ts';
import type { StoreCase } from './store-subject.ts';

const FINISH = { status: 'failed', finishedAt: CREATED_AT + 500, durationMs: 499.5 } as const;

export const leaseCases: readonly StoreCase[] = [
  {
    name: 'a run that has an owner is held, by whom and with which fence',
    async body(store) {
      const lease = await startRun(store);
      const before = await store.findRun(RUN);
      const held = { kind: 'held', owner: OWNER, fence: 1 };
      assert.deepEqual(await store.acquireRun(RUN, OTHER_OWNER), held);
      assert.deepEqual(await store.acquireRun(RUN, OWNER), held, 'its own owner, too');
      assert.deepEqual(await store.findRun(RUN), before);
      await store.commit(lease, batch());
    },
  },
  {
    name: 'a released run is acquired with the next fence, and the old lease has ended',
    async body(store) {
      const lease = await startRun(store);
      await store.releaseRun(lease);
      const free = await store.findRun(RUN);
      assert.equal(free?.owner, undefined);
      assert.equal(free?.status, 'running');
      await expectFailure('LEASE_LOST', () => store.commit(lease, batch()));
      assert.deepEqual(await store.acquireRun(RUN, OTHER_OWNER), {
        kind: 'acquired',
        lease: { runId: RUN, fence: 2 },
      });
      assert.deepEqual((await store.findRun(RUN))?.owner, OTHER_OWNER);
      await expectFailure('LEASE_LOST', () => store.commit(lease, batch()));
    },
  },
  {
    name: 'naming the fence of a dead owner takes the run over',
    async body(store) {
      const dead = await startRun(store);
      const taken = await store.acquireRun(RUN, OTHER_OWNER, { fence: 1 });
      assert.deepEqual(taken, { kind: 'acquired', lease: { runId: RUN, fence: 2 } });
      await expectFailure('LEASE_LOST', () => store.commit(dead, batch()));
      await store.releaseRun(dead);
      assert.deepEqual((await store.findRun(RUN))?.owner, OTHER_OWNER, 'the dead release nothing');
      await store.commit({ runId: RUN, fence: 2 }, batch());
    },
  },
  {
    name: 'naming any other fence does not take the run over',
    async body(store) {
      await startRun(store);
      await store.acquireRun(RUN, OTHER_OWNER, { fence: 1 });
      const held = { kind: 'held', owner: OTHER_OWNER, fence: 2 };
      for (const fence of [1, 3, 0]) {
        assert.deepEqual(await store.acquireRun(RUN, OWNER, { fence }), held);
      }
    },
  },
  {
    name: 'of many that take the same run over at once, one gets it',
    async body(store) {
      await startRun(store);
      const results = await Promise.all(
        Array.from({ length: 10 }, (_, pid) =>
          store.acquireRun(RUN, { ...OWNER, pid }, { fence: 1 }),
        ),
      );
      const winners = results.filter(({ kind }) => kind === 'acquired');
      assert.equal(winners.length, 1);
      assert.equal((await store.findRun(RUN))?.fence, 2);
    },
  },
  {
    name: 'a run that had another owner since the look, and is free now, is to be looked at again',
    async body(store) {
      const first = await startRun(store);
      await store.releaseRun(first);
      await store.acquireRun(RUN, OTHER_OWNER);
      await store.commit({ runId: RUN, fence: 2 }, batch({ finish: FINISH }));
      const ended = await store.findRun(RUN);
      for (const fence of [1, 3]) {
        assert.deepEqual(await store.acquireRun(RUN, OWNER, { fence }), { kind: 'moved' });
      }
      assert.deepEqual(await store.findRun(RUN), ended, 'and is left as it is');
      assert.deepEqual(await store.acquireRun(RUN, OWNER, { fence: 2 }), {
        kind: 'acquired',
        lease: { runId: RUN, fence: 3 },
      });
    },
  },
  {
    name: 'a lease that was never given is lost',
    async body(store) {
      await startRun(store);
      for (const fence of [0, 2, -1]) {
        await expectFailure('LEASE_LOST', () => store.commit({ runId: RUN, fence }, batch()));
        await expectFailure('LEASE_LOST', () => store.renewLease({ runId: RUN, fence }));
      }
    },
  },
  {
    name: 'a batch with a lost lease writes nothing',
    async body(store) {
      const lost = await startRun(store);
      await store.acquireRun(RUN, OTHER_OWNER, { fence: 1 });
      const before = await store.findRun(RUN);
      const value = textValue('"too late"');
      const late = batch({
        values: [value],
        attempts: [attemptRecord('late')],
        stages: [stageRecord('late')],
        events: [startedEvent(1)],
        finish: FINISH,
      });
      await expectFailure('LEASE_LOST', () => store.commit(lost, late));
      assert.deepEqual(await store.findRun(RUN), before);
      assert.deepEqual(await stageNames(store), []);
      assert.deepEqual(await store.loadAttempts(RUN), []);
      assert.deepEqual(await store.loadEvents(RUN, 0, 10), []);
      assert.equal(await store.loadValue(value.hash), undefined);
    },
  },
  {
    name: 'finishing a run gives it back with its status and times',
    async body(store) {
      const lease = await startRun(store);
      await store.commit(lease, batch({ stages: [stageRecord('a')], finish: FINISH }));
      const ended = await store.findRun(RUN);
      assert.equal(ended?.status, 'failed');
      assert.equal(ended?.finishedAt, FINISH.finishedAt);
      assert.equal(ended?.durationMs, FINISH.durationMs);
      assert.equal(ended?.owner, undefined);
      assert.deepEqual(await stageNames(store), ['a']);
      await expectFailure('LEASE_LOST', () => store.commit(lease, batch()));
    },
  },
  {
    name: 'a finished run that is acquired is running again, and remembers how long it ran',
    async body(store) {
      const lease = await startRun(store);
      await store.commit(lease, batch({ events: [startedEvent(1)], finish: FINISH }));
      const taken = await store.acquireRun(RUN, OTHER_OWNER);
      assert.deepEqual(taken, { kind: 'acquired', lease: { runId: RUN, fence: 2 } });
      const going = await store.findRun(RUN);
      assert.equal(going?.status, 'running');
      assert.equal(going?.finishedAt, undefined);
      assert.equal(going?.durationMs, FINISH.durationMs);
      assert.equal(going?.lastSeq, 1);
    },
  },
];
