import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { type AttemptRecord, asRunId, asStageId, type RunEvent } from '@millrace/core';
import type { Damage } from '../damage.ts';
import type { Database } from '../database.ts';
import { openSqliteStore } from '../open-sqlite-store.ts';
import type { SqliteStore } from '../sqlite-store.ts';
import {
  CREATED_AT,
  NEW_RUN,
  OWNER,
  RUN,
  sampleBatch,
  sampleStage,
  sampleValue,
} from '../testing-local/sample-records.ts';
import { createTemporaryFolder, removeFolder } from '../testing-local/temporary-folder.ts';
import {
  FIVE_CHECKSUMS,
  FIVE_RECORDS,
  openVersionFiveFile,
} from '../testing-local/version-five-file.ts';
import type { VersionFiveWriter } from '../testing-local/version-five-writer.ts';

const [LOAD, SCORE] = FIVE_RECORDS.stages;
const LEASE = { runId: RUN, fence: 1 };
const QUIET = { now: CREATED_AT + 9, graceMs: 0, mayLive: () => false };
const out = sampleValue('"out"');

let folder: string;
let old: Database;
let writer: VersionFiveWriter;
let store: SqliteStore;
let damages: Damage[];

/** An older process has the file open, and stays. */
beforeEach(() => {
  folder = createTemporaryFolder();
  const path = join(folder, 'millrace.db');
  ({ database: old, writer } = openVersionFiveFile(path));
  damages = [];
  store = openSqliteStore(path, { onDamage: (damage) => damages.push(damage) });
});
afterEach(() => {
  store.close();
  old.close();
  removeFolder(folder);
});

const rowsOf = (sql: string) =>
  old
    .prepare(sql)
    .all()
    .map((row) => ({ ...row }));

function startedEvent(seq: number): RunEvent {
  const stage = asStageId('send');
  return { seq, runId: RUN, type: 'stage.started', at: CREATED_AT + seq, stage, attempt: 1 };
}

function succeeded(stage: string, attempt: number): AttemptRecord {
  const times = { startedAt: CREATED_AT + 1, finishedAt: CREATED_AT + 2 };
  return { stage: asStageId(stage), attempt, fence: 1, status: 'succeeded', ...times };
}

describe('a file of version 5', () => {
  it('is read without loss', () => {
    expect(rowsOf('SELECT checksum FROM stage_rows ORDER BY commit_order')).toEqual(
      FIVE_CHECKSUMS.map((checksum) => ({ checksum })),
    );
    expect(store.findRun(RUN)).toEqual(FIVE_RECORDS.run);
    expect(store.loadStages(RUN)).toEqual(FIVE_RECORDS.stages);
    expect(store.loadAttempts(RUN)).toEqual(FIVE_RECORDS.attempts);
    expect(JSON.stringify(store.loadEvents(RUN, 0, 9))).toBe(JSON.stringify(FIVE_RECORDS.events));
    expect(store.findStages('key', 9)).toEqual(
      [SCORE, LOAD].map((record) => ({ runId: RUN, record })),
    );
    expect(damages).toEqual([]);
  });

  it('is gone on with: a new outcome takes the place of an old one, and every attempt stays', () => {
    const redone = sampleStage('load', { attempt: 2, cacheKey: 'key' });
    const attempts = [succeeded('load', 2), succeeded('send', 1)];
    const stages = [redone, sampleStage('send')];
    store.commit(LEASE, sampleBatch({ stages, attempts }));
    expect(store.loadStages(RUN)).toEqual([SCORE, ...stages]);
    expect(store.loadAttempts(RUN)).toEqual([...FIVE_RECORDS.attempts, ...attempts]);
    expect(store.findStages('key', 9).map(({ record }) => record)).toEqual([SCORE, redone]);
    expect(store.findStages('key', 1).map(({ record }) => record)).toEqual([SCORE]);
    expect(rowsOf("SELECT stage FROM patches WHERE stage IN ('load', 'send')")).toEqual(
      ['load', 'load', 'load', 'send'].map((stage) => ({ stage })),
    );
    expect(damages).toEqual([]);
  });

  it('has its events before the new ones, page by page', () => {
    const events = [6, 7, 8].map(startedEvent);
    store.commit(LEASE, sampleBatch({ events }));
    const all = [...FIVE_RECORDS.events, ...events];
    expect(store.loadEvents(RUN, 0, 99)).toEqual(all);
    for (const after of all.keys()) {
      expect(store.loadEvents(RUN, after, 2)).toEqual(all.slice(after, after + 2));
    }
  });
});

