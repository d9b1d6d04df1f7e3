import { describe, expect, it } from '@jest/globals';
import { encodeValue, sealValue } from '../base/codec/index.ts';
import { asRunId, asStageId } from '../base/ids.ts';
import { invariant } from '../base/invariant.ts';
import type { RunEvent } from '../events/run-event.ts';
import type { CommitBatch, Lease } from './checkpoint-store.ts';
import { MemoryStore } from './memory-store.ts';
import type { AttemptRecord, NewRun, StageRecord } from './records.ts';

const owner = { host: 'here', pid: 1, processStart: 'boot:1' };
const other = { host: 'there', pid: 2, processStart: 'boot:2' };
const id = asRunId('run-1');

function newRun(more: Partial<NewRun> = {}): NewRun {
  return { id, pipeline: 'daily', source: {}, context: [], createdAt: 1000, ...more };
}

function batch(more: Partial<CommitBatch> = {}): CommitBatch {
  return { values: [], attempts: [], stages: [], events: [], sync: true, ...more };
}

function stage(name: string, more: Partial<StageRecord> = {}): StageRecord {
  return {
    stage: asStageId(name),
    status: 'succeeded',
    attempt: 1,
    fence: 1,
    finishedAt: 2000,
    durationMs: 10,
    fingerprint: 'f',
    writes: [],
    fallback: false,
    ...more,
  };
}

function attempt(name: string, number: number, status: AttemptRecord['status']): AttemptRecord {
  return { stage: asStageId(name), attempt: number, fence: 1, status, startedAt: 1 };
}

function event(seq: number): RunEvent {
  return { seq, at: seq, runId: id, type: 'run.cancelling', mode: 'drain', running: 0 };
}

function encoded(value: unknown): ReturnType<typeof encodeValue> {
  const sealed = sealValue(value);
  invariant(sealed.ok, 'the value of a test cannot be stored');
  return encodeValue(sealed.value);
}

function started(): { store: MemoryStore; lease: Lease } {
  const store = new MemoryStore();
  return { store, lease: store.createRun(newRun(), [], owner) };
}

