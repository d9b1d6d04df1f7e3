import { hostname } from 'node:os';
import { describe, expect, it } from '@jest/globals';
import { encodeValue, sealValue } from '../base/codec/index.ts';
import { asRunId, asStageId, type RunId } from '../base/ids.ts';
import { invariant } from '../base/invariant.ts';
import { currentProcess } from '../base/process-identity.ts';
import { VirtualClock } from '../base/virtual-clock.ts';
import { MemoryStore, type Owner } from '../checkpoint/index.ts';
import { cleanUp } from './clean-up.ts';
import { type CleanUpPlan, planCleanUp } from './plan-clean-up.ts';
import type { RetentionPolicy } from './retention-policy.ts';

const DEAD: Owner = { host: hostname(), pid: 2 ** 30, processStart: '' };
const ELSEWHERE: Owner = { host: 'another machine', pid: 7, processStart: '', leaseMs: 5000 };
const ALL: RetentionPolicy = { keep: 0, unfinished: true };

function encoded(value: unknown): ReturnType<typeof encodeValue> {
  const sealed = sealValue(value);
  invariant(sealed.ok, 'the value of a test cannot be stored');
  return encodeValue(sealed.value);
}

/** A run with a value of its own, which its owner has ended or left as it is. */
function addRun(store: MemoryStore, name: string, owner: Owner, ends: boolean): RunId {
  const id = asRunId(name);
  const value = encoded(`of ${name}`);
  const run = { id, pipeline: name, source: {}, context: [], createdAt: 1000 };
  const lease = store.createRun(run, [], owner);
  const stage = {
    stage: asStageId('a'),
    status: 'succeeded',
    attempt: 1,
    fence: 1,
    finishedAt: 2000,
    durationMs: 10,
    fingerprint: 'f',
    writes: [{ key: 'a', kind: 'value', hash: value.hash }],
    fallback: false,
  } as const;
  const batch = { values: [value], attempts: [], stages: [stage], events: [], sync: true };
  const finish = { status: 'failed', finishedAt: 2000, durationMs: 10 } as const;
  store.commit(lease, ends ? { ...batch, finish } : batch);
  return id;
}

function idsThatGo({ verdicts }: CleanUpPlan): readonly string[] {
  return verdicts.filter(({ keep }) => keep === undefined).map(({ run }) => run.id);
}

describe('planCleanUp', () => {
  it('lets go what ended or whose process died, and keeps what this process executes', async () => {
    const store = new MemoryStore();
    addRun(store, 'ended', DEAD, true);
    addRun(store, 'dead', DEAD, false);
    addRun(store, 'live', currentProcess(), false);
    const plan = await planCleanUp(store, ALL);
    expect(idsThatGo(plan).toSorted()).toEqual(['dead', 'ended']);
    expect(plan.mayLive(currentProcess())).toBe(true);
    expect(plan.mayLive(DEAD)).toBe(false);
  });

  it('tells a run that was released while it waits from one that was interrupted', async () => {
    const store = new MemoryStore();
    const [asks, dead] = [addRun(store, 'asks', DEAD, false), addRun(store, 'dead', DEAD, false)];
    const wait = {
      stage: asStageId('b'),
      kind: 'signal',
      name: 'approve',
      call: 1,
      attempt: 1,
      status: 'waiting',
      since: 1000,
      refused: [],
    } as const;
    for (const runId of [asks, dead]) {
      const batch = { values: [], attempts: [], stages: [], events: [], sync: true };
      store.commit({ runId, fence: 1 }, { ...batch, waits: [wait] });
    }
    store.releaseRun({ runId: asks, fence: 1 });
    const { verdicts } = await planCleanUp(store, ALL);
    const told = Object.fromEntries(verdicts.map(({ run, status }) => [run.id, status]));
    expect(told).toEqual({ asks: 'waiting', dead: 'interrupted' });
    expect(idsThatGo({ verdicts, mayLive: () => false })).toEqual(['dead']);
  });

  it('takes an owner on another machine for dead once it was silent for its lease', async () => {
    const clock = new VirtualClock();
    const store = new MemoryStore();
    addRun(store, 'silent', ELSEWHERE, false);
    addRun(store, 'beating', { ...ELSEWHERE, pid: 8 }, false);
    addRun(store, 'promises nothing', { host: 'far', pid: 9, processStart: '' }, false);
    const watched: number[] = [];
    const planned = planCleanUp(store, ALL, { clock, onWatch: (owners) => watched.push(owners) });
    for (let second = 0; second < 6; second++) {
      store.renewLease({ runId: asRunId('beating'), fence: 1 });
      await clock.advance(1000);
    }
    const plan = await planned;
    expect(watched).toEqual([3]);
    expect(idsThatGo(plan)).toEqual(['silent']);
    expect(plan.mayLive(ELSEWHERE)).toBe(false);
    expect(plan.mayLive({ ...ELSEWHERE, pid: 8 })).toBe(true);
  });
});

describe('cleanUp', () => {
  it('deletes what was decided, and then what nobody refers to', async () => {
    const store = new MemoryStore();
    const gone = addRun(store, 'gone', DEAD, true);
    const kept = addRun(store, 'kept', DEAD, true);
    const plan = await planCleanUp(store, { ...ALL, keepRuns: [kept] });
    const report = await cleanUp(store, plan, { graceMs: 0 });
    expect(report.deleted.map(({ run }) => run.id)).toEqual([gone]);
    expect(report).toMatchObject({ escaped: [], removed: { values: 1 }, isDone: true });
    expect(store.loadValue(encoded('of gone').hash)).toBeUndefined();
    expect(store.loadValue(encoded('of kept').hash)).toBeDefined();
  });

  it('leaves a run that was resumed since the decision, whether it ended again or not', async () => {
    const store = new MemoryStore();
    const [held, moved] = [addRun(store, 'held', DEAD, true), addRun(store, 'moved', DEAD, true)];
    const plan = await planCleanUp(store, ALL);
    store.acquireRun(held, currentProcess());
    store.acquireRun(moved, currentProcess());
    store.releaseRun({ runId: moved, fence: 2 });
    const report = await cleanUp(store, plan);
    expect(report.deleted).toEqual([]);
    expect(report.escaped.map(({ run }) => run.id).toSorted()).toEqual(['held', 'moved']);
    expect(store.listRuns({})).toHaveLength(2);
  });

  it('stops between two runs when it is aborted', async () => {
    const store = new MemoryStore();
    addRun(store, 'one', DEAD, true);
    const plan = await planCleanUp(store, ALL);
    const report = await cleanUp(store, plan, { signal: AbortSignal.abort() });
    expect(report).toMatchObject({ deleted: [], isDone: false });
    expect(store.listRuns({})).toHaveLength(1);
  });
});
