import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { asRunId, asStageId, type Lease, type RunEvent } from '@millrace/core';
import { Database } from './database.ts';
import { FIND_CHECKPOINTS } from './rows/checkpoint-row.ts';
import { FIND_STAGES } from './rows/stage-row.ts';
import { executedStage } from './testing-local/executed-stage.ts';
import { createFileStore, type FileStore } from './testing-local/file-store.ts';
import {
  CREATED_AT,
  NEW_RUN,
  OWNER,
  RUN,
  sampleBatch,
  sampleStage,
  sampleValue,
} from './testing-local/sample-records.ts';
import { thrownBy } from './testing-local/thrown-by.ts';

let file: FileStore;
let lease: Lease;

beforeEach(() => {
  file = createFileStore();
  lease = file.store.createRun(NEW_RUN, [], OWNER);
});
afterEach(() => file.cleanUp());

const many = (count: number) => Array.from({ length: count }, (_, n) => sampleStage(`stage ${n}`));

const rowsOf = (sql: string) =>
  file.database
    .prepare(sql)
    .all()
    .map((row) => ({ ...row }));

describe('a full disk', () => {
  it('fails the commit, writes nothing of it, and lets the next one through', () => {
    const { store, database, path } = file;
    store.commit(lease, sampleBatch({ stages: [sampleStage('before')] }));
    const pages = Number(database.valueOf('PRAGMA page_count'));
    database.exec(`PRAGMA max_page_count = ${pages + 2}`);
    const batch = sampleBatch({ stages: many(500), values: [sampleValue('"big"')] });
    const error = thrownBy(() => store.commit(lease, batch));
    expect(error).toMatchObject({
      code: 'STORE_WRITE_FAILED',
      message: expect.stringContaining(`there is no space left for the store: ${path}`),
      details: { path },
      help: expect.stringContaining('Free space'),
      cause: expect.anything(),
    });
    expect(store.loadStages(RUN)).toEqual([sampleStage('before')]);
    expect(store.loadValue(sampleValue('"big"').hash)).toBeUndefined();

    database.exec('PRAGMA max_page_count = 1000000');
    store.commit(lease, batch);
    expect(store.loadStages(RUN)).toHaveLength(501);
  });
});

describe('a lock of another process', () => {
  it('blocks writers only, and is named when it lasts too long', () => {
    const { store, path } = file;
    const other = new Database(path, { readOnly: false, busyTimeoutMs: 0 });
    other.exec('BEGIN IMMEDIATE');
    const batch = sampleBatch({ stages: [sampleStage('a')] });
    expect(thrownBy(() => store.commit(lease, batch))).toMatchObject({
      code: 'STORE_BUSY',
      details: { path },
    });
    expect(store.loadStages(RUN)).toEqual([]);
    other.exec('ROLLBACK');
    other.close();
    store.commit(lease, batch);
    expect(store.loadStages(RUN)).toEqual([sampleStage('a')]);
  });
});

describe('a commit that need not be synced', () => {
  it('is not synced, and the next one that must be is', () => {
    const { store, database } = file;
    const levelAfter = (sync: boolean): unknown => {
      store.commit(lease, sampleBatch({ sync }));
      return database.valueOf('PRAGMA synchronous');
    };
    const [NORMAL, FULL] = [1, 2];
    expect([true, false, false, true].map(levelAfter)).toEqual([FULL, NORMAL, NORMAL, FULL]);
    store.commit(lease, sampleBatch({ sync: false }));
    store.saveValue(sampleValue('1'));
    expect(database.valueOf('PRAGMA synchronous')).toBe(FULL);
  });
});

describe('a commit that fails', () => {
  it('leaves nothing behind and the connection usable', () => {
    const { store } = file;
    const event: RunEvent = {
      seq: 1,
      at: CREATED_AT,
      runId: RUN,
      type: 'stage.started',
      stage: asStageId('a'),
      attempt: 1,
    };
    const stages = [sampleStage('a', { cacheKey: 'key' })];
    const twice = sampleBatch({ stages, events: [event, event] });
    expect(() => store.commit(lease, twice)).toThrow('UNIQUE constraint failed');
    expect(store.loadStages(RUN)).toEqual([]);
    expect(store.findStages('key', 9)).toEqual([]);
    store.commit(lease, sampleBatch({ events: [event] }));
    expect(store.loadEvents(RUN, 0, 10)).toEqual([event]);
  });
});

describe('a search by cache key', () => {
  it.each([
    [FIND_CHECKPOINTS, 'SEARCH checkpoints USING INDEX checkpoints_by_cache_key (cache_key=?)'],
    [FIND_STAGES, 'SEARCH stage_rows USING INDEX stages_by_cache_key (cache_key=?)'],
  ])('reads the index, in the order of the answer', (find, first) => {
    const plan = rowsOf(`EXPLAIN QUERY PLAN ${find}`).map(({ detail }) => String(detail));
    expect(plan[0]).toBe(first);
    expect(plan.filter((line) => line.includes('FOR ORDER BY'))).toEqual([]);
  });
});

