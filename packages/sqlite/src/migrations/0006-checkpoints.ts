import type { Migration } from './migration.ts';

/** What older processes name when they write, and in which order the columns stand in the views. */
const STAGE_COLUMNS = [
  ...['run', 'stage', 'commit_order', 'status', 'attempt', 'fence', 'started_at', 'finished_at'],
  ...['duration_ms', 'fingerprint', 'fallback', 'failure', 'reason', 'checksum', 'basis'],
  ...['cache_key', 'origin_run', 'origin_attempt', 'items'],
];
const PATCH_COLUMNS = [
  ...['run', 'commit_order', 'write_order', 'stage', 'attempt', 'key', 'kind', 'hash'],
];
const EVENT_COLUMNS = ['run', 'seq', 'at', 'type', 'stage', 'attempt', 'details'];
const ATTEMPT_COLUMNS = [
  ...['run', 'stage', 'attempt', 'start_order', 'fence', 'status', 'started_at', 'finished_at'],
  'failure',
];

const utc = (name: string): string =>
  `strftime('%Y-%m-%dT%H:%M:%fZ', ${name}at / 1000.0, 'unixepoch') AS ${name}utc`;

/** A process that has the file open since before names the view as if it were the table. */
const insertTrigger = (view: string, rows: string, columns: readonly string[]): string => `
  CREATE TRIGGER insert_into_${view} INSTEAD OF INSERT ON ${view} BEGIN
    INSERT INTO ${rows} (${columns.join(', ')})
    VALUES (${columns.map((column) => `NEW.${column}`).join(', ')});
  END;`;

const deleteTrigger = (view: string, rows: string, key: readonly string[]): string => `
  CREATE TRIGGER delete_from_${view} INSTEAD OF DELETE ON ${view} BEGIN
    DELETE FROM ${rows} WHERE ${key.map((column) => `${column} = OLD.${column}`).join(' AND ')};
  END;`;

/** Of a table whose key is the number of the run and, in its lower 32 bits, the order of a row in the run. */
const IN_RUN = 'place > number << 32 AND place <= ((number << 32) | 0xffffffff)';

const TABLES = `
  -- The newest outcome of each stage. When another takes its place, its attempt goes to attempts and its writes go
  -- to patch_rows. start_order is the place of its attempt among those of the run; NULL: it tells of none.
  -- There is no index by stage: it would be written at scattered places.
  CREATE TABLE checkpoints (
    place       INTEGER PRIMARY KEY,
    start_order INTEGER,
    stage       TEXT NOT NULL,
    status      TEXT NOT NULL,
    finished_at INTEGER NOT NULL,
    cache_key   TEXT,
    body        TEXT NOT NULL,
    checksum    INTEGER NOT NULL
  ) STRICT;
  CREATE INDEX checkpoints_by_cache_key ON checkpoints (cache_key, finished_at)
    WHERE cache_key IS NOT NULL;

  -- Events whose numbers follow each other, at the place of the last one; the times in the body count from at.
  CREATE TABLE event_groups (
    place     INTEGER PRIMARY KEY,
    first_seq INTEGER NOT NULL,
    at        INTEGER NOT NULL,
    body      TEXT NOT NULL,
    checksum  INTEGER NOT NULL
  ) STRICT;`;

const STAGES_VIEW = `
  CREATE VIEW stages (${STAGE_COLUMNS.join(', ')}) AS
    SELECT ${STAGE_COLUMNS.join(', ')} FROM stage_rows
    UNION ALL
    SELECT runs.id, stage, place & 0xffffffff, checkpoints.status, body ->> '$[0]', body ->> '$[1]',
      checkpoints.finished_at - (body ->> '$[2]'), checkpoints.finished_at,
      CAST(body ->> '$[4]' AS REAL), body ->> '$[5]',
      coalesce(body ->> '$[8].fallback', 0), body -> '$[8].failure', body ->> '$[8].reason',
      checkpoints.checksum,
      CASE json_type(body, '$[7]') WHEN 'array' THEN json_object(
        'code', body ->> '$[7][0]',
        iif(body ->> '$[7][1]', 'shortParams', 'params'), body ->> '$[7][2]',
        'inputs', body -> '$[7][3]', 'read', body -> '$[7][4]', 'files', body -> '$[7][5]') END,
      cache_key, body ->> '$[8].origin.runId', body ->> '$[8].origin.attempt', body -> '$[8].items'
    FROM runs JOIN checkpoints ON ${IN_RUN}
    WHERE json_valid(body) AND NOT EXISTS (
      SELECT 1 FROM stage_rows WHERE run = runs.id AND stage_rows.stage = checkpoints.stage);`;

/** One column more than the table had: the value itself where it is short, and then without its hash. */
const PATCHES_VIEW = `
  CREATE VIEW patches (${PATCH_COLUMNS.join(', ')}, short) AS
    SELECT ${PATCH_COLUMNS.join(', ')}, NULL FROM patch_rows
    UNION ALL
    SELECT runs.id, place & 0xffffffff, write.key, stage, body ->> '$[0]', write.value ->> '$[1]',
      iif(write.value ->> '$[0]' IN (1, 3), 'patch', 'value'),
      iif(write.value ->> '$[0]' < 2, write.value ->> '$[2]', NULL),
      iif(write.value ->> '$[0]' < 2, NULL, write.value ->> '$[2]')
    FROM runs JOIN checkpoints ON ${IN_RUN}
      JOIN json_each(iif(json_valid(body), body, '[]'), '$[6]') AS write;`;

