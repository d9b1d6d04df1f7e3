import assert from 'node:assert/strict';
import { fromShortForm, type WriteRecord } from '@millrace/core';
import { fc } from '../fast-check.ts';
import { batch, RUN, stageBasis, stageRecord, startRun } from './samples.ts';
import type { StoreCase } from './store-subject.ts';

const SETTINGS = { seed: 20261122, numRuns: 100 };

const anyShort = fc
  .tuple(fc.constantFrom('json', 'devalue'), fc.string({ unit: 'grapheme', maxLength: 60 }))
  .map(([codec, body]) => `${codec}:${body.isWellFormed() ? body : ''}`);

const anyWrite = fc
  .tuple(fc.string(), fc.constantFrom('value', 'patch'), anyShort)
  .map(([key, kind, short]): WriteRecord => ({ key, kind, ...referTo(short) }));

function referTo(short: string): Pick<WriteRecord, 'hash' | 'short'> {
  return { hash: fromShortForm(short)?.hash ?? '', short };
}

/** Only of a store that says it keeps them; any other never meets one. */
export const shortValueCases: readonly StoreCase[] = [
  {
    name: 'short values within writes and params come back as they were given',
    async body(store) {
      if (store.keepsShortValues !== true) return;
      const lease = await startRun(store);
      const property = fc.asyncProperty(
        fc.array(anyWrite, { maxLength: 3 }),
        anyShort,
        async (writes, params) => {
          const { hash, short: shortParams = '' } = referTo(params);
          const apart: WriteRecord = { key: 'apart', kind: 'value', hash };
          const basis = stageBasis({ params: hash, shortParams });
          const stage = stageRecord('a', { writes: [...writes, apart], basis, cacheKey: 'key' });
          await store.commit(lease, batch({ stages: [stage] }));
          assert.deepEqual(await store.loadStages(RUN), [stage]);
          assert.deepEqual(await store.findStages('key', 9), [{ runId: RUN, record: stage }]);
        },
      );
      await fc.assert(property, SETTINGS);
    },
  },
];
