import { statSync } from 'node:fs';
import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { type AttemptRecord, asStageId, type Lease, type RunEvent } from '@millrace/core';
import { KEPT_DEATHS } from './forget-deaths.ts';
import { createFileStore, type FileStore } from './testing-local/file-store.ts';
import {
  CREATED_AT,
  NEW_RUN,
  OWNER,
  RUN,
  sampleBatch,
  sampleStage,
} from './testing-local/sample-records.ts';

const COUNTS = { run: 2, reuse: 0, skip: 0, undecided: 0 };
const FIRST = asStageId('first');
const DIES = asStageId('dies');
const ALSO = asStageId('also');

let file: FileStore;
let lease: Lease;
let seq = 0;

beforeEach(() => {
  file = createFileStore();
  lease = file.store.createRun(NEW_RUN, [], OWNER);
  seq = 0;
  // The first session commits a stage before it is killed.
  const done = {
    stage: FIRST,
    attempt: 1,
    fence: 1,
    startedAt: CREATED_AT,
    status: 'succeeded',
  } as const;
  file.store.commit(
    lease,
    sampleBatch({
      stages: [sampleStage('first')],
      attempts: [done],
      events: [started(FIRST, 1)],
    }),
  );
});
afterEach(() => file.cleanUp());

function numbered(event: object): RunEvent {
  return { seq: ++seq, at: CREATED_AT, runId: RUN, ...event } as RunEvent;
}

function started(stage: AttemptRecord['stage'], attempt: number): RunEvent {
  return numbered({ type: 'stage.started', stage, attempt });
}

/** A session that finds its two stages lost, starts them again and is killed. */
function killedSession(attempt: number): void {
  const record = { fence: attempt, startedAt: CREATED_AT } as const;
  const lost = [DIES, ALSO].map(
    (stage) => ({ ...record, stage, attempt: attempt - 1, status: 'lost' }) as const,
  );
  const running = [DIES, ALSO].map(
    (stage) => ({ ...record, stage, attempt, status: 'running' }) as const,
  );
  file.store.commit(
    lease,
    sampleBatch({
      attempts: [...(attempt === 1 ? [] : lost), ...running],
      events: [
        numbered({ type: 'run.resumed', pipeline: 'daily', plan: COUNTS }),
        started(DIES, attempt),
        started(ALSO, attempt),
      ],
    }),
  );
}

it('a run does not grow with its kills: the newest are kept, with what was committed and every number', () => {
  const sizes: number[] = [];
  for (let kill = 1; kill <= 400; kill++) {
    killedSession(kill);
    if (kill % 100 !== 0) continue;
    file.database.exec('PRAGMA wal_checkpoint(TRUNCATE)');
    sizes.push(statSync(file.path).size);
  }
  expect(new Set(sizes).size).toBe(1);
  const attempts = file.store.loadAttempts(RUN);
  const ofDies = attempts.filter(({ stage }) => stage === DIES).map(({ attempt }) => attempt);
  expect(ofDies).toEqual(
    Array.from({ length: KEPT_DEATHS + 1 }, (_, at) => 400 - KEPT_DEATHS + at),
  );
  expect(attempts.filter(({ stage }) => stage === FIRST)).toHaveLength(1);
  expect(file.store.loadStages(RUN)).toHaveLength(1);
  const events = file.store.loadEvents(RUN, 0, 10_000);
  expect(events[0]).toMatchObject({ seq: 1, type: 'stage.started', stage: FIRST });
  expect(events.at(-1)?.seq).toBe(seq);
  expect(events).toHaveLength(1 + (KEPT_DEATHS + 1) * 3);
  expect(file.store.findRun(RUN)?.lastSeq).toBe(seq);
  expect(file.damages).toEqual([]);
});

it('nothing is forgotten of a run that was killed no oftener than that', () => {
  for (let kill = 1; kill <= KEPT_DEATHS + 1; kill++) killedSession(kill);
  expect(file.store.loadEvents(RUN, 0, 10_000)).toHaveLength(seq);
  expect(file.store.loadAttempts(RUN)).toHaveLength(1 + 2 * (KEPT_DEATHS + 1));
});
