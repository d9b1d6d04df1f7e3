import { describe, expect, it } from '@jest/globals';
import { MemoryStore } from '@millrace/core';
import { registerCases } from './conformance-case.ts';
import { RecordingStore } from './recording-store.ts';
import { storeConformance } from './store-conformance/index.ts';
import { batch, newRun, OWNER, RUN, stageRecord } from './store-conformance/samples.ts';

describe('RecordingStore', () => {
  it('keeps every call in order, with its arguments', async () => {
    const store = new RecordingStore(new MemoryStore());
    const lease = await store.createRun(newRun(), [], OWNER);
    const stages = batch({ stages: [stageRecord('a')] });
    await store.commit(lease, stages);
    await store.loadStages(RUN);
    await store.close();
    expect(store.calls).toEqual([
      { method: 'createRun', args: [newRun(), [], OWNER] },
      { method: 'commit', args: [lease, stages] },
      { method: 'loadStages', args: [RUN] },
      { method: 'close', args: [] },
    ]);
    expect(store.writes.map(({ method }) => method)).toEqual(['createRun', 'commit']);
    expect(store.batches).toEqual([stages]);
  });
});

registerCases(
  { describe, it },
  'a recorded store is still a store',
  storeConformance({
    outlivesClose: false,
    open() {
      const store = new RecordingStore(new MemoryStore());
      return { store, openAgain: () => store, cleanUp: () => store.close() };
    },
  }),
);
