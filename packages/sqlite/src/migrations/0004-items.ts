import type { Migration } from './migration.ts';

/** The items of mapped stages, and how many of them failed. */
export const items: Migration = {
  version: 4,
  sql: `
    -- As for the stages before: a row with a value of another type would keep the column from being added.
    UPDATE stages SET
      commit_order   = coalesce(CAST(commit_order AS INTEGER), 0),
      status         = coalesce(CAST(status AS TEXT), ''),
      attempt        = coalesce(CAST(attempt AS INTEGER), 0),
      fence          = coalesce(CAST(fence AS INTEGER), 0),
      started_at     = CAST(started_at AS INTEGER),
      finished_at    = coalesce(CAST(finished_at AS INTEGER), 0),
      duration_ms    = coalesce(CAST(duration_ms AS REAL), 0.0),
      fingerprint    = coalesce(CAST(fingerprint AS TEXT), ''),
      fallback       = coalesce(CAST(fallback AS INTEGER), 0),
      failure        = CAST(failure AS TEXT),
      reason         = CAST(reason AS TEXT),
      checksum       = coalesce(CAST(checksum AS INTEGER), 0),
      basis          = CAST(basis AS TEXT),
      cache_key      = CAST(cache_key AS TEXT),
      origin_run     = CAST(origin_run AS TEXT),
      origin_attempt = CAST(origin_attempt AS INTEGER)
    WHERE typeof(commit_order) <> 'integer' OR typeof(status) <> 'text'
      OR typeof(attempt) <> 'integer' OR typeof(fence) <> 'integer'
      OR typeof(started_at) NOT IN ('integer', 'null') OR typeof(finished_at) <> 'integer'
      OR typeof(duration_ms) <> 'real' OR typeof(fingerprint) <> 'text'
      OR typeof(fallback) <> 'integer' OR typeof(failure) NOT IN ('text', 'null')
      OR typeof(reason) NOT IN ('text', 'null') OR typeof(checksum) <> 'integer'
      OR typeof(basis) NOT IN ('text', 'null') OR typeof(cache_key) NOT IN ('text', 'null')
      OR typeof(origin_run) NOT IN ('text', 'null')
      OR typeof(origin_attempt) NOT IN ('integer', 'null');

    ALTER TABLE stages ADD COLUMN items TEXT;

    CREATE TABLE items (
      run         TEXT NOT NULL,
      stage       TEXT NOT NULL,
      key         TEXT NOT NULL,
      attempt     INTEGER NOT NULL,
      status      TEXT NOT NULL,
      tries       INTEGER NOT NULL,
      started_at  INTEGER NOT NULL,
      duration_ms REAL NOT NULL,
      item_hash   TEXT NOT NULL,
      basis       TEXT NOT NULL,
      result      TEXT,
      failure     TEXT,
      checksum    INTEGER NOT NULL,
      PRIMARY KEY (run, stage, key)
    ) STRICT, WITHOUT ROWID;

    CREATE VIEW readable_items AS
      SELECT run, stage, key, status, attempt, tries,
        strftime('%Y-%m-%dT%H:%M:%fZ', started_at / 1000.0, 'unixepoch') AS started_utc,
        duration_ms, failure ->> '$.message' AS failure, result
      FROM items ORDER BY run, stage, key;
  `,
};
