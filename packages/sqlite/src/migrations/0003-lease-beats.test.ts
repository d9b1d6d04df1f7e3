import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { openSqliteStore } from '../open-sqlite-store.ts';
import type { SqliteStore } from '../sqlite-store.ts';
import { damageVersionOneFile } from '../testing-local/damage-version-one-file.ts';
import { NEW_RUN, OWNER, RUN } from '../testing-local/sample-records.ts';
import { createTemporaryFolder, removeFolder } from '../testing-local/temporary-folder.ts';
import { thrownBy } from '../testing-local/thrown-by.ts';
import { openVersionOneFile } from '../testing-local/version-one-file.ts';

let folder: string;
let path: string;

beforeEach(() => {
  folder = createTemporaryFolder();
  path = join(folder, 'millrace.db');
});
afterEach(() => removeFolder(folder));

/** Opens the file with all migrations, however the body ends. */
function inStore(body: (store: SqliteStore) => void): void {
  const store = openSqliteStore(path);
  try {
    body(store);
  } finally {
    store.close();
  }
}

describe('a run of a file without beats', () => {
  it('has an owner that promises none, and begins at 0', () => {
    openVersionOneFile(path).close();
    inStore((store) => {
      expect(store.findRun(RUN)).toMatchObject({ owner: OWNER, beat: 0 });
      store.renewLease({ runId: RUN, fence: 1 });
      expect(store.findRun(RUN)).toMatchObject({ beat: 1 });
    });
  });

  it('is ended by an older process that still has the file open, and then owned by nobody', () => {
    const old = openVersionOneFile(path);
    inStore((store) => {
      store.acquireRun(RUN, { ...OWNER, leaseMs: 500 }, { fence: 1 });
      old.exec(`UPDATE runs SET status = 'failed', finished_at = created_at, owner_host = NULL,
        owner_pid = NULL, owner_process_start = NULL`);
      expect(store.findRun(RUN)).toMatchObject({ status: 'failed', fence: 2 });
      expect(store.findRun(RUN)?.owner).toBeUndefined();
    });
    old.close();
  });

  it.each([
    ['id', 'NULL'],
    ['pipeline', "x'07'"],
    ['created_at', "'yesterday'"],
    ['fence', "x'01'"],
    ['owner_pid', "'many'"],
    ['last_seq', 'NULL'],
    ['source', "x'7b7d'"],
    ['checksum', "'none'"],
  ])('is brought up to date although damage gave %s another type', (column, value) => {
    damageVersionOneFile(path, `UPDATE runs SET ${column} = ${value}`);
    inStore((store) => {
      const next = { ...NEW_RUN, id: 'another' as typeof RUN };
      store.createRun(next, [], { ...OWNER, leaseMs: 500 });
      expect(store.findRun(next.id)).toMatchObject({ owner: { leaseMs: 500 }, beat: 0 });
    });
  });

  it('stays damaged when it was', () => {
    damageVersionOneFile(path, "UPDATE runs SET pipeline = x'07'");
    inStore((store) => {
      expect(thrownBy(() => store.findRun(RUN)).code).toBe('STORE_CORRUPT');
    });
  });
});
