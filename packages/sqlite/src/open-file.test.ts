import { readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { openSqliteStore } from './open-sqlite-store.ts';
import type { SqliteStore } from './sqlite-store.ts';
import { NEW_RUN, OWNER, RUN, sampleBatch, sampleStage } from './testing-local/sample-records.ts';
import { createTemporaryFolder, removeFolder } from './testing-local/temporary-folder.ts';
import { thrownBy } from './testing-local/thrown-by.ts';

// Windows does not let go of a file that is open.
const onPosix = process.platform === 'win32' ? it.skip : it;

let folder: string;
let path: string;
let store: SqliteStore;

beforeEach(() => {
  folder = createTemporaryFolder();
  path = join(folder, 'millrace.db');
  store = openSqliteStore(path);
});
afterEach(() => {
  store.close();
  removeFolder(folder);
});

onPosix.each<[string, string, () => void]>([
  ['the file is deleted', 'is gone', () => rmSync(path)],
  ['the file is moved', 'is gone', () => renameSync(path, join(folder, 'moved.db'))],
  ['the log is deleted', 'is gone', () => rmSync(`${path}-wal`)],
  ['the folder is deleted', 'is gone', () => removeFolder(folder)],
  [
    'another file takes its place',
    'is another file now',
    () => {
      writeFileSync(join(folder, 'copy.db'), '');
      renameSync(join(folder, 'copy.db'), path);
    },
  ],
])('no commit is told as done once %s', (_how, what, swap) => {
  const lease = store.createRun(NEW_RUN, [], OWNER);
  store.commit(lease, sampleBatch({ stages: [sampleStage('a')] }));
  swap();
  const writes = [
    () => store.commit(lease, sampleBatch({ stages: [sampleStage('b')] })),
    () => store.renewLease(lease),
  ];
  for (const write of writes) {
    const error = thrownBy(write);
    expect(error).toMatchObject({ code: 'STORE_REPLACED', details: { path } });
    expect(error.message).toContain(what);
    expect(error.message).toContain(path);
  }
});

it('a store is the same by another path, and after others have opened and closed it', () => {
  const lease = store.createRun(NEW_RUN, [], OWNER);
  for (const round of [1, 2]) {
    const other = openSqliteStore(path);
    other.commit(lease, sampleBatch({ stages: [sampleStage(`other ${round}`)] }));
    other.close();
    store.commit(lease, sampleBatch({ stages: [sampleStage(`own ${round}`)] }));
  }
  expect(store.loadStages(RUN)).toHaveLength(4);
  expect(readdirSync(folder)).toContain('millrace.db');
});
