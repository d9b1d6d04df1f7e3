import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { type AttemptRecord, asRunId, type Lease } from '@millrace/core';
import { createFileStore, type FileStore } from '../testing-local/file-store.ts';
import {
  CREATED_AT,
  NEW_RUN,
  OWNER,
  RUN,
  sampleBatch,
  sampleStage,
} from '../testing-local/sample-records.ts';
import { checksumOf } from './checksum.ts';

let file: FileStore;
let lease: Lease;

const FAILURE = { reason: 'threw', code: 'STAGE_THREW', phase: 'run', message: 'no' } as const;
const STAGES = [
  sampleStage('a'),
  sampleStage('b', {
    reason: 'because',
    basis: { code: 'c0de', params: '', read: ['window'], inputs: [['input', 'x', 'f00d']] },
    cacheKey: 'key',
    origin: { runId: asRunId('earlier'), attempt: 1 },
    failure: FAILURE,
  }),
  sampleStage('c'),
];
const ATTEMPTS = STAGES.map(
  ({ stage }): AttemptRecord => ({
    stage,
    attempt: 1,
    fence: 1,
    status: 'succeeded',
    startedAt: CREATED_AT + 1,
    finishedAt: CREATED_AT + 2,
  }),
);

beforeEach(() => {
  file = createFileStore();
  lease = file.store.createRun(NEW_RUN, [], OWNER);
  file.store.commit(lease, sampleBatch({ stages: STAGES, attempts: ATTEMPTS }));
});
afterEach(() => file.cleanUp());

/** Changes stage b by hand: it is left out and named, and its attempt with it. */
function expectStageLost(sql: string, reason: string): void {
  file.database.exec(sql);
  const damage = {
    table: 'stages',
    runId: RUN,
    record: 'b',
    reason: expect.stringContaining(reason),
  };
  expect(file.store.loadStages(RUN)).toEqual([STAGES[0], STAGES[2]]);
  expect(file.damages).toEqual([damage]);
  expect(file.store.loadAttempts(RUN)).toEqual([ATTEMPTS[0], ATTEMPTS[2]]);
  expect(file.damages).toEqual([damage, damage]);
}

/** As if a Millrace had written the body that damage has left. */
function seal(): void {
  const row = file.database
    .prepare("SELECT *, place & 0xffffffff AS commit_order FROM checkpoints WHERE stage = 'b'")
    .get();
  const names = ['start_order', 'stage', 'status', 'finished_at', 'cache_key', 'body'];
  const columns = ['commit_order', ...names].map((name) => String(row?.[name]));
  const checksum = checksumOf([RUN, ...columns]);
  file.database.exec(`UPDATE checkpoints SET checksum = ${checksum} WHERE stage = 'b'`);
}

describe('a damaged checkpoint counts as not done', () => {
  it.each([
    ["status = 'failed'"],
    ["status = 'Succeeded'"],
    ['start_order = start_order + 1'],
    ['place = place + 100'],
    ['finished_at = finished_at + 1'],
    ['cache_key = NULL'],
    ["cache_key = 'Key'"],
    ['checksum = checksum + 1'],
    ["body = ''"],
    ["body = '{'"],
    ["body = json_set(body, '$[0]', 2)"],
    ["body = json_set(body, '$[1]', 2)"],
    ["body = json_set(body, '$[2]', 9)"],
    ["body = json_set(body, '$[3]', 9)"],
    ["body = json_set(body, '$[4]', 2.5)"],
    ["body = json_set(body, '$[5]', 'f00e')"],
    ["body = json_set(body, '$[6]', json('[]'))"],
    ["body = json_set(body, '$[6][0][0]', 1)"],
    ["body = json_set(body, '$[6][0][1]', 'k')"],
    ["body = json_set(body, '$[6][0][2]', '00')"],
    ["body = json_set(body, '$[7][0]', 'c0df')"],
    ["body = json_remove(body, '$[8].failure')"],
    ["body = replace(body, 'because', 'Because')"],
    ["body = replace(body, 'earlier', 'later')"],
  ])('when its row has %s', (change) => {
    expectStageLost(
      `UPDATE checkpoints SET ${change} WHERE stage = 'b'`,
      'checksum does not match',
    );
  });

  it('until it is committed again', () => {
    expectStageLost("UPDATE checkpoints SET body = '' WHERE stage = 'b'", 'checksum');
    const redone = sampleStage('b');
    file.store.commit(lease, sampleBatch({ stages: [redone] }));
    expect(file.store.loadStages(RUN)).toEqual([STAGES[0], STAGES[2], redone]);
  });
});

describe('a checkpoint that cannot be understood counts as not done', () => {
  it.each([
    ['is no JSON', `'{'`, 'body: is not JSON'],
    ['is another kind of data', `'{"attempt":1}'`, 'body: '],
    ['is cut off', `'[1,1,1,0]'`, 'body: '],
    ['has an unknown form of a write', `json_set(body, '$[6][0][0]', 4)`, 'body.6.0.0: '],
    ['has a short value that is none', `json_set(body, '$[6][0][0]', 2)`, 'body.6.0: is no short'],
    ['has short params that are none', `json_set(body, '$[7][1]', 1)`, 'body.7: has params'],
    ['has an unknown kind of input', `json_set(body, '$[7][3][0][0]', 'Input')`, 'body.7.3.0.0: '],
    ['has an input without a hash', `json_remove(body, '$[7][3][0][2]')`, 'body.7.3.0'],
    ['tells too much of its reads', `json_set(body, '$[7][4]', 'all')`, 'body.7.4: '],
    ['has a failure without a message', `json_remove(body, '$[8].failure.message')`, 'body.8.fail'],
  ])('when its body %s', (_, body, reason) => {
    file.database.exec(`UPDATE checkpoints SET body = ${body} WHERE stage = 'b'`);
    seal();
    expect(file.store.loadStages(RUN)).toEqual([STAGES[0], STAGES[2]]);
    expect(file.damages).toMatchObject([
      { table: 'stages', record: 'b', reason: expect.stringContaining(reason) },
    ]);
  });
});

describe('a damaged outcome', () => {
  it('is not found by its cache key, and those beside it are', () => {
    const stages = ['x', 'y', 'z'].map((name, place) =>
      sampleStage(name, { cacheKey: 'same', finishedAt: CREATED_AT + place }),
    );
    file.store.commit(lease, sampleBatch({ stages }));
    file.database.exec(
      "UPDATE checkpoints SET body = replace(body, 'f00d', 'f00e') WHERE stage = 'y'",
    );
    const found = file.store.findStages('same', 9).map(({ record }) => record);
    expect(found).toEqual([stages[2], stages[0]]);
    expect(file.damages).toEqual([
      { table: 'stages', runId: RUN, record: 'y', reason: 'its checksum does not match' },
    ]);
  });

  it('is not found by the cache key that the damage gave it', () => {
    file.database.exec("UPDATE checkpoints SET cache_key = 'same' WHERE stage = 'a'");
    expect(file.store.findStages('same', 9)).toEqual([]);
    expect(file.damages).toMatchObject([{ table: 'stages', runId: RUN, record: 'a' }]);
  });
});
