import type { Migration } from './migration.ts';

/** What stages wait for, and the signals that are sent to runs. */
export const signals: Migration = {
  version: 5,
  sql: `
    CREATE TABLE waits (
      run        TEXT NOT NULL,
      stage      TEXT NOT NULL,
      kind       TEXT NOT NULL,
      name       TEXT NOT NULL,
      call       INTEGER NOT NULL,
      attempt    INTEGER NOT NULL,
      status     TEXT NOT NULL,
      since      INTEGER NOT NULL,
      timeout_ms REAL,
      ended_at   INTEGER,
      signal     INTEGER,
      refused    TEXT NOT NULL,
      schema     TEXT,
      checksum   INTEGER NOT NULL,
      PRIMARY KEY (run, stage, kind, name, call)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE signals (
      run         TEXT NOT NULL,
      number      INTEGER NOT NULL,
      name        TEXT NOT NULL,
      stage       TEXT,
      sent_at     INTEGER NOT NULL,
      sender      TEXT,
      codec       TEXT NOT NULL,
      version     INTEGER NOT NULL,
      type        TEXT,
      hash        TEXT NOT NULL,
      byte_length INTEGER NOT NULL,
      body        ANY NOT NULL,
      PRIMARY KEY (run, number)
    ) STRICT, WITHOUT ROWID;

    CREATE VIEW readable_waits AS
      SELECT run, stage, kind, name, call, status, attempt,
        strftime('%Y-%m-%dT%H:%M:%fZ', since / 1000.0, 'unixepoch') AS since_utc,
        strftime('%Y-%m-%dT%H:%M:%fZ', (since + timeout_ms) / 1000.0, 'unixepoch') AS until_utc,
        strftime('%Y-%m-%dT%H:%M:%fZ', ended_at / 1000.0, 'unixepoch') AS ended_utc, signal
      FROM waits ORDER BY run, since;

    CREATE VIEW readable_signals AS
      SELECT run, number, name, stage,
        strftime('%Y-%m-%dT%H:%M:%fZ', sent_at / 1000.0, 'unixepoch') AS sent_utc, sender,
        CASE WHEN typeof(body) = 'text' THEN body END AS data
      FROM signals ORDER BY run, number;
  `,
};