describe('times that are not whole milliseconds', () => {
  it('are rounded where they are wall clock, and kept where they are durations', () => {
    const stage = sampleStage('a', { startedAt: 1.4, finishedAt: 2.6, durationMs: 0.125 });
    file.store.commit(lease, sampleBatch({ stages: [stage] }));
    expect(file.store.loadStages(RUN)).toEqual([{ ...stage, startedAt: 1, finishedAt: 3 }]);
    expect(file.damages).toEqual([]);
  });
});

describe('a file that has had very many runs', () => {
  it('keeps each record at its place, past the integers that JavaScript knows', () => {
    file.database.exec('UPDATE runs SET number = 1000000000');
    const store = file.store;
    const stages = many(3);
    const { attempt, events } = executedStage(1, 1);
    store.commit(lease, sampleBatch({ stages, attempts: [attempt], events }));
    store.commit(lease, sampleBatch({ stages: stages.slice(0, 1) }));
    const next = store.createRun({ ...NEW_RUN, id: asRunId('next') }, [], OWNER);
    store.commit(next, sampleBatch({ stages }));
    expect(store.loadStages(RUN)).toEqual([...stages.slice(1), ...stages.slice(0, 1)]);
    expect(store.loadStages(next.runId)).toEqual(stages);
    expect(store.loadEvents(RUN, 1, 9)).toEqual(events.slice(1));
    expect(rowsOf('SELECT id FROM runs WHERE number = 1000000001')).toEqual([{ id: 'next' }]);
    expect(file.damages).toEqual([]);
  });
});

