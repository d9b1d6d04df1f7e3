import assert from 'node:assert/strict';
import { asStageId } from '@millrace/core';
import {
  batch,
  bytesValue,
  CREATED_AT,
  newRun,
  newSignal,
  OTHER_RUN,
  OWNER,
  RUN,
  startRun,
  stillRun,
  textValue,
  UNKNOWN_RUN,
  WEIRD_NAMES,
} from './samples.ts';
import type { StoreCase } from './store-subject.ts';

export const signalCases: readonly StoreCase[] = [
  {
    name: 'signals come back in the order in which they were sent, numbered from 1',
    async body(store) {
      await startRun(store);
      const signals = [
        newSignal('approve', { stage: asStageId('review'), sender: 'ann' }),
        newSignal('release', { payload: textValue('undefined', 'devalue') }),
        newSignal('approve', { payload: bytesValue(new Uint8Array([0, 255])) }),
      ];
      for (const [place, signal] of signals.entries()) {
        assert.deepEqual(await store.sendSignal(signal), { kind: 'sent', number: place + 1 });
      }
      const stored = signals.map((signal, place) => ({ ...signal, number: place + 1 }));
      assert.deepEqual(await store.loadSignals(RUN, 0), stored);
      assert.deepEqual(await store.loadSignals(RUN, 2), stored.slice(2));
      assert.deepEqual(await store.loadSignals(RUN, 3), []);
    },
  },
  {
    name: 'a signal is sent whoever owns the run, and changes nothing of the run',
    async body(store, { openAgain }) {
      const lease = await startRun(store);
      const before = await store.findRun(RUN);
      const other = await openAgain();
      assert.deepEqual(await other.sendSignal(newSignal('approve')), { kind: 'sent', number: 1 });
      assert.deepEqual(await store.findRun(RUN), before);
      await store.commit(lease, batch());
      await store.releaseRun(lease);
      assert.deepEqual(await other.sendSignal(newSignal('approve')), { kind: 'sent', number: 2 });
      const numbers = (await store.loadSignals(RUN, 0)).map(({ number }) => number);
      assert.deepEqual(numbers, [1, 2]);
      assert.equal((await stillRun(store)).owner, undefined);
    },
  },
  {
    name: 'a run that failed gets signals, for its resume; one that succeeded gets none',
    async body(store) {
      const finish = { finishedAt: CREATED_AT + 50, durationMs: 50 };
      const failed = await startRun(store);
      await store.commit(failed, batch({ finish: { ...finish, status: 'failed' } }));
      assert.deepEqual(await store.sendSignal(newSignal('approve')), { kind: 'sent', number: 1 });
      const done = await store.createRun(newRun({ id: OTHER_RUN }), [], OWNER);
      await store.commit(done, batch({ finish: { ...finish, status: 'succeeded' } }));
      const late = newSignal('approve', { runId: OTHER_RUN });
      assert.deepEqual(await store.sendSignal(late), { kind: 'succeeded' });
      assert.deepEqual(await store.loadSignals(OTHER_RUN, 0), []);
      const unknown = newSignal('approve', { runId: UNKNOWN_RUN });
      assert.deepEqual(await store.sendSignal(unknown), { kind: 'missing' });
    },
  },
  {
    name: 'any text names a signal',
    async body(store) {
      await startRun(store);
      for (const name of WEIRD_NAMES) {
        await store.sendSignal(newSignal(name, { stage: asStageId(name), sender: name }));
      }
      const names = (await store.loadSignals(RUN, 0)).map(({ name }) => name);
      assert.deepEqual(names, WEIRD_NAMES);
    },
  },
  {
    name: 'a signal outlives the store',
    needsOutliving: true,
    async body(store, { openAgain }) {
      await startRun(store);
      await store.sendSignal(newSignal('approve'));
      await store.close();
      const again = await openAgain();
      assert.deepEqual(await again.loadSignals(RUN, 0), [{ ...newSignal('approve'), number: 1 }]);
    },
  },
  {
    name: 'signals of a deleted run are gone, also for a run that takes its id',
    async body(store) {
      await startRun(store);
      await store.sendSignal(newSignal('approve'));
      await store.deleteRun(RUN, { fence: 1 }, CREATED_AT);
      assert.deepEqual(await store.loadSignals(RUN, 0), []);
      await startRun(store);
      assert.deepEqual(await store.loadSignals(RUN, 0), []);
    },
  },
];
