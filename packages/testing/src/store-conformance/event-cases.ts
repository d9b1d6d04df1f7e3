import assert from 'node:assert/strict';
import { batch, OTHER_OWNER, OTHER_RUN, RUN, startedEvent, startRun } from './samples.ts';
import type { StoreCase } from './store-subject.ts';

const eventsTo = (count: number, runId = RUN) =>
  Array.from({ length: count }, (_, place) => startedEvent(place + 1, runId));

export const eventCases: readonly StoreCase[] = [
  {
    name: 'events come back in order, page by page',
    async body(store) {
      const lease = await startRun(store);
      const events = eventsTo(25);
      await store.commit(lease, batch({ events: events.slice(0, 10) }));
      await store.commit(lease, batch({ events: events.slice(10) }));
      assert.deepEqual(await store.loadEvents(RUN, 0, 100), events);
      assert.deepEqual(await store.loadEvents(RUN, 0, 3), events.slice(0, 3));
      assert.deepEqual(await store.loadEvents(RUN, 9, 3), events.slice(9, 12));
      assert.deepEqual(await store.loadEvents(RUN, 24, 3), events.slice(24));
      assert.deepEqual(await store.loadEvents(RUN, 25, 3), []);
      assert.deepEqual(await store.loadEvents(RUN, 1000, 3), []);
      assert.deepEqual(await store.loadEvents(RUN, 0, 0), []);
    },
  },
  {
    name: 'a run tells the number of its newest event',
    async body(store) {
      const lease = await startRun(store);
      await store.commit(lease, batch({ events: eventsTo(7) }));
      assert.equal((await store.findRun(RUN))?.lastSeq, 7);
      await store.commit(lease, batch());
      assert.equal((await store.findRun(RUN))?.lastSeq, 7, 'a batch without events');
    },
  },
  {
    name: 'a run tells where the events of its newest session begin',
    async body(store) {
      const startSeq = async () => (await store.findRun(RUN))?.sessionStartSeq;
      const lease = await startRun(store);
      await store.commit(lease, batch({ events: eventsTo(7) }));
      assert.equal(await startSeq(), 0);
      await store.acquireRun(RUN, OTHER_OWNER, lease);
      assert.equal(await startSeq(), 7);
      await store.commit({ runId: RUN, fence: 2 }, batch({ events: [startedEvent(8)] }));
      await store.releaseRun({ runId: RUN, fence: 2 });
      assert.equal(await startSeq(), 7);
      await store.acquireRun(RUN, OTHER_OWNER);
      assert.equal(await startSeq(), 8);
    },
  },
  {
    name: 'the events of two runs are numbered on their own',
    async body(store) {
      const lease = await startRun(store);
      const other = await startRun(store, { id: OTHER_RUN });
      await store.commit(lease, batch({ events: eventsTo(3) }));
      await store.commit(other, batch({ events: eventsTo(2, OTHER_RUN) }));
      assert.deepEqual(await store.loadEvents(RUN, 0, 9), eventsTo(3));
      assert.deepEqual(await store.loadEvents(OTHER_RUN, 0, 9), eventsTo(2, OTHER_RUN));
    },
  },
];