describe('an older process that still has the file open', () => {
  it('goes on with its run, and all that it commits is read', () => {
    const running: AttemptRecord = {
      stage: asStageId('send'),
      attempt: 1,
      fence: 1,
      status: 'running',
      startedAt: CREATED_AT + 1,
    };
    const send = sampleStage('send', { cacheKey: 'key', finishedAt: CREATED_AT + 9 });
    const events = [startedEvent(6)];
    expect(writer.commit(LEASE, sampleBatch({ attempts: [running], events }))).toBe(true);
    expect(store.loadAttempts(RUN)).toEqual([...FIVE_RECORDS.attempts, running]);
    const attempts = [succeeded('send', 1)];
    expect(writer.commit(LEASE, sampleBatch({ attempts, stages: [send] }))).toBe(true);
    expect(store.loadStages(RUN)).toEqual([...FIVE_RECORDS.stages, send]);
    expect(store.loadAttempts(RUN)).toEqual([...FIVE_RECORDS.attempts, ...attempts]);
    expect(store.loadEvents(RUN, 5, 9)).toEqual(events);
    expect(store.findStages('key', 1)).toEqual([{ runId: RUN, record: send }]);
    expect(damages).toEqual([]);
  });

  it('replaces what the newer one has committed, and is replaced by it', () => {
    const [mine, theirs, again] = [1, 2, 3].map((attempt) =>
      sampleStage('send', { attempt, cacheKey: 'send' }),
    );
    if (mine === undefined || theirs === undefined || again === undefined) return;
    const attempts = [succeeded('send', 1)];
    store.commit(LEASE, sampleBatch({ stages: [mine], attempts, events: [startedEvent(6)] }));
    writer.commit(LEASE, sampleBatch({ stages: [theirs], events: [startedEvent(7)] }));
    store.commit(LEASE, sampleBatch({ events: [startedEvent(8)] }));
    expect(store.loadStages(RUN)).toEqual([...FIVE_RECORDS.stages, theirs]);
    expect(store.findStages('send', 9)).toEqual([{ runId: RUN, record: theirs }]);
    expect(rowsOf("SELECT attempt FROM stages WHERE stage = 'send'")).toEqual([{ attempt: 2 }]);
    expect(store.loadEvents(RUN, 5, 9).map(({ seq }) => seq)).toEqual([6, 7, 8]);
    store.commit(LEASE, sampleBatch({ stages: [again] }));
    expect(store.loadStages(RUN)).toEqual([...FIVE_RECORDS.stages, again]);
    expect(store.findStages('send', 9)).toEqual([{ runId: RUN, record: again }]);
    expect(store.loadAttempts(RUN)).toEqual([...FIVE_RECORDS.attempts, ...attempts]);
    expect(damages).toEqual([]);
  });

  it('loses its run to a newer one that takes it over', () => {
    store.acquireRun(RUN, OWNER, { fence: 1 });
    expect(writer.commit(LEASE, sampleBatch({ stages: [sampleStage('send')] }))).toBe(false);
    expect(store.loadStages(RUN)).toEqual(FIVE_RECORDS.stages);
  });

  it('sees what new rows refer to, so that its clean-up leaves it', () => {
    const basis = { code: '0c'.repeat(32), params: '9a'.repeat(32), inputs: [] } as const;
    const writes = [{ key: 'out', kind: 'value', hash: out.hash } as const];
    store.commit(
      LEASE,
      sampleBatch({ values: [out], stages: [sampleStage('send', { writes, basis })] }),
    );
    expect(rowsOf(`SELECT hash FROM patches WHERE run = '${RUN}' AND commit_order > 7`)).toEqual([
      { hash: out.hash },
    ]);
    expect(
      rowsOf(`SELECT json_each.value AS hash FROM stages,
        json_each(json_array(basis ->> '$.code', basis ->> '$.params')) WHERE stage = 'send'`),
    ).toEqual([{ hash: basis.code }, { hash: basis.params }]);
  });

  it('deletes a run, and the next one gets nothing of it', () => {
    store.commit(LEASE, sampleBatch({ stages: [sampleStage('send')], events: [startedEvent(6)] }));
    old.exec(`
      DELETE FROM runs WHERE id = '${RUN}';
      INSERT OR REPLACE INTO patches (run, commit_order, write_order, key, kind, hash)
        VALUES ('${RUN}', -1, ${CREATED_AT}, '', 'deleted', '');
      DELETE FROM attempts WHERE run = '${RUN}';
      DELETE FROM events WHERE run = '${RUN}' AND (seq) IN (SELECT seq FROM events WHERE run = '${RUN}');
      DELETE FROM stages WHERE run = '${RUN}' AND (stage) IN (SELECT stage FROM stages WHERE run = '${RUN}')`);
    expect(store.findRun(RUN)).toBeUndefined();
    expect([store.loadStages(RUN), store.loadAttempts(RUN), store.loadEvents(RUN, 0, 9)]).toEqual([
      [],
      [],
      [],
    ]);
    store.createRun({ ...NEW_RUN, id: asRunId('next') }, [], OWNER);
    // An older process numbers its runs without regard to what is left of others.
    old.exec(`
      DELETE FROM runs;
      INSERT INTO runs (id, pipeline, status, created_at, fence, source, checksum)
        VALUES ('older', 'daily', 'running', 1, 1, '{}', 1)`);
    for (const table of ['checkpoints', 'event_groups', 'stage_rows', 'event_rows']) {
      expect(old.valueOf(`SELECT count(*) FROM ${table}`)).toBe(0);
    }
    while (!store.sweep(QUIET).done);
    expect(old.valueOf('SELECT count(*) FROM patch_rows')).toBe(0);
    expect(damages).toEqual([]);
  });
});
