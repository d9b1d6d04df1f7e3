/** One step of the schema. Text that SQLite and PostgreSQL both run; one statement each. */
export interface Migration {
  readonly version: number;
  readonly name: string;
  readonly statements: readonly string[];
}

/** Holds which migrations have run; made before any of them. */
export const migrationTable = `
  CREATE TABLE IF NOT EXISTS daily_macro_migrations (
    version INTEGER NOT NULL PRIMARY KEY,
    name VARCHAR(80) NOT NULL,
    applied_at TIMESTAMP WITH TIME ZONE NOT NULL
  )`;

/** Append only: a migration that has been released is never edited. */
export const migrations: readonly Migration[] = [
  {
    version: 1,
    name: 'pipeline runs',
    statements: [
      `CREATE TABLE pipeline_runs (
        id VARCHAR(36) NOT NULL PRIMARY KEY,
        run_date DATE NOT NULL,
        status VARCHAR(16) NOT NULL CHECK (status IN ('SUCCESS', 'DEGRADED', 'FAILED')),
        duration_seconds DOUBLE PRECISION NOT NULL,
        step_timings JSON NOT NULL,
        signal_count INTEGER NOT NULL,
        position_count INTEGER NOT NULL,
        regime VARCHAR(16),
        summary TEXT NOT NULL,
        created_at TIMESTAMP WITH TIME ZONE NOT NULL
      )`,
      'CREATE INDEX pipeline_runs_run_date ON pipeline_runs (run_date)',
    ],
  },
  {
    version: 2,
    name: 'books',
    statements: [
      `CREATE TABLE books (
        run_date DATE NOT NULL PRIMARY KEY,
        book JSON NOT NULL,
        created_at TIMESTAMP WITH TIME ZONE NOT NULL
      )`,
    ],
  },
];
