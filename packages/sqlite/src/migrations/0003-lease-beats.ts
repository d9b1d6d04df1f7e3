import type { Migration } from './migration.ts';

/**
 * By what a process on another machine knows that the owner of a run lives, how long it waits for it, and
 * from which event on the present owner's tell.
 */
export const leaseBeats: Migration = {
  version: 3,
  sql: `
    -- As for the stages before: a row with a value of another type would keep the columns from being added.
    UPDATE runs SET
      id                  = coalesce(CAST(id AS TEXT), 'damaged ' || number),
      pipeline            = coalesce(CAST(pipeline AS TEXT), ''),
      status              = coalesce(CAST(status AS TEXT), ''),
      created_at          = coalesce(CAST(created_at AS INTEGER), 0),
      finished_at         = CAST(finished_at AS INTEGER),
      duration_ms         = CAST(duration_ms AS REAL),
      fence               = coalesce(CAST(fence AS INTEGER), 0),
      owner_host          = CAST(owner_host AS TEXT),
      owner_pid           = CAST(owner_pid AS INTEGER),
      owner_process_start = CAST(owner_process_start AS TEXT),
      last_seq            = coalesce(CAST(last_seq AS INTEGER), 0),
      last_order          = coalesce(CAST(last_order AS INTEGER), 0),
      source              = coalesce(CAST(source AS TEXT), ''),
      checksum            = coalesce(CAST(checksum AS INTEGER), 0)
    WHERE typeof(id) <> 'text' OR typeof(pipeline) <> 'text' OR typeof(status) <> 'text'
      OR typeof(created_at) <> 'integer' OR typeof(finished_at) NOT IN ('integer', 'null')
      OR typeof(duration_ms) NOT IN ('real', 'null') OR typeof(fence) <> 'integer'
      OR typeof(owner_host) NOT IN ('text', 'null') OR typeof(owner_pid) NOT IN ('integer', 'null')
      OR typeof(owner_process_start) NOT IN ('text', 'null') OR typeof(last_seq) <> 'integer'
      OR typeof(last_order) <> 'integer' OR typeof(source) <> 'text'
      OR typeof(checksum) <> 'integer';

    ALTER TABLE runs ADD COLUMN beat INTEGER NOT NULL DEFAULT 0;
    ALTER TABLE runs ADD COLUMN owner_lease_ms INTEGER;
    ALTER TABLE runs ADD COLUMN session_start_seq INTEGER NOT NULL DEFAULT 0;
  `,
};
