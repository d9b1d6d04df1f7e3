import { join } from 'node:path';
import { DatabaseSync, type StatementSync } from 'node:sqlite';
import type { Workload } from '../workloads/workload.ts';
import type { Adapter, Ran, Trial } from './adapter.ts';
import { type Grown, growingStage, needsByPlace, plainStage } from './stage-body.ts';

export interface RowsOptions {
  readonly synchronous: 'FULL' | 'NORMAL';
  /** Rows of one transaction. */
  readonly rowsPerCommit: number;
}

type Needs = ReturnType<typeof needsByPlace>;

/** Writes a row for each stage, some in one transaction, in the order of declaration. */
class RowWriter {
  readonly #database: DatabaseSync;
  readonly #insert: StatementSync;
  readonly #rowsPerCommit: number;
  #open = 0;

  constructor(database: DatabaseSync, rowsPerCommit: number) {
    this.#database = database;
    this.#insert = database.prepare('INSERT INTO stages VALUES (?, ?)');
    this.#rowsPerCommit = rowsPerCommit;
  }

  write(id: string, value: number | Grown): void {
    if (this.#open === 0) this.#database.exec('BEGIN IMMEDIATE');
    this.#insert.run(id, JSON.stringify(value));
    this.#open++;
    if (this.#open === this.#rowsPerCommit) this.commit();
  }

  commit(): void {
    if (this.#open > 0) this.#database.exec('COMMIT');
    this.#open = 0;
  }
}

function openRows(folder: string, { synchronous }: RowsOptions): DatabaseSync {
  const database = new DatabaseSync(join(folder, 'rows.db'));
  database.exec(`PRAGMA journal_mode=WAL; PRAGMA synchronous=${synchronous}`);
  database.exec(
    'CREATE TABLE IF NOT EXISTS stages (id TEXT PRIMARY KEY, value TEXT) WITHOUT ROWID',
  );
  return database;
}

async function runPlain(
  { nodes }: Pick<Workload, 'nodes'>,
  needs: Needs,
  writer: RowWriter,
  known: ReadonlyMap<string, number> = new Map(),
): Promise<Ran> {
  const values: number[] = [];
  let executed = 0;
  for (const [place, { id }] of nodes.entries()) {
    const kept = known.get(id);
    if (kept !== undefined) {
      values[place] = kept;
      continue;
    }
    const value = await plainStage(
      place,
      (needs[place] ?? []).map((need) => values[need] ?? 0),
    );
    values[place] = value;
    writer.write(id, value);
    executed++;
  }
  writer.commit();
  return { values, executed };
}

async function runGrowing(workload: Workload, writer: RowWriter): Promise<Ran> {
  const values: number[] = [];
  let before: Grown | undefined;
  for (const [place, { id }] of workload.nodes.entries()) {
    before = await growingStage(workload, place, before);
    values[place] = before.value;
    writer.write(id, before);
  }
  writer.commit();
  return { values, executed: values.length };
}

function keptValues(database: DatabaseSync): ReadonlyMap<string, number> {
  const rows = database.prepare('SELECT id, value FROM stages').all();
  return new Map(rows.map(({ id, value }) => [String(id), JSON.parse(String(value))]));
}

/**
 * The least that a durable engine can do: a loop in the order of declaration that writes one row a stage in WAL
 * mode. It has no scheduler and checks nothing.
 */
export function rowsAdapter(options: RowsOptions): Adapter {
  return {
    begin(workload, folder): Trial {
      const isResume = workload.kind === 'resume';
      let database = isResume ? undefined : openRows(folder, options);
      let needs: Needs = [];
      return {
        build() {
          needs = needsByPlace(workload);
        },
        run() {
          database ??= openRows(folder, options);
          const writer = new RowWriter(database, options.rowsPerCommit);
          if (workload.kind === 'growing') return runGrowing(workload, writer);
          const known = isResume ? keptValues(database) : undefined;
          return runPlain(workload, needs, writer, known);
        },
        close() {
          database?.close();
        },
      };
    },
    async fail(workload, folder) {
      const database = openRows(folder, options);
      const writer = new RowWriter(database, options.rowsPerCommit);
      const nodes = workload.nodes.slice(0, -1);
      await runPlain({ nodes }, needsByPlace(workload), writer);
      database.close();
    },
  };
}