// What every store must do is told by the conformance suite of @millrace/testing; here is the rest.
describe('MemoryStore', () => {
  it('keeps a new run with its owner and initial values, once', () => {
    const store = new MemoryStore();
    const value = encoded({ a: 1 });
    expect(store.createRun(newRun(), [value], owner)).toEqual({ runId: id, fence: 1 });
    expect(store.findRun(id)).toEqual({
      ...newRun(),
      status: 'running',
      fence: 1,
      owner,
      beat: 0,
      lastSeq: 0,
      sessionStartSeq: 0,
    });
    expect(store.loadValue(value.hash)).toEqual(value);
    expect(() => store.createRun(newRun(), [], owner)).toThrow(
      expect.objectContaining({ code: 'RUN_EXISTS' }),
    );
  });

  it('keeps the newest record of a stage in order of commit, and each attempt once', () => {
    const { store, lease } = started();
    store.commit(lease, batch({ stages: [stage('a', { status: 'failed' }), stage('b')] }));
    store.commit(lease, batch({ stages: [stage('a', { attempt: 2 })] }));
    expect(store.loadStages(id).map((record) => [record.stage, record.status])).toEqual([
      ['b', 'succeeded'],
      ['a', 'succeeded'],
    ]);
    store.commit(
      lease,
      batch({ attempts: [attempt('a', 1, 'running'), attempt('b', 1, 'running')] }),
    );
    store.commit(
      lease,
      batch({ attempts: [attempt('a', 1, 'failed'), attempt('a', 2, 'running')] }),
    );
    expect(store.loadAttempts(id).map((each) => [each.stage, each.attempt, each.status])).toEqual([
      ['a', 1, 'failed'],
      ['b', 1, 'running'],
      ['a', 2, 'running'],
    ]);
  });

  it('keeps stages apart whose ids look like parts of attempts', () => {
    const { store, lease } = started();
    const names = ['1 a', 'a', '__proto__', 'constructor'];
    store.commit(lease, batch({ attempts: names.map((name) => attempt(name, 1, 'running')) }));
    store.commit(lease, batch({ stages: names.map((name) => stage(name)) }));
    expect(store.loadAttempts(id)).toHaveLength(4);
    expect(store.loadStages(id).map((record) => record.stage)).toEqual(names);
  });

  it('gives events after a number, at most so many, and remembers the last number', () => {
    const { store, lease } = started();
    store.commit(lease, batch({ events: [event(1), event(2), event(3)] }));
    store.commit(lease, batch({ events: [event(4)] }));
    expect(store.loadEvents(id, 1, 2).map(({ seq }) => seq)).toEqual([2, 3]);
    expect(store.loadEvents(id, 0, 99)).toHaveLength(4);
    expect(store.loadEvents(id, 4, 99)).toEqual([]);
    expect(store.findRun(id)?.lastSeq).toBe(4);
    store.commit(lease, batch());
    expect(store.findRun(id)?.lastSeq).toBe(4);
  });

  it('refuses what an older owner writes and leaves everything as it was', () => {
    const { store, lease } = started();
    expect(store.acquireRun(id, other)).toEqual({ kind: 'held', owner, fence: 1 });
    expect(store.acquireRun(id, other, { fence: 7 })).toEqual({ kind: 'held', owner, fence: 1 });
    const taken = store.acquireRun(id, other, { fence: 1 });
    expect(taken).toEqual({ kind: 'acquired', lease: { runId: id, fence: 2 } });
    const value = encoded('late');
    const late = batch({ values: [value], stages: [stage('a')], events: [event(1)] });
    expect(() => store.commit(lease, late)).toThrow(
      expect.objectContaining({ code: 'LEASE_LOST' }),
    );
    expect(store.loadStages(id)).toEqual([]);
    expect(store.loadEvents(id, 0, 9)).toEqual([]);
    expect(store.loadValue(value.hash)).toBeUndefined();
    store.releaseRun(lease);
    expect(store.findRun(id)?.owner).toEqual(other);
  });

  it('frees a run when it is finished or given back, and opens it again for the next owner', () => {
    const { store, lease } = started();
    const finish = { status: 'failed', finishedAt: 5000, durationMs: 4000 } as const;
    store.commit(lease, batch({ finish }));
    expect(store.findRun(id)).toMatchObject({ ...finish, fence: 1 });
    expect(store.findRun(id)?.owner).toBeUndefined();
    expect(() => store.commit(lease, batch())).toThrow(
      expect.objectContaining({ code: 'LEASE_LOST' }),
    );
    expect(store.acquireRun(id, other)).toMatchObject({ kind: 'acquired', lease: { fence: 2 } });
    const again = store.findRun(id);
    expect(again).toMatchObject({ status: 'running', owner: other, durationMs: 4000 });
    expect(again?.finishedAt).toBeUndefined();
    store.releaseRun({ runId: id, fence: 2 });
    expect(store.findRun(id)?.owner).toBeUndefined();
    expect(store.acquireRun(id, owner)).toMatchObject({ lease: { fence: 3 } });
  });

  it('lists runs newest first, by pipeline and status, at most so many', () => {
    const store = new MemoryStore();
    for (let at = 0; at < 60; at++) {
      const lease = store.createRun(
        newRun({
          id: asRunId(`r${at}`),
          createdAt: Math.floor(at / 2),
          pipeline: at % 3 === 0 ? 'a' : 'b',
        }),
        [],
        owner,
      );
      const finish = { status: 'succeeded', finishedAt: 1, durationMs: 1 } as const;
      if (at % 2 === 0) store.commit(lease, batch({ finish }));
    }
    const ids = (filter: Parameters<MemoryStore['listRuns']>[0]): string[] =>
      store.listRuns(filter).map((run) => run.id);
    expect(ids({ limit: 3 })).toEqual(['r59', 'r58', 'r57']);
    expect(ids({})).toHaveLength(50);
    expect(ids({ pipeline: 'a', statuses: ['succeeded'], limit: 2 })).toEqual(['r54', 'r48']);
    expect(ids({ statuses: [] })).toEqual([]);
    expect(ids({ pipeline: 'none' })).toEqual([]);
  });

  it('knows nothing of runs and values that it was not given', () => {
    const store = new MemoryStore();
    const gone = asRunId('gone');
    expect(store.findRun(gone)).toBeUndefined();
    expect(store.acquireRun(gone, owner)).toEqual({ kind: 'missing' });
    expect([store.loadStages(gone), store.loadAttempts(gone)]).toEqual([[], []]);
    expect(store.loadEvents(gone, 0, 9)).toEqual([]);
    expect(store.loadValue('gone')).toBeUndefined();
    store.releaseRun({ runId: gone, fence: 1 });
    expect(() => store.commit({ runId: gone, fence: 1 }, batch())).toThrow(
      expect.objectContaining({ code: 'LEASE_LOST' }),
    );
  });

  it('finds outcomes by cache key, of the same instant the last one committed first', () => {
    const { store, lease } = started();
    const record = (name: string): StageRecord => stage(name, { cacheKey: 'key' });
    store.commit(lease, batch({ stages: [record('a'), record('b')] }));
    const later = store.createRun(newRun({ id: asRunId('run-2') }), [], owner);
    store.commit(later, batch({ stages: [record('a')] }));
    const found = (limit: number): string[] =>
      store.findStages('key', limit).map((each) => `${each.runId} ${each.record.stage}`);
    expect(found(9)).toEqual(['run-2 a', 'run-1 b', 'run-1 a']);
    store.commit(lease, batch({ stages: [record('a')] }));
    expect(found(2)).toEqual(['run-1 a', 'run-2 a']);
  });

  it('finds one record of thousands in two runs that share it', () => {
    const { store, lease } = started();
    const shared = stage('shared', { cacheKey: 'key' });
    const stages = Array.from({ length: 2000 }, (_, n) => stage(`s${n}`, { cacheKey: `key ${n}` }));
    store.commit(lease, batch({ stages: [...stages, shared] }));
    const other = store.createRun(newRun({ id: asRunId('run-2') }), [], owner);
    store.commit(other, batch({ stages: [shared] }));
    expect(store.findStages('key', 9).map(({ runId }) => runId)).toEqual(['run-2', id]);
    store.commit(lease, batch({ stages: [stage('shared')] }));
    expect(store.findStages('key', 9)).toEqual([{ runId: 'run-2', record: shared }]);
  });

  it('keeps a value once, outside a run as well', () => {
    const store = new MemoryStore();
    const value = encoded(Buffer.from('abc'));
    store.saveValue(value);
    store.saveValue({ ...value });
    expect(store.loadValue(value.hash)).toBe(value);
  });
});
