import type { Migration } from './migration.ts';

/**
 * What a stage's outcome rests on (JSON), by what other runs find it, and from which run it was taken over.
 * The columns may be NULL, so that rows of version 1 stay as they are.
 */
export const stageBasis: Migration = {
  version: 2,
  sql: `
    -- SQLite adds no column to a STRICT table that holds a value of another type, as a flipped bit leaves it.
    -- Such a row gets its types back and stays damaged: its checksum tells.
    UPDATE stages SET
      commit_order = coalesce(CAST(commit_order AS INTEGER), 0),
      status       = coalesce(CAST(status AS TEXT), ''),
      attempt      = coalesce(CAST(attempt AS INTEGER), 0),
      fence        = coalesce(CAST(fence AS INTEGER), 0),
      started_at   = CAST(started_at AS INTEGER),
      finished_at  = coalesce(CAST(finished_at AS INTEGER), 0),
      duration_ms  = coalesce(CAST(duration_ms AS REAL), 0.0),
      fingerprint  = coalesce(CAST(fingerprint AS TEXT), ''),
      fallback     = coalesce(CAST(fallback AS INTEGER), 0),
      failure      = CAST(failure AS TEXT),
      reason       = CAST(reason AS TEXT),
      checksum     = coalesce(CAST(checksum AS INTEGER), 0)
    WHERE typeof(commit_order) <> 'integer' OR typeof(status) <> 'text'
      OR typeof(attempt) <> 'integer' OR typeof(fence) <> 'integer'
      OR typeof(started_at) NOT IN ('integer', 'null') OR typeof(finished_at) <> 'integer'
      OR typeof(duration_ms) <> 'real' OR typeof(fingerprint) <> 'text'
      OR typeof(fallback) <> 'integer' OR typeof(failure) NOT IN ('text', 'null')
      OR typeof(reason) NOT IN ('text', 'null') OR typeof(checksum) <> 'integer';

    ALTER TABLE stages ADD COLUMN basis TEXT;
    ALTER TABLE stages ADD COLUMN cache_key TEXT;
    ALTER TABLE stages ADD COLUMN origin_run TEXT;
    ALTER TABLE stages ADD COLUMN origin_attempt INTEGER;

    -- Few stages are cacheable; the others cost this index nothing.
    CREATE INDEX stages_by_cache_key ON stages (cache_key, finished_at) WHERE cache_key IS NOT NULL;

    DROP VIEW readable_stages;
    CREATE VIEW readable_stages AS
      SELECT run, stage, status, attempt,
        strftime('%Y-%m-%dT%H:%M:%fZ', started_at / 1000.0, 'unixepoch') AS started_utc,
        strftime('%Y-%m-%dT%H:%M:%fZ', finished_at / 1000.0, 'unixepoch') AS finished_utc,
        duration_ms, failure ->> '$.message' AS failure, reason, origin_run, origin_attempt, cache_key
      FROM stages ORDER BY run, commit_order;
  `,
};
