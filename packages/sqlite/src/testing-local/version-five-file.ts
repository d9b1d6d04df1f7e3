import {
  type AttemptRecord,
  asRunId,
  asStageId,
  type NewRun,
  type RunEvent,
  type StageRecord,
} from '@millrace/core';
import { Database } from '../database.ts';
import { migrate } from '../migrate.ts';
import { MIGRATIONS } from '../migrations/index.ts';
import { newRunColumns } from '../rows/run-row.ts';
import {
  CREATED_AT,
  NEW_RUN,
  OWNER,
  RUN,
  sampleBatch,
  sampleStage,
  sampleValue,
} from './sample-records.ts';
import { VersionFiveWriter } from './version-five-writer.ts';

const DAY = sampleValue('"day"');
const LOAD = asStageId('load');
const SCORE = asStageId('score');
const FAILURE = { reason: 'threw', code: 'STAGE_THREW', phase: 'run', message: 'no rows' } as const;
const LEASE = { runId: RUN, fence: 1 };
const FIVE_RUN: NewRun = {
  ...NEW_RUN,
  context: [{ key: 'day', kind: 'value', hash: DAY.hash }],
};

const FAILED_SCORE = sampleStage('score', { status: 'failed', failure: FAILURE, fallback: true });

const STAGES: readonly [StageRecord, StageRecord] = [
  sampleStage('load', {
    writes: [
      { key: 'bars', kind: 'value', hash: DAY.hash },
      { key: 'day', kind: 'patch', hash: '00ff' },
    ],
    basis: {
      code: 'c0de',
      params: '9a7a',
      read: ['window'],
      inputs: [['input', 'day', '0123456789abcdef']],
      files: [['a.csv', 'd1']],
    },
    cacheKey: 'key',
  }),
  sampleStage('score', {
    attempt: 2,
    finishedAt: CREATED_AT + 3,
    basis: { code: '', params: '', inputs: [] },
    cacheKey: 'key',
    origin: { runId: asRunId('earlier'), attempt: 4 },
    items: { total: 3, failed: 1, kept: 1 },
  }),
];

const startedAt = CREATED_AT + 1;

const ATTEMPTS: readonly [AttemptRecord, AttemptRecord, AttemptRecord] = [
  attempt(LOAD, { status: 'succeeded' }),
  attempt(SCORE, { status: 'failed', failure: FAILURE }),
  attempt(SCORE, { attempt: 2, status: 'succeeded', finishedAt: CREATED_AT + 3 }),
];

function attempt(stage: AttemptRecord['stage'], fields: Partial<AttemptRecord>): AttemptRecord {
  return {
    stage,
    attempt: 1,
    fence: 1,
    status: 'running',
    startedAt,
    finishedAt: CREATED_AT + 2,
    ...fields,
  };
}

const EVENTS = (
  [
    { type: 'run.started', pipeline: 'daily', stages: 2 },
    { type: 'stage.started', stage: LOAD, attempt: 1 },
    { type: 'stage.succeeded', stage: LOAD, attempt: 1, durationMs: 1.5 },
    {
      type: 'stage.failed',
      stage: SCORE,
      attempt: 1,
      durationMs: 1.5,
      failure: FAILURE,
      critical: false,
      fallback: true,
    },
    { type: 'stage.started', stage: SCORE, attempt: 2, reason: 'again' },
  ] as const
).map(({ type, ...fields }, place): RunEvent => {
  const seq = place + 1;
  const event: unknown = { seq, runId: RUN, type, at: CREATED_AT + seq, ...fields };
  return event as RunEvent;
});

/** What is in the file, as records. */
export const FIVE_RECORDS = {
  run: {
    ...FIVE_RUN,
    status: 'running',
    fence: 1,
    owner: OWNER,
    beat: 3,
    lastSeq: 5,
    sessionStartSeq: 0,
  },
  stages: STAGES,
  attempts: ATTEMPTS,
  events: EVENTS,
} as const;

/** As version 5 computed them: were they computed here, a change of the formula would go unseen. */
export const FIVE_CHECKSUMS = [803_490_602, 3_222_785_976];

/** A store as version 5 of the tables left it, open in a process of that version. The caller closes it. */
export function openVersionFiveFile(path: string): {
  readonly database: Database;
  readonly writer: VersionFiveWriter;
} {
  const database = new Database(path, { readOnly: false, busyTimeoutMs: 0 });
  database.exec('PRAGMA journal_mode = WAL');
  migrate(database, path, MIGRATIONS.slice(0, 5));
  createRun(database);
  const writer = new VersionFiveWriter(database);
  const [load, failed, score] = ATTEMPTS;
  const running: AttemptRecord = {
    stage: LOAD,
    attempt: 1,
    fence: 1,
    status: 'running',
    startedAt,
  };
  writer.commit(LEASE, sampleBatch({ attempts: [running], events: EVENTS.slice(0, 2) }));
  writer.commit(
    LEASE,
    sampleBatch({
      attempts: [load, failed],
      stages: [STAGES[0], FAILED_SCORE],
      events: EVENTS.slice(2, 4),
    }),
  );
  writer.commit(
    LEASE,
    sampleBatch({ attempts: [score], stages: [STAGES[1]], events: EVENTS.slice(4) }),
  );
  return { database, writer };
}

function createRun(database: Database): void {
  database
    .prepare(`
      INSERT INTO runs (id, pipeline, source, created_at, checksum, status, fence, owner_host,
        owner_pid, owner_process_start, owner_lease_ms)
      VALUES (?, ?, ?, ?, ?, 'running', 1, ?, ?, ?, ?)`)
    .run(...newRunColumns(FIVE_RUN, OWNER));
  database.exec(`
    INSERT INTO patches (run, commit_order, write_order, key, kind, hash)
    VALUES ('${RUN}', 0, 0, 'day', 'value', '${DAY.hash}');
    INSERT INTO "values" (hash, codec, version, byte_length, body)
    VALUES ('${DAY.hash}', 'json', 1, 5, '"day"');`);
}
