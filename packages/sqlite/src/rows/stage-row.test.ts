import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { asRunId, type Lease, type StageRecord } from '@millrace/core';
import { createFileStore, type FileStore } from '../testing-local/file-store.ts';
import {
  CREATED_AT,
  NEW_RUN,
  OWNER,
  RUN,
  sampleBatch,
  sampleStage,
} from '../testing-local/sample-records.ts';
import { VersionFiveWriter } from '../testing-local/version-five-writer.ts';

let file: FileStore;
let lease: Lease;

/** As an older process writes them. */
function write(stages: readonly StageRecord[]): void {
  new VersionFiveWriter(file.database).commit(lease, sampleBatch({ stages }));
}

const FAILURE = { reason: 'threw', code: 'STAGE_THREW', phase: 'run', message: 'no' } as const;
const STAGES = [
  sampleStage('a'),
  sampleStage('b', {
    status: 'failed',
    failure: FAILURE,
    reason: 'because',
    basis: { code: 'c0de', params: '', read: ['window'], inputs: [['input', 'x', 'f00d']] },
    cacheKey: 'key',
    origin: { runId: asRunId('earlier'), attempt: 1 },
  }),
  sampleStage('c'),
];

beforeEach(() => {
  file = createFileStore();
  lease = file.store.createRun(NEW_RUN, [], OWNER);
  write(STAGES);
});
afterEach(() => file.cleanUp());

/** Changes stage b by hand: it is left out and named. */
function expectStageLost(sql: string, reason: string): void {
  file.database.exec(sql);
  expect(file.store.loadStages(RUN)).toEqual([STAGES[0], STAGES[2]]);
  expect(file.damages).toEqual([
    { table: 'stages', runId: RUN, record: 'b', reason: expect.stringContaining(reason) },
  ]);
}

describe('a damaged stage of an older version counts as not done', () => {
  it.each([
    ["status = 'succeeded'"],
    ['attempt = 2'],
    ['fence = 2'],
    ['started_at = NULL'],
    ['finished_at = finished_at + 1'],
    ['duration_ms = 2.5'],
    ["fingerprint = 'f00e'"],
    ['fallback = 1'],
    ['failure = NULL'],
    [`failure = replace(failure, '"no"', '"on"')`],
    ["reason = 'Because'"],
    ['basis = NULL'],
    [`basis = replace(basis, 'c0de', 'c0df')`],
    [`basis = replace(basis, '"input"', '"needs"')`],
    ['cache_key = NULL'],
    ["cache_key = 'Key'"],
    ['origin_run = NULL'],
    ["origin_run = 'later'"],
    ['origin_attempt = NULL'],
    ['origin_attempt = 2'],
    ['cache_key = origin_run, origin_run = cache_key'],
    ['checksum = checksum + 1'],
  ])('when its row has %s', (change) => {
    expectStageLost(`UPDATE stage_rows SET ${change} WHERE stage = 'b'`, 'checksum does not match');
  });

  it('when its status is none', () => {
    expectStageLost("UPDATE stage_rows SET status = 'Failed' WHERE stage = 'b'", 'status: ');
  });

  it('when its failure is not JSON', () => {
    expectStageLost(
      "UPDATE stage_rows SET failure = '{' WHERE stage = 'b'",
      'failure: is not JSON',
    );
  });

  it.each([
    ['is cut off', 'substr(basis, 1, 20)', 'basis: is not JSON'],
    ['is another kind of data', `'["c0de"]'`, 'basis: '],
    ['lacks its inputs', `json_remove(basis, '$.inputs')`, 'basis.inputs: '],
    ['has an input without a hash', `json_remove(basis, '$.inputs[0][2]')`, 'basis.inputs.0'],
    ['has an unknown kind of input', `replace(basis, '"input"', '"Input"')`, 'basis.inputs.0.0: '],
    ['tells too much of its reads', `json_set(basis, '$.read', 'all')`, 'basis.read: '],
  ])('when its basis %s', (_, basis, reason) => {
    expectStageLost(`UPDATE stage_rows SET basis = ${basis} WHERE stage = 'b'`, reason);
  });

  it.each([
    ['is lost', "DELETE FROM patch_rows WHERE stage = 'b'"],
    ['has another key', "UPDATE patch_rows SET key = 'k' WHERE stage = 'b'"],
    ['has another hash', "UPDATE patch_rows SET hash = '00' WHERE stage = 'b'"],
    ['has another kind', "UPDATE patch_rows SET kind = 'patch' WHERE stage = 'b'"],
  ])('when a patch of it %s', (_, sql) => {
    expectStageLost(sql, 'checksum does not match');
  });

  it('until it is committed again', () => {
    expectStageLost("UPDATE stage_rows SET attempt = 9 WHERE stage = 'b'", 'checksum');
    const redone = sampleStage('b');
    file.store.commit(lease, sampleBatch({ stages: [redone] }));
    expect(file.store.loadStages(RUN)).toEqual([STAGES[0], STAGES[2], redone]);
  });
});

describe('a damaged outcome of an older version', () => {
  it('is not found by its cache key, and those beside it are', () => {
    const stages = ['x', 'y', 'z'].map((name, place) =>
      sampleStage(name, { cacheKey: 'same', finishedAt: CREATED_AT + place }),
    );
    write(stages);
    file.database.exec("UPDATE stage_rows SET fingerprint = 'f00e' WHERE stage = 'y'");
    const found = file.store.findStages('same', 9).map(({ record }) => record);
    expect(found).toEqual([stages[2], stages[0]]);
    expect(file.damages).toEqual([
      { table: 'stages', runId: RUN, record: 'y', reason: 'its checksum does not match' },
    ]);
  });

  it('is not found by the cache key that the damage gave it', () => {
    file.database.exec("UPDATE stage_rows SET cache_key = 'same' WHERE stage = 'a'");
    expect(file.store.findStages('same', 9)).toEqual([]);
    expect(file.damages).toMatchObject([{ table: 'stages', runId: RUN, record: 'a' }]);
  });
});
