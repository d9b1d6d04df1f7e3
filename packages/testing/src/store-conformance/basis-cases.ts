import assert from 'node:assert/strict';
import { asRunId, BASIS_KINDS, type StageBasis, type StageRecord } from '@millrace/core';
import {
  batch,
  OTHER_RUN,
  RUN,
  stageBasis,
  stageRecord,
  startRun,
  textValue,
  WEIRD_NAMES,
  writeOf,
} from './samples.ts';
import type { StoreCase } from './store-subject.ts';

type Extras = Pick<StageRecord, 'basis' | 'cacheKey' | 'origin'>;

const BASES: readonly StageBasis[] = [
  stageBasis(),
  { code: '', params: '', inputs: [] },
  { code: '', params: '', read: [], inputs: [], files: [] },
  stageBasis({ read: ['window', 'bands.0.low'] }),
  stageBasis({
    files: [
      ['a.csv', 'd1'],
      ['', ''],
      ['b.csv', 'd1'],
    ],
  }),
  stageBasis({ inputs: BASIS_KINDS.map((kind) => [kind, 'same name', '']) }),
];

/** Each alone, all together, and none. */
const COMBINATIONS: readonly Extras[] = [undefined, ...BASES].flatMap((basis) =>
  [undefined, 'key'].flatMap((cacheKey) =>
    [undefined, { runId: OTHER_RUN, attempt: 0 }].map((origin) => ({
      ...(basis === undefined ? {} : { basis }),
      ...(cacheKey === undefined ? {} : { cacheKey }),
      ...(origin === undefined ? {} : { origin }),
    })),
  ),
);

/** A name wherever a record has room for one. */
const named = (name: string): StageRecord =>
  stageRecord(name, {
    basis: stageBasis({
      read: [name],
      inputs: BASIS_KINDS.map((kind) => [kind, name, '']),
      files: [[name, name]],
    }),
    cacheKey: name,
    origin: { runId: asRunId(name), attempt: 1 },
  });

export const basisCases: readonly StoreCase[] = [
  {
    name: 'basis, cache key and origin of a stage come back, in every combination',
    async body(store) {
      const lease = await startRun(store);
      const stages = COMBINATIONS.map((extras, number) => stageRecord(`stage ${number}`, extras));
      await store.commit(lease, batch({ stages }));
      assert.deepEqual(await store.loadStages(RUN), stages);
    },
  },
  {
    name: 'weird names are ordinary inputs, params, files, cache keys and runs of origin',
    async body(store) {
      const lease = await startRun(store);
      const stages = WEIRD_NAMES.map(named);
      await store.commit(lease, batch({ stages }));
      assert.deepEqual(await store.loadStages(RUN), stages);
      for (const record of stages) {
        const found = await store.findStages(record.stage, 9);
        assert.deepEqual(found, [{ runId: RUN, record }]);
      }
    },
  },
  {
    name: 'a basis keeps the order of its inputs, of thousands too',
    async body(store) {
      const lease = await startRun(store);
      const names = Array.from({ length: 3000 }, (_, number) => `input ${number % 7} ${number}`);
      const basis = stageBasis({
        inputs: names.map((name) => ['input', name, '0123456789abcdef']),
      });
      await store.commit(lease, batch({ stages: [stageRecord('a', { basis })] }));
      const [loaded] = await store.loadStages(RUN);
      assert.deepEqual(
        loaded?.basis?.inputs.map(([, name]) => name),
        names,
      );
    },
  },
  {
    name: 'a stage that is committed again has the new basis, cache key and origin, or none',
    async body(store) {
      const lease = await startRun(store);
      const writes = [writeOf('k', textValue('1'))];
      const reused: Extras = {
        basis: stageBasis({ files: [['a.csv', 'd1']] }),
        cacheKey: 'key',
        origin: { runId: OTHER_RUN, attempt: 3 },
      };
      const rerun: Extras = { basis: stageBasis({ code: 'other code' }), cacheKey: 'other key' };
      for (const extras of [reused, rerun, {}, reused]) {
        const record = stageRecord('a', { ...extras, writes });
        await store.commit(lease, batch({ stages: [record] }));
        assert.deepEqual(await store.loadStages(RUN), [record]);
      }
    },
  },
];
