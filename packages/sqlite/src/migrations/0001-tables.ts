import type { Migration } from './migration.ts';

/** `created_at` as text, `created_utc`. Generated columns would cost as much as the row itself, at each insert. */
const utc = (name: string): string =>
  `strftime('%Y-%m-%dT%H:%M:%fZ', ${name}at / 1000.0, 'unixepoch') AS ${name}utc`;

/**
 * Columns named `at` or `_at` are milliseconds since 1970 UTC; the views `readable_...` show them as
 * text. `failure`, `source` and `details` are JSON. No foreign keys: a commit checks its
 * run once, by the fence, instead of once per row.
 */
export const tables: Migration = {
  version: 1,
  sql: `
    CREATE TABLE runs (
      number              INTEGER PRIMARY KEY,
      id                  TEXT NOT NULL UNIQUE,
      pipeline            TEXT NOT NULL,
      status              TEXT NOT NULL,
      created_at          INTEGER NOT NULL,
      finished_at         INTEGER,
      duration_ms         REAL,
      fence               INTEGER NOT NULL,
      owner_host          TEXT,
      owner_pid           INTEGER,
      owner_process_start TEXT,
      last_seq            INTEGER NOT NULL DEFAULT 0,
      last_order          INTEGER NOT NULL DEFAULT 0,
      source              TEXT NOT NULL,
      checksum            INTEGER NOT NULL
    ) STRICT;
    CREATE INDEX runs_by_creation ON runs (created_at);

    CREATE TABLE stages (
      run          TEXT NOT NULL,
      stage        TEXT NOT NULL,
      commit_order INTEGER NOT NULL,
      status       TEXT NOT NULL,
      attempt      INTEGER NOT NULL,
      fence        INTEGER NOT NULL,
      started_at   INTEGER,
      finished_at  INTEGER NOT NULL,
      duration_ms  REAL NOT NULL,
      fingerprint  TEXT NOT NULL,
      fallback     INTEGER NOT NULL,
      failure      TEXT,
      reason       TEXT,
      checksum     INTEGER NOT NULL,
      PRIMARY KEY (run, stage)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE attempts (
      run         TEXT NOT NULL,
      stage       TEXT NOT NULL,
      attempt     INTEGER NOT NULL,
      start_order INTEGER NOT NULL,
      fence       INTEGER NOT NULL,
      status      TEXT NOT NULL,
      started_at  INTEGER NOT NULL,
      finished_at INTEGER,
      failure     TEXT,
      PRIMARY KEY (run, stage, attempt)
    ) STRICT, WITHOUT ROWID;

    -- What each stage wrote; the initial context has no stage and commit_order 0.
    CREATE TABLE patches (
      run          TEXT NOT NULL,
      commit_order INTEGER NOT NULL,
      write_order  INTEGER NOT NULL,
      stage        TEXT,
      attempt      INTEGER,
      key          TEXT NOT NULL,
      kind         TEXT NOT NULL,
      hash         TEXT NOT NULL,
      PRIMARY KEY (run, commit_order, write_order)
    ) STRICT, WITHOUT ROWID;

    -- Each value once. A body of NULL lies in the folder FILE.artifacts, under its hash.
    CREATE TABLE "values" (
      hash        TEXT NOT NULL PRIMARY KEY,
      codec       TEXT NOT NULL,
      version     INTEGER NOT NULL,
      type        TEXT,
      byte_length INTEGER NOT NULL,
      body        ANY
    ) STRICT;

    CREATE TABLE events (
      run     TEXT NOT NULL,
      seq     INTEGER NOT NULL,
      at      INTEGER NOT NULL,
      type    TEXT NOT NULL,
      stage   TEXT,
      attempt INTEGER,
      details TEXT,
      PRIMARY KEY (run, seq)
    ) STRICT, WITHOUT ROWID;

    CREATE VIEW readable_runs AS
      SELECT id, pipeline, status, ${utc('created_')}, ${utc('finished_')}, duration_ms, fence,
        owner_host, owner_pid, last_seq, source
      FROM runs ORDER BY created_at DESC;
    CREATE VIEW readable_stages AS
      SELECT run, stage, status, attempt, ${utc('started_')}, ${utc('finished_')}, duration_ms,
        failure ->> '$.message' AS failure, reason
      FROM stages ORDER BY run, commit_order;
    CREATE VIEW readable_attempts AS
      SELECT run, stage, attempt, status, ${utc('started_')}, ${utc('finished_')},
        failure ->> '$.message' AS failure
      FROM attempts ORDER BY run, start_order;
    CREATE VIEW readable_events AS
      SELECT run, seq, ${utc('')}, type, stage, attempt, details FROM events ORDER BY run, seq;
  `,
};
