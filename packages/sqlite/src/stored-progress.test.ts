import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import {
  ATTEMPT_STATUSES,
  type AttemptRecord,
  type AttemptStatus,
  asStageId,
  type CheckpointStore,
  type CommitBatch,
  type Lease,
  MemoryStore,
  type RunEvent,
  type StageRecord,
} from '@millrace/core';
import { openSqliteStore } from './open-sqlite-store.ts';
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

let file: FileStore;

beforeEach(() => {
  file = createFileStore();
});
afterEach(() => file.cleanUp());

function attempt(
  stage: string,
  number: number,
  fields: Partial<AttemptRecord> = {},
): AttemptRecord {
  const times = { startedAt: CREATED_AT + 1, finishedAt: CREATED_AT + 2 };
  const name = { stage: asStageId(stage), attempt: number, fence: 1 };
  return { ...name, status: 'succeeded', ...times, ...fields };
}

function running(stage: string, number: number, fence: number): AttemptRecord {
  const { finishedAt: _none, ...started } = attempt(stage, number, { fence, status: 'running' });
  return started;
}

describe('the attempts of a run that was resumed several times', () => {
  it('are all told, at the places of their starts', () => {
    const { store } = file;
    const first = store.createRun(NEW_RUN, [], OWNER);
    const [a1, b1] = [attempt('a', 1), running('b', 1, 1)];
    store.commit(first, sampleBatch({ attempts: [b1] }));
    store.commit(first, sampleBatch({ attempts: [a1], stages: [sampleStage('a')] }));
    expect(store.loadAttempts(RUN)).toEqual([b1, a1]);

    store.acquireRun(RUN, OWNER, { fence: 1 });
    const second = { runId: RUN, fence: 2 };
    const lost = attempt('b', 1, { status: 'lost' });
    const b2 = attempt('b', 2, { fence: 2 });
    const a2 = attempt('a', 2, { fence: 2, status: 'failed' });
    store.commit(second, sampleBatch({ attempts: [lost, running('b', 2, 2)] }));
    store.commit(
      second,
      sampleBatch({
        attempts: [a2, b2],
        stages: [
          sampleStage('b', { attempt: 2, fence: 2 }),
          sampleStage('a', { attempt: 2, fence: 2, status: 'failed' }),
        ],
      }),
    );
    expect(store.loadAttempts(RUN)).toEqual([lost, a1, b2, a2]);

    store.acquireRun(RUN, OWNER, { fence: 2 });
    const third = { runId: RUN, fence: 3 };
    const undone = { ...b2, status: 'undone' } as const;
    const a3 = attempt('a', 3, { fence: 3 });
    store.commit(
      third,
      sampleBatch({
        attempts: [undone, a3],
        stages: [sampleStage('a', { attempt: 3, fence: 3 })],
      }),
    );
    expect(store.loadAttempts(RUN)).toEqual([lost, a1, undone, a2, a3]);
    expect(
      file.database
        .prepare('SELECT stage, attempt, status FROM readable_attempts')
        .all()
        .map(({ stage, attempt: number, status }) => `${stage} #${number} ${status}`),
    ).toEqual(['b #1 lost', 'a #1 succeeded', 'b #2 undone', 'a #2 failed', 'a #3 succeeded']);
    // Only what a checkpoint does not tell has a row of its own.
    expect(file.database.valueOf('SELECT count(*) FROM attempts')).toBe(4);
    expect(file.damages).toEqual([]);
  });
});

/** The same numbers at every run of the tests. */
class Chance {
  #state: number;

  constructor(seed: number) {
    this.#state = seed;
  }

  below(count: number): number {
    this.#state = (this.#state * 1_103_515_245 + 12_345) % 2 ** 31;
    return Math.floor((this.#state / 2 ** 31) * count);
  }

  of<Value>(values: readonly Value[], otherwise: Value): Value {
    return values[this.below(values.length)] ?? otherwise;
  }
}

const NAMES = ['a', 'b', 'c', 'd'];

function anyAttempt(chance: Chance): AttemptRecord {
  const statuses: readonly AttemptStatus[] = [...ATTEMPT_STATUSES, 'succeeded', 'succeeded'];
  const status = chance.of(statuses, 'succeeded');
  const fields = { status, finishedAt: CREATED_AT + 2 + chance.below(3) };
  return attempt(chance.of(NAMES, 'a'), 1 + chance.below(3), fields);
}

function anyStage(chance: Chance, attempts: readonly AttemptRecord[]): StageRecord {
  const { stage, attempt: number } = chance.of(attempts, attempt('a', 1));
  const cacheKey = chance.of(['key', undefined], undefined);
  return sampleStage(stage, {
    attempt: number,
    status: chance.of(['succeeded', 'succeeded', 'failed', 'cancelled'], 'skipped'),
    finishedAt: CREATED_AT + 2 + chance.below(50),
    ...(cacheKey === undefined ? {} : { cacheKey }),
  });
}

function anyBatch(chance: Chance, lastSeq: number): CommitBatch {
  const attempts = Array.from({ length: chance.below(4) }, () => anyAttempt(chance));
  const stages = Array.from({ length: chance.below(4) }, () => anyStage(chance, attempts));
  const events = Array.from({ length: chance.below(4) }, (_, place): RunEvent => {
    const seq = lastSeq + place + 1;
    const at = CREATED_AT + chance.below(9);
    return { seq, runId: RUN, type: 'stage.started', at, stage: asStageId('a'), attempt: 1 };
  });
  return sampleBatch({ attempts, stages, events, sync: false });
}

interface Told {
  readonly stages: unknown;
  readonly attempts: unknown;
  readonly events: unknown;
  readonly found: readonly string[];
}

function tell(store: CheckpointStore): Told {
  const found = store.findStages('key', 99);
  return {
    stages: store.loadStages(RUN),
    attempts: store.loadAttempts(RUN),
    events: store.loadEvents(RUN, 0, 999),
    // Of those that finished at once any may come first.
    found: Array.isArray(found)
      ? found.map(({ record }) => `${record.finishedAt} ${record.stage}`).sort()
      : [],
  };
}

describe('whatever is committed, in whichever order', () => {
  it.each([1, 2, 3, 4, 5, 6, 7, 8])(
    'is told as the memory store tells it, by chance %i',
    (seed) => {
      const chance = new Chance(seed);
      const memory = new MemoryStore();
      const leases: readonly [Lease, Lease] = [
        memory.createRun(NEW_RUN, [], OWNER),
        file.store.createRun(NEW_RUN, [], OWNER),
      ];
      const older = new VersionFiveWriter(file.database);
      let lastSeq = 0;
      for (let count = 0; count < 60; count++) {
        const batch = anyBatch(chance, lastSeq);
        lastSeq = batch.events.at(-1)?.seq ?? lastSeq;
        memory.commit(leases[0], batch);
        // Another connection, an older process, or the one that committed before.
        const writer = chance.below(10);
        if (writer === 0) {
          const other = openSqliteStore(file.path);
          other.commit(leases[1], batch);
          other.close();
        } else if (writer === 1) older.commit(leases[1], batch);
        else file.store.commit(leases[1], batch);
        expect(tell(file.store)).toEqual(tell(memory));
      }
      expect(file.damages).toEqual([]);
    },
  );
});