const EVENTS_VIEW = `
  CREATE VIEW events (${EVENT_COLUMNS.join(', ')}) AS
    SELECT ${EVENT_COLUMNS.join(', ')} FROM event_rows
    UNION ALL
    SELECT runs.id, first_seq + entry.key, at + (entry.value ->> '$[1]'),
      CASE entry.value ->> '$[0]'
        WHEN 0 THEN 'stage.started' WHEN 1 THEN 'stage.succeeded' ELSE entry.value ->> '$[0]' END,
      iif(json_type(entry.value, '$[2]') = 'object',
        entry.value ->> '$[2].stage', entry.value ->> '$[2]'),
      iif(json_type(entry.value, '$[2]') = 'object',
        entry.value ->> '$[2].attempt', entry.value ->> '$[3]'),
      CASE entry.value ->> '$[0]'
        WHEN 0 THEN NULL WHEN 1 THEN json_object('durationMs', entry.value -> '$[4]')
        ELSE nullif(json_remove(entry.value -> '$[2]', '$.stage', '$.attempt'), '{}') END
    FROM runs JOIN event_groups ON ${IN_RUN}
      JOIN json_each(iif(json_valid(body), body, '[]')) AS entry;`;

const ATTEMPTS_VIEW = `
  CREATE VIEW all_attempts (${ATTEMPT_COLUMNS.join(', ')}) AS
    SELECT ${ATTEMPT_COLUMNS.join(', ')} FROM attempts
    UNION ALL
    SELECT runs.id, stage, body ->> '$[0]', start_order, body ->> '$[1]', checkpoints.status,
      checkpoints.finished_at - (body ->> '$[2]'),
      checkpoints.finished_at + (body ->> '$[3]'), NULL
    FROM runs JOIN checkpoints ON ${IN_RUN}
    WHERE start_order IS NOT NULL AND json_valid(body) AND NOT EXISTS (
      SELECT 1 FROM attempts
      WHERE run = runs.id AND attempts.stage = checkpoints.stage AND attempt = body ->> '$[0]');`;

const READABLE_VIEWS = `
  CREATE VIEW readable_stages AS
    SELECT run, stage, status, attempt, ${utc('started_')}, ${utc('finished_')},
      duration_ms, failure ->> '$.message' AS failure, reason, origin_run, origin_attempt, cache_key
    FROM stages ORDER BY run, commit_order;
  CREATE VIEW readable_attempts AS
    SELECT run, stage, attempt, status, ${utc('started_')}, ${utc('finished_')},
      failure ->> '$.message' AS failure
    FROM all_attempts ORDER BY run, start_order;
  CREATE VIEW readable_events AS
    SELECT run, seq, ${utc('')}, type, stage, attempt, details FROM events ORDER BY run, seq;
  CREATE VIEW readable_writes AS
    SELECT run, stage, attempt, key, kind,
      coalesce(codec, substr(short, 1, instr(short, ':') - 1)) AS codec, type,
      coalesce(byte_length, octet_length(substr(short, instr(short, ':') + 1))) AS byte_length,
      iif(short IS NULL, body, substr(short, instr(short, ':') + 1)) AS body
    FROM patches LEFT JOIN "values" USING (hash)
    WHERE commit_order >= 0 ORDER BY run, commit_order, write_order;`;

/**
 * Fewer and shorter rows: an outcome is one row of `checkpoints`, with what it wrote and with the attempt that made
 * it; the events of a commit are one row of `event_groups`. `rows/checkpoint-body.ts` and `rows/event-entry.ts` tell
 * what their bodies hold.
 *
 * What was written before stays where it is, under another name, so that a large file is as soon up to date as a
 * small one. `stages`, `patches` and `events` are views that show both, and older processes that have the file open
 * may go on: what they write through the views is kept in the old rows, and their clean-ups see what the new rows
 * refer to. They may give a run the number of one that was deleted: what is left of that one goes then.
 */
export const checkpoints: Migration = {
  version: 6,
  sql: `
    DROP VIEW IF EXISTS readable_stages;
    DROP VIEW IF EXISTS readable_attempts;
    DROP VIEW IF EXISTS readable_events;
    ALTER TABLE stages RENAME TO stage_rows;
    ALTER TABLE patches RENAME TO patch_rows;
    ALTER TABLE events RENAME TO event_rows;
    ${TABLES}
    ${STAGES_VIEW}
    ${PATCHES_VIEW}
    ${EVENTS_VIEW}
    ${ATTEMPTS_VIEW}
    ${READABLE_VIEWS}
    ${insertTrigger('stages', 'stage_rows', STAGE_COLUMNS)}
    ${insertTrigger('patches', 'patch_rows', PATCH_COLUMNS)}
    ${insertTrigger('events', 'event_rows', EVENT_COLUMNS)}
    ${deleteTrigger('stages', 'stage_rows', ['run', 'stage'])}
    ${deleteTrigger('patches', 'patch_rows', ['run', 'commit_order', 'write_order'])}
    ${deleteTrigger('events', 'event_rows', ['run', 'seq'])}
    CREATE TRIGGER new_run AFTER INSERT ON runs BEGIN
      DELETE FROM checkpoints WHERE ${IN_RUN.replaceAll('number', 'NEW.number')};
      DELETE FROM event_groups WHERE ${IN_RUN.replaceAll('number', 'NEW.number')};
    END;
  `,
};
