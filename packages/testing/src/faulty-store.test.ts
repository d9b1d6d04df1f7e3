import { describe, expect, it } from '@jest/globals';
import { MemoryStore } from '@millrace/core';
import { FaultyStore, type StoreFault } from './faulty-store.ts';
import { expectFailure } from './store-conformance/expect-failure.ts';
import { batch, newRun, OWNER, RUN, stageNames, stageRecord } from './store-conformance/samples.ts';

async function openFaulty(fault: StoreFault) {
  const behind = new MemoryStore();
  const store = new FaultyStore(behind, [fault]);
  const lease = await store.createRun(newRun(), [], OWNER);
  const commit = async (id: string) =>
    await store.commit(lease, batch({ stages: [stageRecord(id)] }));
  return { behind, store, commit };
}

describe('FaultyStore', () => {
  it('fails one write before it happens, and the next one works', async () => {
    const { behind, store, commit } = await openFaulty({ at: 2, when: 'before', effect: 'fail' });
    await store.findRun(RUN);
    await expectFailure('STORE_WRITE_FAILED', () => commit('a'));
    await commit('b');
    expect(await stageNames(behind)).toEqual(['b']);
    expect([store.waitingFaults, store.crashed]).toEqual([0, false]);
  });

  it('fails one write after it happened', async () => {
    const { behind, commit } = await openFaulty({ at: 2, when: 'after', effect: 'fail' });
    await expectFailure('STORE_WRITE_FAILED', () => commit('a'));
    expect(await stageNames(behind)).toEqual(['a']);
  });

  it.each(['before', 'after'] as const)(
    'crashes %s a write and answers nothing more',
    async (when) => {
      const { behind, store, commit } = await openFaulty({ at: 3, when, effect: 'crash' });
      await commit('a');
      await expectFailure('STORE_CRASHED', () => commit('b'));
      await expectFailure('STORE_CRASHED', () => commit('c'));
      await expectFailure('STORE_CRASHED', () => store.findRun(RUN));
      expect(await stageNames(behind)).toEqual(when === 'after' ? ['a', 'b'] : ['a']);
      expect(store.crashed).toBe(true);
    },
  );

  it('strikes at the first call for which a condition holds', async () => {
    const { behind, store, commit } = await openFaulty({
      at: (call) =>
        call.method === 'commit' && call.args[1].stages.some(({ stage }) => stage === 'b'),
      when: 'before',
      effect: 'fail',
    });
    await commit('a');
    expect(store.waitingFaults).toBe(1);
    await expectFailure('STORE_WRITE_FAILED', () => commit('b'));
    await commit('b');
    expect(await stageNames(behind)).toEqual(['a', 'b']);
  });
});
