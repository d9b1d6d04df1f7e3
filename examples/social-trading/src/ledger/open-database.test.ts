import { join } from 'node:path';
import { expect, it } from '@jest/globals';
import { useTemporaryFolder } from '../testing-local/temporary-folder.ts';
import { inTransaction, openDatabase } from './open-database.ts';

const folder = useTemporaryFolder();

it('tells the first error of a transaction that ended by itself, as on a full disk', () => {
  const database = openDatabase(join(folder(), 'social.db'), false);
  try {
    database.exec('CREATE TABLE seen (id INTEGER PRIMARY KEY); INSERT INTO seen VALUES (1)');
    const twice = () => database.exec('INSERT OR ROLLBACK INTO seen VALUES (1)');
    expect(() => inTransaction(database, twice)).toThrow('UNIQUE constraint failed: seen.id');
  } finally {
    database.close();
  }
});
