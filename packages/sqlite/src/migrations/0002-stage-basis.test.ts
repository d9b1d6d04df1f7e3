import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Damage } from '../damage.ts';
import { openSqliteStore } from '../open-sqlite-store.ts';
import type { SqliteStore } from '../sqlite-store.ts';
import { damageVersionOneFile } from '../testing-local/damage-version-one-file.ts';
import {
  CREATED_AT,
  OWNER,
  RUN,
  sampleBatch,
  sampleStage,
} from '../testing-local/sample-records.ts';
import { createTemporaryFolder, removeFolder } from '../testing-local/temporary-folder.ts';
import { OLD_RECORDS, openVersionOneFile } from '../testing-local/version-one-file.ts';

const [INGEST, SCORE, UNSTARTED] = OLD_RECORDS.stages;
const REDONE = sampleStage('score', {
  attempt: 4,
  fence: 2,
  basis: { code: 'c0de', params: '', inputs: [] },
  cacheKey: 'key',
});

let folder: string;
let path: string;
let damages: Damage[];

beforeEach(() => {
  folder = createTemporaryFolder();
  path = join(folder, 'millrace.db');
  damages = [];
});
afterEach(() => removeFolder(folder));

/** Opens the file with all migrations, however the body ends. */
function inStore(body: (store: SqliteStore) => void): void {
  const store = openSqliteStore(path, { onDamage: (damage) => damages.push(damage) });
  try {
    body(store);
  } finally {
    store.close();
  }
}

describe('a file of version 1', () => {
  it('is read without loss', () => {
    openVersionOneFile(path).close();
    inStore((store) => {
      expect(store.findRun(RUN)).toEqual(OLD_RECORDS.run);
      expect(store.loadStages(RUN)).toEqual(OLD_RECORDS.stages);
      expect(store.loadAttempts(RUN)).toEqual(OLD_RECORDS.attempts);
      expect(store.loadEvents(RUN, 0, 9)).toEqual(OLD_RECORDS.events);
      expect(store.loadValue(OLD_RECORDS.value.hash)).toEqual(OLD_RECORDS.value);
    });
    expect(damages).toEqual([]);
  });

  it('is gone on with: new outcomes have a basis and are found, old ones stay', () => {
    openVersionOneFile(path).close();
    inStore((store) => {
      store.acquireRun(RUN, OWNER, { fence: 1 });
      store.commit({ runId: RUN, fence: 2 }, sampleBatch({ stages: [REDONE] }));
    });
    inStore((store) => {
      expect(store.loadStages(RUN)).toEqual([INGEST, UNSTARTED, REDONE]);
      expect(store.findStages('key', 9)).toEqual([{ runId: RUN, record: REDONE }]);
    });
    expect(damages).toEqual([]);
  });

  it('is brought up to date by a reader that may write the file', () => {
    openVersionOneFile(path).close();
    const reader = openSqliteStore(path, { readOnly: true });
    expect(reader.loadStages(RUN)).toEqual(OLD_RECORDS.stages);
    reader.close();
  });

  it('can be written by an older process that still has it open', () => {
    const old = openVersionOneFile(path);
    const replace = old.prepare(`
      INSERT OR REPLACE INTO stages (run, stage, commit_order, status, attempt, fence, started_at,
        finished_at, duration_ms, fingerprint, fallback, failure, reason, checksum)
      VALUES (?, 'ingest', 2, 'succeeded', 1, 1, ?, ?, 1.5, 'f00d', 0, NULL, NULL, 470856952)`);
    inStore((store) => {
      store.commit({ runId: RUN, fence: 1 }, sampleBatch({ stages: [REDONE] }));
      replace.run(RUN, CREATED_AT + 1, CREATED_AT + 2);
      expect(store.loadStages(RUN)).toEqual([INGEST, UNSTARTED, REDONE]);
    });
    old.close();
    expect(damages).toEqual([]);
  });

  it('keeps its damaged rows damaged', () => {
    const old = openVersionOneFile(path);
    old.exec("UPDATE stages SET fingerprint = 'f00e' WHERE stage = 'ingest'");
    old.close();
    inStore((store) => expect(store.loadStages(RUN)).toEqual([SCORE, UNSTARTED]));
    expect(damages).toMatchObject([{ table: 'stages', runId: RUN, record: 'ingest' }]);
  });

  it.each([
    ['fence', "x'01'"],
    ['status', "x'07'"],
    ['finished_at', 'NULL'],
    ['duration_ms', "'long'"],
    ['fingerprint', "x'f00d'"],
    ['failure', "x'7b7d'"],
  ])('is brought up to date although damage gave %s another type', (column, value) => {
    damageVersionOneFile(path, `UPDATE stages SET ${column} = ${value} WHERE stage = 'score'`);
    inStore((store) => expect(store.loadStages(RUN)).toEqual([INGEST, UNSTARTED]));
    expect(damages).toMatchObject([{ table: 'stages', runId: RUN, record: 'score' }]);
  });
});
