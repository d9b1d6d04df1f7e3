import { asStageId, type NewRun, type StageRecord } from '@millrace/core';
import { Database } from '../database.ts';
import { migrate } from '../migrate.ts';
import { tables } from '../migrations/0001-tables.ts';
import { CREATED_AT, NEW_RUN, OWNER, RUN, sampleStage, sampleValue } from './sample-records.ts';

const DAY = sampleValue('"day"');
const FAILURE = {
  reason: 'threw',
  code: 'STAGE_THREW',
  phase: 'run',
  message: 'no rows',
} as const;

const OLD_RUN: NewRun = {
  ...NEW_RUN,
  context: [{ key: 'day', kind: 'value', hash: DAY.hash }],
};

const INGEST = sampleStage('ingest', {
  writes: [
    { key: 'bars', kind: 'value', hash: DAY.hash },
    { key: 'day', kind: 'patch', hash: '00ff' },
  ],
});
const SCORE = sampleStage('score', {
  status: 'failed',
  attempt: 3,
  fingerprint: 'beef',
  fallback: true,
  failure: FAILURE,
});
const UNSTARTED: StageRecord = {
  stage: asStageId('Ünïcödé'),
  status: 'skipped',
  attempt: 0,
  fence: 1,
  finishedAt: CREATED_AT + 2,
  durationMs: 0,
  fingerprint: '',
  writes: [],
  fallback: false,
  reason: 'score failed',
};

/** What is in the file, as records. */
export const OLD_RECORDS = {
  run: {
    ...OLD_RUN,
    status: 'running',
    fence: 1,
    owner: OWNER,
    beat: 0,
    lastSeq: 2,
    sessionStartSeq: 0,
  },
  stages: [INGEST, SCORE, UNSTARTED],
  attempts: [
    {
      stage: SCORE.stage,
      attempt: 3,
      fence: 1,
      status: 'failed',
      startedAt: CREATED_AT + 1,
      finishedAt: CREATED_AT + 2,
      failure: FAILURE,
    },
  ],
  events: [
    { seq: 1, at: CREATED_AT, runId: RUN, type: 'run.started', pipeline: 'daily', stages: 3 },
    {
      seq: 2,
      at: CREATED_AT + 1,
      runId: RUN,
      type: 'stage.started',
      stage: SCORE.stage,
      attempt: 3,
    },
  ],
  value: DAY,
} as const;

const FAILURE_TEXT = JSON.stringify(FAILURE);
const TIMES = `${CREATED_AT + 1}, ${CREATED_AT + 2}`;

/** The checksums are those that version 1 wrote: were they computed here, a change of the formula would go unseen. */
const ROWS = `
  INSERT INTO runs (id, pipeline, status, created_at, fence, owner_host, owner_pid,
    owner_process_start, last_seq, last_order, source, checksum)
  VALUES ('${RUN}', 'daily', 'running', ${CREATED_AT}, 1, 'mill', 4711, '812', 2, 4,
    '{"file":"/srv/daily.yaml"}', 4231456755);

  INSERT INTO stages (run, stage, commit_order, status, attempt, fence, started_at, finished_at,
    duration_ms, fingerprint, fallback, failure, reason, checksum)
  VALUES
    ('${RUN}', 'ingest', 2, 'succeeded', 1, 1, ${TIMES}, 1.5, 'f00d', 0, NULL, NULL, 470856952),
    ('${RUN}', 'score', 3, 'failed', 3, 1, ${TIMES}, 1.5, 'beef', 1, '${FAILURE_TEXT}', NULL, 269630443),
    ('${RUN}', 'Ünïcödé', 4, 'skipped', 0, 1, NULL, ${CREATED_AT + 2}, 0, '', 0, NULL, 'score failed', 1369989915);

  INSERT INTO attempts (run, stage, attempt, start_order, fence, status, started_at, finished_at, failure)
  VALUES ('${RUN}', 'score', 3, 1, 1, 'failed', ${TIMES}, '${FAILURE_TEXT}');

  INSERT INTO patches (run, commit_order, write_order, stage, attempt, key, kind, hash)
  VALUES
    ('${RUN}', 0, 0, NULL, NULL, 'day', 'value', '${DAY.hash}'),
    ('${RUN}', 2, 0, 'ingest', 1, 'bars', 'value', '${DAY.hash}'),
    ('${RUN}', 2, 1, 'ingest', 1, 'day', 'patch', '00ff'),
    ('${RUN}', 3, 0, 'score', 3, 'score out', 'value', '${SCORE.writes[0]?.hash}');

  INSERT INTO "values" (hash, codec, version, byte_length, body)
  VALUES ('${DAY.hash}', 'json', 1, 5, '"day"');

  INSERT INTO events (run, seq, at, type, stage, attempt, details)
  VALUES
    ('${RUN}', 1, ${CREATED_AT}, 'run.started', NULL, NULL, '{"pipeline":"daily","stages":3}'),
    ('${RUN}', 2, ${CREATED_AT + 1}, 'stage.started', 'score', 3, NULL);
`;

/** A store as version 1 of the tables left it, open to be changed by hand. The caller closes it. */
export function openVersionOneFile(path: string, step = tables): Database {
  const database = new Database(path, { readOnly: false, busyTimeoutMs: 0 });
  database.exec('PRAGMA journal_mode = WAL');
  migrate(database, path, [step]);
  database.exec(ROWS);
  return database;
}
