import assert from 'node:assert/strict';
import { asRunId, type CheckpointStore, type RunFilter } from '@millrace/core';
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
  textValue,
  UNKNOWN_RUN,
  WEIRD_NAMES,
  writeOf,
} from './samples.ts';
import type { StoreCase } from './store-subject.ts';

const idsOf = async (store: CheckpointStore, filter: RunFilter): Promise<string[]> =>
  (await store.listRuns(filter)).map(({ id }) => id);

async function createMany(store: CheckpointStore, count: number): Promise<void> {
  for (let number = 0; number < count; number++) {
    const id = asRunId(`run ${String(number).padStart(3, '0')}`);
    await startRun(store, { id, createdAt: CREATED_AT + number });
  }
}

/** One run of `daily` for each status, and a running one of `weekly`. */
async function createVaried(store: CheckpointStore): Promise<void> {
  const statuses = ['succeeded', 'degraded', 'failed', 'cancelled'] as const;
  for (const [place, status] of statuses.entries()) {
    const id = asRunId(status);
    const lease = await startRun(store, { id, createdAt: CREATED_AT + place });
    const finish = { status, finishedAt: CREATED_AT + 100, durationMs: 1 };
    await store.commit(lease, batch({ finish }));
  }
  await startRun(store, { id: asRunId('going'), pipeline: 'weekly', createdAt: CREATED_AT + 50 });
}

export const runCases: readonly StoreCase[] = [
  {
    name: 'a new run is found with all its fields, running, owned with fence 1',
    async body(store) {
      const value = textValue('"2026-01-02"');
      const run = newRun({
        source: { file: '/srv/daily.yaml', cwd: '/srv', overrides: { params: { window: 20 } } },
        context: [writeOf('date', value), { key: 'date', kind: 'patch', hash: 'abc' }],
      });
      const lease = await store.createRun(run, [value], OWNER);
      assert.deepEqual(lease, { runId: RUN, fence: 1 });
      const begun = { beat: 0, lastSeq: 0, sessionStartSeq: 0 };
      const found = { ...run, status: 'running', fence: 1, owner: OWNER, ...begun };
      assert.deepEqual(await store.findRun(RUN), found);
      assert.deepEqual(await store.listRuns({}), [found]);
      assert.deepEqual(await store.loadValue(value.hash), value);
    },
  },
  {
    name: 'a second run with the same id is refused as RUN_EXISTS and changes nothing',
    async body(store) {
      await startRun(store);
      const before = await store.findRun(RUN);
      const value = textValue('"late"');
      const again = newRun({ pipeline: 'other', context: [writeOf('a', value)] });
      await expectFailure('RUN_EXISTS', () => store.createRun(again, [value], OTHER_OWNER));
      assert.deepEqual(await store.findRun(RUN), before);
    },
  },
  {
    name: 'a run that is not there is told as such by every call',
    async body(store) {
      await startRun(store);
      assert.equal(await store.findRun(UNKNOWN_RUN), undefined);
      assert.deepEqual(await store.loadStages(UNKNOWN_RUN), []);
      assert.deepEqual(await store.loadAttempts(UNKNOWN_RUN), []);
      assert.deepEqual(await store.loadEvents(UNKNOWN_RUN, 0, 10), []);
      assert.deepEqual(await store.acquireRun(UNKNOWN_RUN, OWNER), { kind: 'missing' });
      await store.releaseRun({ runId: UNKNOWN_RUN, fence: 1 });
      await expectFailure('LEASE_LOST', () =>
        store.commit({ runId: UNKNOWN_RUN, fence: 1 }, batch()),
      );
      assert.equal(await store.findRun(UNKNOWN_RUN), undefined);
    },
  },
  {
    name: 'weird names are ordinary ids of runs and names of pipelines and keys',
    async body(store) {
      const context = WEIRD_NAMES.map((name) => writeOf(name, textValue(JSON.stringify(name))));
      for (const name of WEIRD_NAMES) {
        await startRun(store, { id: asRunId(name), pipeline: name, context });
      }
      for (const name of WEIRD_NAMES) {
        const found = await store.findRun(asRunId(name));
        assert.equal(found?.id, name);
        assert.deepEqual(found?.context, context);
        assert.deepEqual(await idsOf(store, { pipeline: name }), [name]);
      }
    },
  },
  {
    name: 'runs are listed newest first, and of the same instant the last one created first',
    async body(store) {
      await startRun(store, { id: asRunId('old'), createdAt: CREATED_AT - 1 });
      await startRun(store, { id: asRunId('new'), createdAt: CREATED_AT + 1 });
      await startRun(store, { id: asRunId('middle'), createdAt: CREATED_AT });
      await startRun(store, { id: asRunId('also middle'), createdAt: CREATED_AT });
      assert.deepEqual(await idsOf(store, {}), ['new', 'also middle', 'middle', 'old']);
    },
  },
  {
    name: 'a list holds 50 runs, or as many as asked for',
    async body(store) {
      await createMany(store, 55);
      const newest = await idsOf(store, {});
      assert.equal(newest.length, 50);
      assert.deepEqual([newest[0], newest[49]], ['run 054', 'run 005']);
      assert.deepEqual(await idsOf(store, { limit: 2 }), ['run 054', 'run 053']);
      assert.equal((await idsOf(store, { limit: 1000 })).length, 55);
      assert.deepEqual(await idsOf(store, { limit: 0 }), []);
    },
  },
  {
    name: 'a list is filtered by pipeline and by statuses before it is cut',
    async body(store) {
      await createVaried(store);
      assert.deepEqual(await idsOf(store, { pipeline: 'weekly' }), ['going']);
      assert.deepEqual(await idsOf(store, { pipeline: 'monthly' }), []);
      assert.deepEqual(await idsOf(store, { statuses: ['running'] }), ['going']);
      assert.deepEqual(await idsOf(store, { statuses: ['succeeded', 'failed'] }), [
        'failed',
        'succeeded',
      ]);
      assert.deepEqual(await idsOf(store, { statuses: [] }), []);
      const both: RunFilter = { pipeline: 'daily', statuses: ['running', 'degraded'], limit: 1 };
      assert.deepEqual(await idsOf(store, both), ['degraded']);
    },
  },
  {
    name: 'runs do not mix',
    async body(store) {
      const lease = await startRun(store);
      const other = await startRun(store, { id: OTHER_RUN });
      const finish = { status: 'failed', finishedAt: CREATED_AT + 9, durationMs: 9 } as const;
      await store.commit(other, batch({ finish }));
      assert.equal((await store.findRun(RUN))?.status, 'running');
      await store.commit(lease, batch());
    },
  },
  {
    name: 'a batch with an initial context replaces that of its run, whole, and of no other run',
    async body(store) {
      const one = textValue('1');
      const two = textValue('2');
      const three = textValue('3');
      const first = [writeOf('a', one), writeOf('b', two)];
      const lease = await startRun(store, { context: first });
      await startRun(store, { id: OTHER_RUN, context: first });
      await store.commit(lease, batch({ events: [] }));
      assert.deepEqual((await store.findRun(RUN))?.context, first);
      const second = [writeOf('b', three), writeOf('c', one), writeOf('a', two)];
      await store.commit(lease, batch({ values: [three], context: second }));
      assert.deepEqual((await store.findRun(RUN))?.context, second);
      await store.commit(lease, batch({ context: [] }));
      assert.deepEqual((await store.findRun(RUN))?.context, []);
      assert.deepEqual((await store.findRun(OTHER_RUN))?.context, first);
    },
  },
];
