import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { asRunId, type Lease } from '@millrace/core';
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

const OTHER = asRunId('20260102-030406-hgfedcba');

let file: FileStore;
let lease: Lease;

beforeEach(() => {
  file = createFileStore();
  lease = file.store.createRun(NEW_RUN, [], OWNER);
});
afterEach(() => file.cleanUp());

const namesOf = (run = RUN): readonly string[] =>
  file.store.loadStages(run).map(({ stage, attempt }) => `${stage} #${attempt}`);

function countRows(): unknown {
  return file.database.valueOf('SELECT count(*) FROM checkpoints');
}

function commit(name: string, attempt: number, by: Lease = lease): void {
  file.store.commit(by, sampleBatch({ stages: [sampleStage(name, { attempt })] }));
}

describe('a stage has one checkpoint', () => {
  it('whichever connection wrote the one before', () => {
    commit('a', 1);
    const other = openSqliteStore(file.path);
    other.commit(lease, sampleBatch({ stages: [sampleStage('a', { attempt: 2 })] }));
    other.commit(lease, sampleBatch({ stages: [sampleStage('b')] }));
    other.close();
    commit('b', 2);
    commit('a', 3);
    expect(namesOf()).toEqual(['b #2', 'a #3']);
    expect(countRows()).toBe(2);
  });

  it('whichever session wrote the one before', () => {
    commit('a', 1);
    file.store.acquireRun(RUN, OWNER, { fence: 1 });
    commit('a', 2, { runId: RUN, fence: 2 });
    expect(namesOf()).toEqual(['a #2']);
    expect(countRows()).toBe(1);
  });

  it('when it is twice in one batch', () => {
    const stages = [1, 2, 3].map((attempt) => sampleStage('a', { attempt }));
    file.store.commit(lease, sampleBatch({ stages }));
    expect(namesOf()).toEqual(['a #3']);
    expect(countRows()).toBe(1);
  });

  it('in each of several runs', () => {
    const other = file.store.createRun({ ...NEW_RUN, id: OTHER }, [], OWNER);
    for (const attempt of [1, 2]) for (const by of [lease, other]) commit('a', attempt, by);
    expect([namesOf(), namesOf(OTHER)]).toEqual([['a #2'], ['a #2']]);
    expect(countRows()).toBe(2);
  });
});

describe('a batch that is rolled back', () => {
  it('leaves nothing known that is not there', () => {
    commit('a', 1);
    const stage = sampleStage('a').stage;
    const event = { seq: 1, at: CREATED_AT, runId: RUN, type: 'stage.started', stage, attempt: 1 };
    const twice = [event, event] as const;
    const stages = ['a', 'b'].map((name) => sampleStage(name, { attempt: 2 }));
    const failing = sampleBatch({
      stages,
      events: twice.map((one) => ({ ...one, type: 'stage.started' })),
    });
    expect(() => file.store.commit(lease, failing)).toThrow('UNIQUE constraint failed');
    expect(namesOf()).toEqual(['a #1']);
    // Of as many records as the one that failed.
    file.store.commit(lease, sampleBatch({ stages }));
    expect(namesOf()).toEqual(['a #2', 'b #2']);
    expect(countRows()).toBe(2);
    expect(file.damages).toEqual([]);
  });
});
