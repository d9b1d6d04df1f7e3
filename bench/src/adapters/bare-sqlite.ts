import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { Adapter } from '../adapter.ts';
import { combine, digestOf, type Workload } from '../workload.ts';

/** The least that a durable engine can do: one row a stage in WAL mode with synchronous=FULL. */
function bareSqlite(rowsPerCommit: number): Adapter {
  return {
    async run(workload, folder) {
      const database = new DatabaseSync(join(folder, 'bare.db'));
      database.exec('PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL');
      database.exec('CREATE TABLE stages (id TEXT PRIMARY KEY, value TEXT) WITHOUT ROWID');
      const began = performance.now();
      const digest = runRows(database, workload, rowsPerCommit);
      const milliseconds = performance.now() - began;
      database.close();
      return { milliseconds, digest };
    },
  };
}

function runRows(database: DatabaseSync, { nodes }: Workload, rowsPerCommit: number): number {
  const insert = database.prepare('INSERT INTO stages VALUES (?, ?)');
  const values = new Map<string, number>();
  nodes.forEach((node, place) => {
    if (place % rowsPerCommit === 0) database.exec('BEGIN IMMEDIATE');
    const value = combine(
      place,
      node.needs.map((need) => values.get(need) ?? 0),
    );
    values.set(node.id, value);
    insert.run(node.id, JSON.stringify(value));
    const isLast = place === nodes.length - 1;
    if (isLast || place % rowsPerCommit === rowsPerCommit - 1) database.exec('COMMIT');
  });
  return digestOf(values.values());
}

export const bareSqliteGrouped = bareSqlite(100);
export const bareSqliteSingle = bareSqlite(1);
