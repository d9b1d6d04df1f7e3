import {
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Database } from './database.ts';
import { MIGRATIONS } from './migrations/index.ts';
import { openSqliteStore } from './open-sqlite-store.ts';
import { NEW_RUN, OWNER, RUN, sampleBatch, sampleStage } from './testing-local/sample-records.ts';
import { createTemporaryFolder, removeFolder } from './testing-local/temporary-folder.ts';
import { thrownBy } from './testing-local/thrown-by.ts';

let folder: string;
let path: string;

beforeEach(() => {
  folder = createTemporaryFolder();
  path = join(folder, 'millrace.db');
});
afterEach(() => removeFolder(folder));

function createStore(stages = 0): void {
  const store = openSqliteStore(path);
  const lease = store.createRun(NEW_RUN, [], OWNER);
  const names = Array.from({ length: stages }, (_, number) => `stage ${number}`);
  store.commit(lease, sampleBatch({ stages: names.map((name) => sampleStage(name)) }));
  store.close();
}

function execute(sql: string): void {
  const database = new Database(path, { readOnly: false, busyTimeoutMs: 0 });
  database.exec(sql);
  database.close();
}

/** Opening is refused with this code, names the file, and leaves every byte as it was. */
function expectRefusal(code: string, text: string): void {
  const namesBefore = readdirSync(folder);
  const before = readFileSync(path);
  for (const readOnly of [false, true]) {
    const error = thrownBy(() => openSqliteStore(path, { readOnly }));
    expect(error).toMatchObject({ code, details: { path }, help: expect.any(String) });
    expect(error.message).toContain(path);
    expect(error.message).toContain(text);
    expect(readFileSync(path).equals(before)).toBe(true);
    expect(readdirSync(folder)).toEqual(namesBefore);
  }
}

describe('openSqliteStore', () => {
  it('makes the folder, and leaves one file when it is closed', () => {
    path = join(folder, 'a', 'b', 'millrace.db');
    createStore(3);
    expect(readdirSync(join(folder, 'a', 'b'))).toEqual(['millrace.db']);
  });

  it('is closed once, however often it is asked', () => {
    const store = openSqliteStore(path);
    store.close();
    store.close();
    expect(thrownBy(() => store.findRun(RUN)).code).toBe('STORE_CLOSED');
    expect(thrownBy(() => store.createRun(NEW_RUN, [], OWNER)).code).toBe('STORE_CLOSED');
  });

  it('takes an empty file for a new store', () => {
    writeFileSync(path, '');
    createStore();
    expect(openAndList()).toEqual([RUN]);
  });

  it.each(['full', 'normal'] as const)(
    'groups the commits to a file when it is %s',
    (synchronous) => {
      const store = openSqliteStore(path, { synchronous });
      expect([store.name, store.groupsCommits]).toEqual([`sqlite:${path}`, true]);
      store.close();
    },
  );

  it('does not let the log grow with the number of commits', () => {
    const store = openSqliteStore(path, { synchronous: 'normal' });
    const lease = store.createRun(NEW_RUN, [], OWNER);
    for (let number = 0; number < 1000; number++) {
      store.commit(lease, sampleBatch({ stages: [sampleStage(`stage ${number}`)] }));
    }
    expect(statSync(`${path}-wal`).size).toBeLessThan(2 * 1024 * 1024);
    store.close();
  });

  it('keeps names with the signs of a URL apart', () => {
    for (const name of ['a?mode=memory', 'file:a', 'a#b', 'a%41', 'ä ö']) {
      path = join(folder, name);
      createStore();
      expect(readdirSync(folder)).toContain(name);
      expect(openAndList()).toEqual([RUN]);
    }
  });
});

describe('a path that is no store', () => {
  it('is refused when it is a folder', () => {
    mkdirSync(path);
    const error = thrownBy(() => openSqliteStore(path));
    expect(error).toMatchObject({
      code: 'STORE_UNUSABLE',
      message: `${path} is a folder, not a store`,
    });
  });

  it('is refused when a folder of it is a file', () => {
    writeFileSync(path, 'text');
    const below = join(path, 'millrace.db');
    expect(thrownBy(() => openSqliteStore(below)).code).toBe('STORE_UNUSABLE');
  });

  it('is refused when it is text', () => {
    writeFileSync(path, 'name: daily\nstages: {}\n'.repeat(100));
    expectRefusal('STORE_UNUSABLE', 'not an SQLite database');
  });

  it('is refused when it is all zeros', () => {
    writeFileSync(path, Buffer.alloc(8192));
    expectRefusal('STORE_UNUSABLE', 'not an SQLite database');
  });

  it('is refused when it is cut off', () => {
    createStore(50);
    const { length } = readFileSync(path);
    for (const size of [length - 4096, 4096, 50]) {
      truncateSync(path, size);
      expectRefusal('STORE_UNUSABLE', 'damaged or cut off');
    }
  });

  it('is refused when it is empty and its log is not', () => {
    writeFileSync(path, '');
    writeFileSync(`${path}-wal`, 'what is left of a store');
    expectRefusal('STORE_UNUSABLE', 'is empty although its log');
  });

  it('is refused when it is the database of another program', () => {
    execute('CREATE TABLE songs (title TEXT)');
    expectRefusal('STORE_UNUSABLE', 'database of another program (application id 0)');
    execute('PRAGMA application_id = 77');
    expectRefusal('STORE_UNUSABLE', 'application id 77');
  });

  it('is refused when a newer Millrace wrote it', () => {
    createStore();
    execute('PRAGMA user_version = 1000');
    const known = `this Millrace knows up to ${MIGRATIONS.length}`;
    expectRefusal('STORE_NEWER', `its tables have version 1000, ${known}`);
  });

  it('is refused when its tables were changed by hand', () => {
    createStore();
    execute('ALTER TABLE checkpoints RENAME COLUMN status TO state');
    expectRefusal('STORE_UNUSABLE', 'other tables than expected');
  });
});

describe('a store opened for reading only', () => {
  it('is missing when there is no file, and makes none', () => {
    path = join(folder, 'a', 'millrace.db');
    const error = thrownBy(() => openSqliteStore(path, { readOnly: true }));
    expect(error).toMatchObject({ code: 'STORE_MISSING', message: `there is no store at ${path}` });
    expect(readdirSync(folder)).toEqual([]);
  });

  it('follows a run that goes on, and neither blocks it nor is blocked', () => {
    const writer = openSqliteStore(path, { busyTimeoutMs: 0 });
    const lease = writer.createRun(NEW_RUN, [], OWNER);
    const viewer = openSqliteStore(path, { readOnly: true, busyTimeoutMs: 0 });
    for (const name of ['a', 'b']) {
      writer.commit(lease, sampleBatch({ stages: [sampleStage(name)] }));
      expect(viewer.loadStages(RUN).at(-1)?.stage).toBe(name);
    }
    writer.close();
    expect(viewer.loadStages(RUN)).toHaveLength(2);
    viewer.close();
    expect(readdirSync(folder)).toEqual(['millrace.db']);
  });

  it('refuses to write', () => {
    createStore();
    const viewer = openSqliteStore(path, { readOnly: true });
    expect(thrownBy(() => viewer.acquireRun(RUN, OWNER, { fence: 1 })).code).toBe(
      'STORE_WRITE_FAILED',
    );
    viewer.close();
  });
});

function openAndList(): string[] {
  const store = openSqliteStore(path, { readOnly: true });
  const ids = store.listRuns({}).map(({ id }) => id);
  store.close();
  return ids;
}
