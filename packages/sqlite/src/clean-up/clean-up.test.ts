import { existsSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import {
  asRunId,
  asStageId,
  type EncodedValue,
  type Leftovers,
  type RunId,
  type SweepRequest,
  type SweepStep,
} from '@millrace/core';
import { ArtifactFiles } from '../artifact-files.ts';
import { checkStoreFile } from '../check-store-file.ts';
import { Database } from '../database.ts';
import { openSqliteStore } from '../open-sqlite-store.ts';
import { SqliteStore } from '../sqlite-store.ts';
import { executedStage } from '../testing-local/executed-stage.ts';
import { createFileStore, type FileStore } from '../testing-local/file-store.ts';
import {
  CREATED_AT,
  NEW_RUN,
  OWNER,
  RUN,
  sampleBatch,
  sampleStage,
  sampleValue,
} from '../testing-local/sample-records.ts';
import { RunDeletion } from './run-deletion.ts';

const OTHER = asRunId('20260102-030406-hgfedcba');
const DELETED_AT = CREATED_AT + 1000;
const HOUR_MS = 3_600_000;
const QUIET: SweepRequest = { now: DELETED_AT, graceMs: HOUR_MS, mayLive: () => false };
const FINISH = { status: 'succeeded', finishedAt: DELETED_AT, durationMs: 1 } as const;

const small = sampleValue('"small"');
const large = sampleValue(`"${'x'.repeat(5000)}"`);

let file: FileStore;

beforeEach(() => {
  file = createFileStore();
});
afterEach(() => file.cleanUp());

function endedRun(id: RunId, values: readonly EncodedValue[], store = file.store): void {
  const lease = store.createRun({ ...NEW_RUN, id }, [], OWNER);
  const writes = values.map(({ hash }, place) => ({
    key: `key ${place}`,
    kind: 'value' as const,
    hash,
  }));
  const stages = [sampleStage('a', { writes, cacheKey: 'key' })];
  store.commit(lease, sampleBatch({ values, stages, finish: FINISH }));
}

function deleteRun(id: RunId): void {
  expect(file.store.deleteRun(id, { fence: 1 }, DELETED_AT)).toEqual({ kind: 'deleted' });
}

function sweep(request = QUIET, store = file.store): SweepStep & { readonly removed: Leftovers } {
  let values = 0;
  let bytes = 0;
  for (;;) {
    const step = store.sweep(request);
    values += step.removed.values;
    bytes += step.removed.bytes;
    if (step.done) return { ...step, removed: { values, bytes } };
  }
}

function artifactPath(value: EncodedValue): string {
  return join(`${file.path}.artifacts`, value.hash.slice(0, 2), value.hash);
}

const sizeOf = (...values: readonly EncodedValue[]): Leftovers => ({
  values: values.length,
  bytes: values.reduce((sum, { byteLength }) => sum + byteLength, 0),
});

describe('while another connection has the file open', () => {
  it('a deleted run keeps its values for the time of grace, and then no longer', () => {
    endedRun(RUN, [small, large]);
    const other = openSqliteStore(file.path);
    other.listRuns({});
    deleteRun(RUN);
    expect(sweep()).toMatchObject({ removed: sizeOf(), waiting: sizeOf(small, large) });
    expect(other.loadValue(large.hash)).toEqual(large);
    expect(sweep({ ...QUIET, now: DELETED_AT + HOUR_MS - 1 }).removed).toEqual(sizeOf());
    const late = sweep({ ...QUIET, now: DELETED_AT + HOUR_MS });
    expect(late).toMatchObject({ removed: sizeOf(small, large), waiting: sizeOf() });
    other.close();
  });

  it('a deleted run keeps nothing once that connection is closed', () => {
    endedRun(RUN, [small]);
    const other = openSqliteStore(file.path);
    other.listRuns({});
    deleteRun(RUN);
    sweep();
    other.close();
    expect(sweep().removed).toEqual(sizeOf(small));
  });

  it('the file keeps its free pages, and gives them back when it is alone', () => {
    const values = Array.from({ length: 400 }, (_, at) => sampleValue(`"${at}${'y'.repeat(90)}"`));
    endedRun(RUN, values);
    const other = openSqliteStore(file.path);
    other.listRuns({});
    deleteRun(RUN);
    sweep({ ...QUIET, graceMs: 0 });
    expect(file.store.measure([]).freeBytes).toBeGreaterThan(0);
    other.close();
    const before = file.store.measure([]).bytes;
    sweep();
    expect(file.store.measure([])).toMatchObject({ freeBytes: 0, leftovers: sizeOf() });
    expect(file.store.measure([]).bytes).toBeLessThan(before);
    expect(statSync(file.path).size).toBe(file.store.measure([]).bytes);
    expect(checkStoreFile(file.path)).toEqual([]);
  });
});

describe('files of large values', () => {
  it('go with their values, and stay with others', () => {
    const kept = sampleValue(`"${'z'.repeat(5000)}"`);
    endedRun(RUN, [large]);
    endedRun(OTHER, [kept]);
    deleteRun(RUN);
    expect(file.store.measure([]).leftovers).toEqual(sizeOf(large));
    expect(sweep().removed).toEqual(sizeOf(large));
    expect(existsSync(artifactPath(large))).toBe(false);
    expect(file.store.loadValue(kept.hash)).toEqual(kept);
  });

  it('go when a killed process has left them without a row, and others are not touched', () => {
    endedRun(RUN, [large]);
    file.database.exec('DELETE FROM "values"');
    const notes = join(`${file.path}.artifacts`, 'notes.txt');
    writeFileSync(notes, 'mine');
    expect(file.store.measure([]).leftovers).toEqual(sizeOf(large));
    expect(sweep().removed).toEqual(sizeOf(large));
    expect(existsSync(artifactPath(large))).toBe(false);
    expect(existsSync(notes)).toBe(true);
  });

  it('are written again by a commit that had found one there before a sweep removed it', () => {
    endedRun(RUN, [large]);
    deleteRun(RUN);
    class SweptMeanwhile extends ArtifactFiles {
      override write(hash: string, body: string | Uint8Array): void {
        super.write(hash, body);
        if (!swept) sweep({ ...QUIET, graceMs: 0 });
        swept = true;
      }
    }
    let swept = false;
    const late = new SqliteStore({
      database: new Database(file.path, { readOnly: false, busyTimeoutMs: 0 }),
      path: file.path,
      synchronous: 'full',
      files: new SweptMeanwhile(`${file.path}.artifacts`),
      inlineLimitBytes: 100,
      onDamage: () => {},
    });
    endedRun(OTHER, [large], late);
    late.close();
    expect(swept).toBe(true);
    expect(file.store.loadValue(large.hash)).toEqual(large);
    expect(file.damages).toEqual([]);
  });
});

describe('a run that was deleted in part', () => {
  it('is neither found nor read, and the next sweep removes the rest', () => {
    endedRun(RUN, [small]);
    const deletion = new RunDeletion(file.database);
    file.database.inTransaction(() => deletion.delete(RUN, { fence: 1 }, DELETED_AT));
    expect(file.store.findStages('key', 9)).toEqual([]);
    expect(file.store.findRun(RUN)).toBeUndefined();
    expect(sweep().removed).toEqual(sizeOf(small));
    const tables = ['checkpoints', 'attempts', 'event_groups', 'items', 'patch_rows', '"values"'];
    for (const table of ['runs', ...tables]) {
      expect(file.database.valueOf(`SELECT count(*) FROM ${table}`)).toBe(0);
    }
  });

  it('is deleted in pieces when it is large', () => {
    const lease = file.store.createRun(NEW_RUN, [], OWNER);
    const stage = asStageId('a');
    const events = Array.from({ length: 5000 }, (_, at) => ({
      seq: at + 1,
      at: CREATED_AT,
      runId: RUN,
      type: 'stage.started' as const,
      stage,
      attempt: 1,
    }));
    file.store.commit(lease, sampleBatch({ events, finish: FINISH }));
    deleteRun(RUN);
    expect(file.store.loadEvents(RUN, 0, 9)).toEqual([]);
    expect(file.database.valueOf('SELECT count(*) FROM events')).toBe(0);
  });
});

describe('damaged records', () => {
  it('do not stop a clean-up, and a damaged run keeps all that it has', () => {
    const kept = sampleValue('"of the damaged run"');
    endedRun(RUN, [small]);
    endedRun(OTHER, [kept]);
    file.database.exec(`
      UPDATE runs SET id = 'flipped', pipeline = 'weekly' WHERE id = '${OTHER}';
      UPDATE checkpoints SET body = replace(body, '[', '') WHERE place >> 32 = 2;
      UPDATE "values" SET codec = 'gzip' WHERE hash = '${small.hash}'`);
    deleteRun(RUN);
    expect(sweep().removed).toEqual(sizeOf(small));
    expect(file.store.loadValue(kept.hash)).toEqual(kept);
    expect(file.database.valueOf('SELECT count(*) FROM checkpoints')).toBe(1);
  });
});

describe('what is left of a deleted run', () => {
  it('is not taken for that of the next one, of another id or the same', () => {
    endedRun(RUN, [small]);
    const other = openSqliteStore(file.path);
    other.listRuns({});
    deleteRun(RUN);
    // As if the process had been killed before they were gone.
    file.database.exec("INSERT INTO event_groups VALUES ((1 << 32) | 9, 9, 1, '[]', 1)");
    expect(file.database.valueOf('SELECT count(*) FROM checkpoints')).toBe(1);
    endedRun(OTHER, [large]);
    expect(file.store.loadStages(OTHER)).toHaveLength(1);
    expect(sweep()).toMatchObject({ removed: sizeOf(), waiting: sizeOf(small) });
    file.store.createRun(NEW_RUN, [], OWNER);
    expect([file.store.loadStages(RUN), file.store.loadEvents(RUN, 0, 9)]).toEqual([[], []]);
    expect(file.database.valueOf('SELECT count(*) FROM checkpoints')).toBe(1);
    expect(file.database.valueOf('SELECT count(*) FROM event_groups')).toBe(0);
    expect(sweep().removed).toEqual(sizeOf(small));
    other.close();
  });

  it('goes in pieces when it is much', () => {
    const lease = file.store.createRun(NEW_RUN, [], OWNER);
    const stages = Array.from({ length: 4100 }, (_, at) => sampleStage(`stage ${at}`));
    file.store.commit(lease, sampleBatch({ stages, finish: FINISH }));
    deleteRun(RUN);
    sweep();
    expect(file.database.valueOf('SELECT count(*) FROM checkpoints')).toBe(0);
    expect(file.database.valueOf('SELECT count(*) FROM patch_rows')).toBe(0);
  });
});

describe('short values within their records', () => {
  it('are no values, and a sweep is not led astray by them', () => {
    const { stage } = executedStage(1, 1);
    const lease = file.store.createRun(NEW_RUN, [], OWNER);
    file.store.commit(lease, sampleBatch({ stages: [stage], finish: FINISH }));
    expect(file.store.measure([]).leftovers).toEqual(sizeOf());
    expect(sweep().removed).toEqual(sizeOf());
    expect(file.store.loadStages(RUN)).toEqual([stage]);
  });

  it('become values when another outcome takes the place of the record, and then stay with the run', () => {
    const { stage } = executedStage(1, 1);
    const [hash = ''] = stage.writes.map((write) => write.hash);
    const lease = file.store.createRun(NEW_RUN, [], OWNER);
    file.store.commit(lease, sampleBatch({ stages: [stage] }));
    expect(file.store.loadValue(hash)).toBeUndefined();
    const again = { ...stage, attempt: 2, writes: [] };
    file.store.commit(lease, sampleBatch({ stages: [again], finish: FINISH }));
    expect(sweep().removed).toEqual(sizeOf());
    expect(file.store.loadValue(hash)).toMatchObject({ codec: 'json', body: '1' });
    deleteRun(RUN);
    expect(sweep().removed).toEqual({ values: 1, bytes: 1 });
  });
});

it('a table that a later version adds is cleaned up too, and keeps what its texts name', () => {
  file.database.exec(`
    CREATE TABLE notes (run TEXT NOT NULL, number INTEGER NOT NULL, text TEXT NOT NULL,
      PRIMARY KEY (run, number)) STRICT, WITHOUT ROWID;
    INSERT INTO notes VALUES ('${RUN}', 1, 'mine'), ('${OTHER}', 1, 'see ${small.hash}')`);
  const store = openSqliteStore(file.path, { inlineLimitBytes: 100 });
  endedRun(RUN, [small, large], store);
  endedRun(OTHER, [], store);
  expect(store.measure([RUN]).leftovers).toEqual(sizeOf(large));
  expect(store.deleteRun(RUN, { fence: 1 }, DELETED_AT)).toEqual({ kind: 'deleted' });
  expect(sweep({ ...QUIET, graceMs: 0 }, store).removed).toEqual(sizeOf(large));
  expect(file.database.valueOf('SELECT group_concat(run) FROM notes')).toBe(OTHER);
  store.close();
});

it('a reader can measure, and changes nothing by it', () => {
  endedRun(RUN, [small, large]);
  const reader = openSqliteStore(file.path, { readOnly: true });
  expect(reader.measure([RUN]).leftovers).toEqual(sizeOf(small, large));
  expect(() => reader.deleteRun(RUN, { fence: 1 }, DELETED_AT)).toThrow();
  reader.close();
  expect(file.store.findRun(RUN)).toBeDefined();
  expect(readdirSync(file.folder)).toContain('millrace.db');
});
