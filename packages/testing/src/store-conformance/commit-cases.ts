import assert from 'node:assert/strict';
import {
  batch,
  OTHER_OWNER,
  OTHER_RUN,
  RUN,
  stageNames,
  stageRecord,
  startRun,
  stillRun,
  textValue,
  WEIRD_NAMES,
  writeOf,
} from './samples.ts';
import type { StoreCase } from './store-subject.ts';

export const commitCases: readonly StoreCase[] = [
  {
    name: 'an empty batch changes nothing but the beat',
    async body(store) {
      const lease = await startRun(store);
      const before = await stillRun(store);
      await store.commit(lease, batch());
      assert.deepEqual(await stillRun(store), before);
    },
  },
  {
    name: 'stages come back in order of commit, within a batch and across batches',
    async body(store) {
      const lease = await startRun(store);
      await store.commit(lease, batch({ stages: ['z', 'm', 'a'].map((id) => stageRecord(id)) }));
      await store.commit(lease, batch({ stages: ['y', 'b'].map((id) => stageRecord(id)) }));
      assert.deepEqual(await stageNames(store), ['z', 'm', 'a', 'y', 'b']);
    },
  },
  {
    name: 'a stage that is committed again is replaced and moves to the end',
    async body(store) {
      const lease = await startRun(store);
      const first = ['old', 'older'].map((key) => writeOf(key, textValue(`"${key}"`)));
      const stages = ['a', 'b', 'c'].map((id) => stageRecord(id, { writes: first }));
      await store.commit(lease, batch({ stages }));
      const writes = [writeOf('new', textValue('"new"'))];
      const again = stageRecord('a', { status: 'failed', attempt: 2, writes });
      await store.commit(lease, batch({ stages: [again] }));
      assert.deepEqual(await store.loadStages(RUN), [...stages.slice(1), again]);
      const same = stageRecord('b', { status: 'skipped', attempt: 1, fallback: true });
      await store.commit(lease, batch({ stages: [same, again] }));
      assert.deepEqual(await store.loadStages(RUN), [stages[2], same, again]);
    },
  },
  {
    name: 'stages kept from an earlier owner stay beside those of the next one',
    async body(store) {
      const lease = await startRun(store);
      await store.commit(lease, batch({ stages: [stageRecord('a'), stageRecord('b')] }));
      await store.acquireRun(RUN, OTHER_OWNER, lease);
      const redone = stageRecord('b', { fence: 2, attempt: 2 });
      await store.commit({ runId: RUN, fence: 2 }, batch({ stages: [redone] }));
      assert.deepEqual(await store.loadStages(RUN), [stageRecord('a'), redone]);
    },
  },
  {
    name: 'the writes of a stage keep their order, even of one key',
    async body(store) {
      const lease = await startRun(store);
      const writes = ['z', 'a', 'a', 'm'].map((key, place) => ({
        key,
        kind: place % 2 === 0 ? ('value' as const) : ('patch' as const),
        hash: `hash ${place}`,
      }));
      const stage = stageRecord('a', { writes });
      await store.commit(lease, batch({ stages: [stage] }));
      assert.deepEqual(await store.loadStages(RUN), [stage]);
    },
  },
  {
    name: 'weird names are ordinary stages and keys',
    async body(store) {
      const lease = await startRun(store);
      const stages = WEIRD_NAMES.map((name) =>
        stageRecord(name, { writes: [writeOf(name, textValue(JSON.stringify(name)))] }),
      );
      await store.commit(lease, batch({ stages }));
      assert.deepEqual(await store.loadStages(RUN), stages);
    },
  },
  {
    name: 'the same stage in two runs is two records',
    async body(store) {
      const lease = await startRun(store);
      const other = await startRun(store, { id: OTHER_RUN });
      const mine = stageRecord('a', { durationMs: 1, writes: [writeOf('k', textValue('1'))] });
      const theirs = stageRecord('a', { durationMs: 2, writes: [writeOf('k', textValue('2'))] });
      await store.commit(lease, batch({ stages: [mine] }));
      await store.commit(other, batch({ stages: [theirs] }));
      assert.deepEqual(await store.loadStages(RUN), [mine]);
      assert.deepEqual(await store.loadStages(OTHER_RUN), [theirs]);
    },
  },
  {
    name: 'a batch that need not be synced is read back at once, and keeps its place',
    async body(store) {
      const lease = await startRun(store);
      for (const [place, id] of ['a', 'b', 'c', 'd'].entries()) {
        await store.commit(lease, batch({ stages: [stageRecord(id)], sync: place % 2 === 1 }));
        assert.equal((await stageNames(store)).at(-1), id);
      }
      assert.deepEqual(await stageNames(store), ['a', 'b', 'c', 'd']);
    },
  },
  {
    name: 'batches given without waiting are all committed, in order',
    async body(store) {
      const lease = await startRun(store);
      const ids = Array.from({ length: 20 }, (_, number) => `stage ${number}`);
      await Promise.all(ids.map((id) => store.commit(lease, batch({ stages: [stageRecord(id)] }))));
      assert.deepEqual(await stageNames(store), ids);
    },
  },
  {
    name: 'a batch of thousands of stages is committed whole',
    async body(store) {
      const lease = await startRun(store);
      const values = Array.from({ length: 3000 }, (_, number) => textValue(`${number}`));
      const stages = values.map((value, number) =>
        stageRecord(`stage ${number}`, { writes: [writeOf(`key ${number}`, value)] }),
      );
      await store.commit(lease, batch({ values, stages }));
      const loaded = await store.loadStages(RUN);
      assert.equal(loaded.length, stages.length);
      // One by one: to print how thousands differ takes minutes.
      for (const [place, stage] of stages.entries()) assert.deepEqual(loaded[place], stage);
      for (const value of [values[0], values[2999]]) {
        assert.deepEqual(await store.loadValue(value?.hash ?? ''), value);
      }
    },
  },
];