describe('the tables', () => {
  it('tell from which run an outcome was taken, and what it rests on', () => {
    const basis = { code: 'c0de', params: '', inputs: [['input', 'bars', 'f00d']] } as const;
    const origin = { runId: asRunId('earlier'), attempt: 2 };
    const stages = [sampleStage('score', { basis, cacheKey: 'key', origin }), sampleStage('send')];
    file.store.commit(lease, sampleBatch({ stages }));
    const columns = 'stage, cache_key, origin_run, origin_attempt';
    expect(rowsOf(`SELECT ${columns} FROM readable_stages`)).toEqual([
      { stage: 'score', cache_key: 'key', origin_run: 'earlier', origin_attempt: 2 },
      { stage: 'send', cache_key: null, origin_run: null, origin_attempt: null },
    ]);
    expect(rowsOf("SELECT basis ->> '$.inputs[0][1]' AS input FROM stages")).toEqual([
      { input: 'bars' },
      { input: null },
    ]);
  });

  it('can be read by a person', () => {
    const { store } = file;
    const event: RunEvent = {
      seq: 1,
      at: CREATED_AT,
      runId: RUN,
      type: 'stage.started',
      stage: asStageId('score'),
      attempt: 3,
    };
    const value = sampleValue('"score"');
    const stages = [sampleStage('score', { attempt: 3 })];
    store.commit(lease, sampleBatch({ values: [value], stages, events: [event] }));
    expect(rowsOf('SELECT id, status, owner_host, created_utc FROM readable_runs')).toEqual([
      { id: RUN, status: 'running', owner_host: 'mill', created_utc: '2026-01-02T03:04:05.678Z' },
    ]);
    expect(rowsOf('SELECT run, stage, status, finished_utc FROM readable_stages')).toEqual([
      { run: RUN, stage: 'score', status: 'succeeded', finished_utc: '2026-01-02T03:04:05.680Z' },
    ]);
    expect(rowsOf('SELECT type, stage, attempt, utc FROM readable_events')).toEqual([
      { type: 'stage.started', stage: 'score', attempt: 3, utc: '2026-01-02T03:04:05.678Z' },
    ]);
    expect(
      rowsOf('SELECT stage, attempt, key, kind, body FROM patches JOIN "values" USING (hash)'),
    ).toEqual([{ stage: 'score', attempt: 3, key: 'score out', kind: 'value', body: '"score"' }]);
  });

  it('show what a stage wrote, with the values, wherever they are kept', () => {
    const { store } = file;
    const value = sampleValue('"long"');
    const writes = [
      { key: 'far', kind: 'value', hash: value.hash },
      { key: 'near', kind: 'patch', hash: sampleValue('1').hash, short: 'json:[1,"ä"]' },
      { key: 'gone', kind: 'value', hash: '00ff' },
    ] as const;
    const stages = [sampleStage('score', { writes })];
    store.commit(lease, sampleBatch({ values: [value], stages, context: writes.slice(0, 1) }));
    const [first, ...others] = rowsOf('SELECT * FROM readable_writes');
    expect(first).toMatchObject({ run: RUN, stage: null, key: 'far', body: '"long"' });
    const score = { run: RUN, stage: 'score', attempt: 1, type: null };
    expect(others).toEqual([
      { ...score, key: 'far', kind: 'value', codec: 'json', byte_length: 6, body: '"long"' },
      { ...score, key: 'near', kind: 'patch', codec: 'json', byte_length: 8, body: '[1,"ä"]' },
      { ...score, key: 'gone', kind: 'value', codec: null, byte_length: null, body: null },
    ]);
  });

  it('show everything that a checkpoint and a group of events hold', () => {
    const { stage, attempt, events } = executedStage(7, 1);
    const failure = { reason: 'threw', code: 'X', phase: 'run', message: 'no' } as const;
    const origin = { runId: asRunId('earlier'), attempt: 2 };
    const items = { total: 3, failed: 1, kept: 0 };
    const rare = { origin, items, failure, fallback: true, reason: 'why', cacheKey: 'key' };
    const late = { ...attempt, finishedAt: stage.finishedAt + 5 };
    const skipped: RunEvent = {
      seq: 3,
      runId: RUN,
      type: 'stage.skipped',
      at: CREATED_AT,
      stage: stage.stage,
      reason: 'why',
    };
    const batch = {
      stages: [{ ...stage, ...rare }],
      attempts: [late],
      events: [...events, skipped],
    };
    file.store.commit(lease, sampleBatch(batch));
    expect(rowsOf('SELECT * FROM stages')).toEqual([
      {
        ...{
          run: RUN,
          stage: 'stage-7',
          commit_order: 2,
          status: 'succeeded',
          attempt: 1,
          fence: 1,
        },
        ...{ started_at: stage.startedAt, finished_at: stage.finishedAt },
        ...{ duration_ms: stage.durationMs, fingerprint: stage.fingerprint, fallback: 1 },
        ...{ failure: JSON.stringify(failure), reason: 'why', checksum: expect.any(Number) },
        basis: JSON.stringify({
          code: '',
          shortParams: 'json:{"place":7}',
          inputs: stage.basis?.inputs,
          read: ['place'],
          files: null,
        }),
        ...{ cache_key: 'key', origin_run: 'earlier', origin_attempt: 2 },
        items: JSON.stringify(items),
      },
    ]);
    expect(rowsOf('SELECT * FROM all_attempts')).toEqual([
      {
        ...{
          run: RUN,
          stage: 'stage-7',
          attempt: 1,
          start_order: 1,
          fence: 1,
          status: 'succeeded',
        },
        ...{ started_at: stage.startedAt, finished_at: late.finishedAt, failure: null },
      },
    ]);
    const ofStage = { run: RUN, stage: 'stage-7', attempt: 1 };
    const [{ at: startedAt }, { at: endedAt }] = events;
    const durationMs = JSON.stringify({ durationMs: stage.durationMs });
    expect(rowsOf('SELECT * FROM events')).toEqual([
      { ...ofStage, seq: 1, at: startedAt, type: 'stage.started', details: null },
      { ...ofStage, seq: 2, at: endedAt, type: 'stage.succeeded', details: durationMs },
      {
        ...{ ...ofStage, seq: 3, at: CREATED_AT, type: 'stage.skipped', attempt: null },
        details: '{"reason":"why"}',
      },
    ]);
  });

  it('can be read although a row is damaged', () => {
    const { stage, attempt, events } = executedStage(1, 1);
    file.store.commit(lease, sampleBatch({ stages: [stage], attempts: [attempt], events }));
    file.database.exec("UPDATE checkpoints SET body = '['; UPDATE event_groups SET body = '{'");
    const views = ['stages', 'patches', 'events', 'all_attempts', 'readable_writes'];
    for (const view of [...views, 'readable_stages', 'readable_events', 'readable_attempts']) {
      expect(rowsOf(`SELECT * FROM ${view}`)).toEqual([]);
    }
  });

  it('hold every failure and source as JSON that SQL can look into', () => {
    const failure = {
      reason: 'threw',
      code: 'STAGE_THREW',
      phase: 'run',
      message: 'no rows',
    } as const;
    const stages = [sampleStage('score', { status: 'failed', failure })];
    file.store.commit(lease, sampleBatch({ stages }));
    expect(rowsOf("SELECT failure ->> 'code' AS code FROM stages")).toEqual([
      { code: 'STAGE_THREW' },
    ]);
    expect(rowsOf('SELECT failure FROM readable_stages')).toEqual([{ failure: 'no rows' }]);
    expect(rowsOf('SELECT * FROM readable_attempts')).toEqual([]);
    expect(rowsOf("SELECT source ->> 'file' AS file FROM runs")).toEqual([
      { file: '/srv/daily.yaml' },
    ]);
  });
});
