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
import { VersionFiveWriter } from './testing-local/version-five-writer.ts';

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

const asIs: Pick<VersionFiveWriter, 'commit'> = {
  commit(by, batch) {
    file.store.commit(by, batch);
    return true;
  },
};

/** A session that finds its two stages lost, starts them again and is killed. */
function killedSession(attempt: number, store: Pick<VersionFiveWriter, 'commit'> = asIs): void {
  const record = { fence: attempt, startedAt: CREATED_AT } as const;
  const lost = [DIES, ALSO].map(
    (stage) => ({ ...record, stage, attempt: attempt - 1, status: 'lost' }) as const,
  );
  const running = [DIES, ALSO].map(
    (stage) => ({ ...record, stage, attempt, status: 'running' }) as const,
  );
  store.commit(
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

it('what was committed together with a death that is forgotten stays, with its numbers', () => {
  for (let kill = 1; kill < KEPT_DEATHS; kill++) killedSession(kill);
  const beside = [
    numbered({ type: 'stage.progress', stage: DIES, attempt: KEPT_DEATHS, message: 'still here' }),
    started(FIRST, 2),
    started(DIES, 999),
  ];
  file.store.commit(lease, sampleBatch({ events: beside }));
  const before = file.store.loadEvents(RUN, 0, 10_000);
  for (let kill = KEPT_DEATHS; kill <= 3 * KEPT_DEATHS; kill++) killedSession(kill);
  const after = file.store.loadEvents(RUN, 0, 10_000);
  expect(after.filter(({ seq: number }) => number <= (before.at(-1)?.seq ?? 0))).toEqual([
    // What the first session committed, the last resume before what is beside, and that without the death.
    before[0],
    before.findLast(({ type }) => type === 'run.resumed'),
    ...beside.slice(1),
  ]);
  expect(file.damages).toEqual([]);
});

it('deaths that an older version has written are forgotten, too', () => {
  const older = new VersionFiveWriter(file.database);
  for (let kill = 1; kill <= KEPT_DEATHS; kill++) killedSession(kill, older);
  for (let kill = KEPT_DEATHS + 1; kill <= 3 * KEPT_DEATHS; kill++) killedSession(kill);
  expect(file.database.valueOf('SELECT count(*) FROM event_rows')).toBe(1);
  expect(file.store.loadEvents(RUN, 0, 10_000)).toHaveLength(1 + 1 + (KEPT_DEATHS + 1) * 3);
});

it('damaged events are left as they are, to be told', () => {
  killedSession(1);
  file.database.exec('UPDATE event_groups SET body = replace(body, \'"also"\', \'"alas"\')');
  for (let kill = 2; kill <= 2 * KEPT_DEATHS; kill++) killedSession(kill);
  expect(file.store.loadEvents(RUN, 0, 10_000)).toHaveLength(1 + (KEPT_DEATHS + 1) * 3);
  expect(file.damages).toMatchObject([{ table: 'events', record: '2-4' }]);
});
