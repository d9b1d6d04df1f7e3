import { chmodSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from '@jest/globals';
import { openSqliteStore } from './open-sqlite-store.ts';
import { NEW_RUN, OWNER } from './testing-local/sample-records.ts';
import { withChildren } from './testing-local/store-child.ts';
import { inTemporaryFolder } from './testing-local/temporary-folder.ts';

// Windows has no such permissions.
const onPosix = process.platform === 'win32' ? it.skip : it;

onPosix(
  'a store in a folder that may not be written is refused for writing and shown for reading',
  async () => {
    await inTemporaryFolder(async (folder) => {
      const path = join(folder, 'millrace.db');
      const store = openSqliteStore(path);
      store.createRun(NEW_RUN, [], OWNER);
      store.close();
      chmodSync(path, 0o444);
      chmodSync(folder, 0o555);
      await withChildren(1, async ([child]) => {
        // Permissions hold nobody back who is root.
        if (process.getuid?.() === 0)
          expect(await child?.ask({ type: 'become-nobody' })).toBe('nobody');
        expect(await child?.ask({ type: 'open', path })).toBe('STORE_UNUSABLE');
        const below = join(folder, 'new', 'millrace.db');
        expect(await child?.ask({ type: 'open', path: below })).toBe('STORE_UNUSABLE');
        expect(await child?.ask({ type: 'open', path, readOnly: true })).toBe('opened');
        expect(await child?.ask({ type: 'list' })).toBe('1');
        expect(await child?.ask({ type: 'close' })).toBe('closed');
      });
      expect(readdirSync(folder)).toEqual(['millrace.db']);
      chmodSync(folder, 0o755);
    });
  },
  30_000,
);
