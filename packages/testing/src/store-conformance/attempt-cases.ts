import assert from 'node:assert/strict';
import { attemptRecord, batch, CREATED_AT, RUN, startRun } from './samples.ts';
import type { StoreCase } from './store-subject.ts';

const FAILURE = {
  reason: 'threw',
  code: 'STAGE_THREW',
  phase: 'run',
  message: 'stage a threw',
} as const;

const ended = { finishedAt: CREATED_AT + 30 };

export const attemptCases: readonly StoreCase[] = [
  {
    name: 'an attempt that ends takes the place of its start',
    async body(store) {
      const lease = await startRun(store);
      const starts = ['z', 'a', 'm'].map((id) => attemptRecord(id));
      await store.commit(lease, batch({ attempts: starts }));
      assert.deepEqual(await store.loadAttempts(RUN), starts);
      const failed = attemptRecord('a', { ...ended, status: 'failed', failure: FAILURE });
      const done = attemptRecord('z', { ...ended, status: 'succeeded' });
      await store.commit(lease, batch({ attempts: [failed, done] }));
      assert.deepEqual(await store.loadAttempts(RUN), [done, failed, starts[2]]);
    },
  },
  {
    name: 'an attempt that starts and ends within one batch is one record',
    async body(store) {
      const lease = await startRun(store);
      const [a, b] = [attemptRecord('a'), attemptRecord('b')];
      const done = attemptRecord('a', { ...ended, status: 'succeeded' });
      await store.commit(lease, batch({ attempts: [a, b, done] }));
      assert.deepEqual(await store.loadAttempts(RUN), [done, b]);
    },
  },
  {
    name: 'each try of a stage is a record of its own, oldest first',
    async body(store) {
      const lease = await startRun(store);
      const tries = [1, 2, 10, 11].map((attempt) =>
        attemptRecord('a', { ...ended, attempt, status: 'failed', failure: FAILURE }),
      );
      for (const attempt of tries) await store.commit(lease, batch({ attempts: [attempt] }));
      assert.deepEqual(await store.loadAttempts(RUN), tries);
    },
  },
  {
    name: 'an attempt whose end was never written is still running',
    async body(store) {
      const lease = await startRun(store);
      await store.commit(lease, batch({ attempts: [attemptRecord('a')] }));
      await store.acquireRun(RUN, { host: 'race', pid: 2, processStart: '1' }, lease);
      assert.deepEqual(await store.loadAttempts(RUN), [attemptRecord('a')]);
    },
  },
];
