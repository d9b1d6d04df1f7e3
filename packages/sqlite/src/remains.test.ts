import { mkdirSync, readdirSync, truncateSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { openSqliteStore } from './open-sqlite-store.ts';
import { createTemporaryFolder, removeFolder } from './testing-local/temporary-folder.ts';
import { thrownBy } from './testing-local/thrown-by.ts';

let folder: string;
let path: string;

beforeEach(() => {
  folder = createTemporaryFolder();
  path = join(folder, 'millrace.db');
});
afterEach(() => {
  jest.restoreAllMocks();
  removeFolder(folder);
});

function refusal(readOnly: boolean): { readonly code: string; readonly message: string } {
  return thrownBy(() => openSqliteStore(path, { readOnly }));
}

describe.each([false, true])(
  'what lies beside a store without content (for reading only: %s)',
  (readOnly) => {
    it('is kept when it is a log whose file is gone', () => {
      writeFileSync(`${path}-wal`, 'what is left of a store');
      expect(refusal(readOnly)).toMatchObject({
        code: 'STORE_UNUSABLE',
        message: `${path} is gone although its log ${path}-wal is not`,
      });
      expect(readdirSync(folder)).toEqual(['millrace.db-wal']);
    });

    it('is kept when it is a large value', () => {
      writeFileSync(path, '');
      mkdirSync(`${path}.artifacts/ab`, { recursive: true });
      writeFileSync(`${path}.artifacts/ab/abcd`, 'x');
      expect(refusal(readOnly)).toMatchObject({
        code: 'STORE_UNUSABLE',
        message: expect.stringContaining(`${path} holds nothing although ${path}.artifacts holds`),
      });
    });

    it('is kept when its file has content and its log is none', () => {
      openSqliteStore(path).close();
      writeFileSync(`${path}-wal`, 'no log at all');
      expect(refusal(readOnly)).toMatchObject({
        code: 'STORE_CORRUPT',
        message: expect.stringContaining(`the log ${path}-wal holds something else than a log`),
      });
      expect(readdirSync(folder)).toContain('millrace.db-wal');
    });
  },
);

describe('a log of zeros', () => {
  it('is what a power cut leaves of commits that were never told, and refuses nothing', () => {
    openSqliteStore(path).close();
    writeFileSync(`${path}-wal`, Buffer.alloc(8192));
    const store = openSqliteStore(path);
    expect(store.listRuns({})).toEqual([]);
    store.close();
  });
});

describe('an empty file', () => {
  function warningsOfOpening(readOnly: boolean): readonly unknown[][] {
    const warn = jest.spyOn(process, 'emitWarning').mockReturnValue();
    const store = openSqliteStore(path, { readOnly });
    expect(store.listRuns({})).toEqual([]);
    store.close();
    return warn.mock.calls;
  }

  it.each([false, true])(
    'that lies there for long is told of (for reading only: %s)',
    (readOnly) => {
      writeFileSync(path, '');
      const longAgo = new Date(Date.now() - 60_000);
      utimesSync(path, longAgo, longAgo);
      expect(warningsOfOpening(readOnly)).toEqual([
        [
          expect.stringContaining(`${path} was there and holds nothing`),
          { type: 'MillraceWarning', code: 'STORE_EMPTY' },
        ],
      ]);
    },
  );

  it('that another process may be making at this moment is not', () => {
    writeFileSync(path, '');
    expect(warningsOfOpening(false)).toEqual([]);
  });

  it('is left empty by a reader', () => {
    openSqliteStore(path).close();
    truncateSync(path, 0);
    expect(warningsOfOpening(true)).toEqual([]);
    expect(readdirSync(folder)).toEqual(['millrace.db']);
  });
});
