import assert from 'node:assert/strict';
import { attemptRecord, batch, CREATED_AT, RUN, startRun } from './samples.ts';
import type { StoreCase } from './store-subject.ts';

/** More than any store need keep. */
const KILLS = 60;
/** What every store keeps: enough to tell a person that a stage dies again and again. */
const TOLD_DEATHS = 10;

export const deathCases: readonly StoreCase[] = [
  {
    name: 'of attempts that died with their process the newest are kept, beside all others',
    async body(store) {
      const lease = await startRun(store);
      const done = attemptRecord('done', { finishedAt: CREATED_AT + 30, status: 'succeeded' });
      await store.commit(lease, batch({ attempts: [done] }));
      for (let attempt = 1; attempt <= KILLS; attempt++) {
        const lost = attemptRecord('a', { attempt: attempt - 1, status: 'lost' });
        const running = attemptRecord('a', { attempt });
        const attempts = attempt === 1 ? [running] : [lost, running];
        await store.commit(lease, batch({ attempts }));
      }
      const stored = await store.loadAttempts(RUN);
      assert.deepEqual(stored[0], done);
      const newest = stored.slice(-1 - TOLD_DEATHS);
      assert.deepEqual(
        newest.map(({ attempt, status }) => [attempt, status]),
        Array.from({ length: TOLD_DEATHS + 1 }, (_, at) => [
          KILLS - TOLD_DEATHS + at,
          at === TOLD_DEATHS ? 'running' : 'lost',
        ]),
      );
    },
  },
];
