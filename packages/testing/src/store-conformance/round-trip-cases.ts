import assert from 'node:assert/strict';
import { asStageId, type ItemRecord, type RunId } from '@millrace/core';
import { fc } from '../fast-check.ts';
import { anyAttempts, anyEvents, anyItems, anyRun, anyStages } from './record-arbitraries.ts';
import { batch, OWNER, stillRun } from './samples.ts';
import type { StoreCase } from './store-subject.ts';

const MAP = asStageId('map');

function byKey(items: readonly ItemRecord[]): readonly ItemRecord[] {
  return [...items].sort((a, b) => (a.key < b.key ? -1 : 1));
}

const SETTINGS = { seed: 20260102, numRuns: 100 };

export const roundTripCases: readonly StoreCase[] = [
  {
    name: 'every combination of fields comes back as it was given',
    async body(store) {
      let runs = 0;
      const property = fc.asyncProperty(
        anyRun,
        anyStages,
        anyAttempts,
        anyItems,
        anyEvents,
        fc.boolean(),
        async (anonymous, stages, attempts, items, numbered, sync) => {
          const id = `run ${runs++}` as RunId;
          const run = { ...anonymous, id };
          const events = numbered.map((event) => ({ ...event, runId: id }));
          const lease = await store.createRun(run, [], OWNER);
          await store.commit(lease, batch({ stages, attempts, items, events, sync }));
          const told = { lastSeq: events.length, sessionStartSeq: 0 };
          const found = { ...run, status: 'running', fence: 1, owner: OWNER, ...told };
          assert.deepEqual(await stillRun(store, id), found);
          assert.deepEqual(await store.loadStages(id), stages);
          assert.deepEqual(await store.loadAttempts(id), attempts);
          assert.deepEqual(byKey(await store.loadItems(id, MAP)), byKey(items));
          assert.deepEqual(await store.loadEvents(id, 0, 100), events);
        },
      );
      await fc.assert(property, SETTINGS);
    },
  },
];
