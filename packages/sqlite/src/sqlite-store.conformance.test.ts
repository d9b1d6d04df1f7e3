import { join } from 'node:path';
import { describe, it } from '@jest/globals';
import { registerCases, type StoreSubject, storeConformance } from '@millrace/testing';
import { openSqliteStore, type SqliteStoreOptions } from './open-sqlite-store.ts';
import { createTemporaryFolder, removeFolder } from './testing-local/temporary-folder.ts';

function inFile(options: SqliteStoreOptions): StoreSubject {
  return {
    outlivesClose: true,
    open() {
      const folder = createTemporaryFolder();
      const openOne = () => openSqliteStore(join(folder, 'made', 'millrace.db'), options);
      const opened = [openOne()];
      const [store = openOne()] = opened;
      return {
        store,
        openAgain() {
          const again = openOne();
          opened.push(again);
          return again;
        },
        cleanUp() {
          for (const each of opened) each.close();
          removeFolder(folder);
        },
      };
    },
  };
}

const inMemory: StoreSubject = {
  outlivesClose: false,
  open() {
    const store = openSqliteStore(':memory:');
    return { store, openAgain: () => store, cleanUp: () => store.close() };
  },
};

registerCases({ describe, it }, 'SQLite in a file', storeConformance(inFile({})));
registerCases(
  { describe, it },
  'SQLite in a file, every value in a file of its own',
  storeConformance(inFile({ synchronous: 'off', inlineLimitBytes: -1 })),
);
registerCases({ describe, it }, 'SQLite in memory', storeConformance(inMemory));
