import { hostname } from 'node:os';
import { describe, expect, it } from '@jest/globals';
import type { RunId } from '../base/ids.ts';
import { VirtualClock } from '../base/virtual-clock.ts';
import type { Owner } from '../checkpoint/index.ts';
import { LEASE_MS } from './heart-beat.ts';
import { PipelineExecutor } from './pipeline-executor.ts';
import { turns } from './testing-local/gate.ts';
import { DEAD_OWNER, RecordingStore } from './testing-local/recording-store.ts';
import { begin, execute, sketch } from './testing-local/run-pipeline.ts';

const YEAR_MS = 365 * 86_400_000;
const FAR: Owner = { host: 'far-away', pid: 1, processStart: '', leaseMs: LEASE_MS };

/** Two stages, of which the first hangs once; counts how often each ran. */
function scene() {
  const ran: string[] = [];
  const hold = Promise.withResolvers<object>();
  let hangs = true;
  const pipeline = sketch({
    a: () => {
      ran.push('a');
      const hung = hangs;
      hangs = false;
      return hung ? hold.promise : { a: 1 };
    },
    b: {
      needs: ['a'],
      does: () => {
        ran.push('b');
        return { b: 1 };
      },
    },
  });
  return { ran, hold, pipeline };
}

/** A run whose record names this owner; it goes on until the test ends it. */
async function heldBy(owner: Owner, clock = new VirtualClock()) {
  const { ran, hold, pipeline } = scene();
  const store = new RecordingStore({ owner });
  const { handle } = await begin(pipeline, { store, clock });
  await turns();
  return { ran, hold, pipeline, clock, handle, inner: store.inner };
}

describe('a run whose owner is on another machine', () => {
  it('is taken over once the owner was silent for its lease, and the owner is shut out', async () => {
    const { inner, pipeline, handle, ran, hold } = await heldBy(FAR);
    // The machines agree neither on the day nor on anything else.
    const here = new VirtualClock(Date.UTC(2026, 0, 1) + 7 * YEAR_MS);
    const resumed = execute(pipeline, { store: inner, clock: here, resume: handle.id });
    await here.advance(LEASE_MS - 1);
    expect(inner.findRun(handle.id)?.fence).toBe(1);
    await here.advance(1);
    expect((await resumed).result.status).toBe('succeeded');
    expect(ran).toEqual(['a', 'a', 'b']);
    hold.resolve({ a: 'from the dead' });
    await expect(handle.result).rejects.toMatchObject({ code: 'LEASE_LOST' });
    expect(inner.loadStages(handle.id).map(({ fence }) => fence)).toEqual([2, 2]);
  });

  it('is refused as soon as the owner gives a sign of life', async () => {
    const { inner, pipeline, clock: there, handle, hold } = await heldBy(FAR);
    const here = new VirtualClock(Date.UTC(1999, 0, 1));
    const resumed = execute(pipeline, { store: inner, clock: here, resume: handle.id });
    const refused = expect(resumed).rejects.toMatchObject({
      code: 'RUN_HELD',
      message: expect.stringContaining('far-away, another machine, and its lease has not run out'),
      help: expect.stringContaining('taken over after 30.0s'),
      details: { state: 'elsewhere' },
    });
    await here.advance(LEASE_MS / 2);
    await there.advance(LEASE_MS / 2);
    await here.advance(1000);
    await refused;
    hold.resolve({});
    expect((await handle.result).status).toBe('succeeded');
  });

  it('is not taken over by a look that was overtaken by a beat', async () => {
    const { inner, pipeline, handle } = await heldBy(FAR);
    const here = new VirtualClock();
    const acquireRun = inner.acquireRun.bind(inner);
    const store = new RecordingStore({ inner });
    store.acquireRun = (...args) => {
      inner.renewLease({ runId: handle.id, fence: 1 });
      return acquireRun(...args);
    };
    const resumed = execute(pipeline, { store, clock: here, resume: handle.id });
    const refused = expect(resumed).rejects.toMatchObject({ code: 'RUN_HELD' });
    await here.advance(LEASE_MS);
    expect(inner.findRun(handle.id)?.fence).toBe(1);
    inner.renewLease({ runId: handle.id, fence: 1 });
    await here.advance(1000);
    await refused;
  });

  it('is refused at once when the owner promised no beat, and when the wait is given up', async () => {
    const { leaseMs: _none, ...silent } = FAR;
    const old = await heldBy(silent);
    await expect(
      execute(old.pipeline, { store: old.inner, resume: old.handle.id }),
    ).rejects.toMatchObject({ code: 'RUN_HELD', help: 'resume it on that machine' });
    const { inner, pipeline, handle } = await heldBy(FAR);
    const patience = new AbortController();
    const options = { store: inner, clock: new VirtualClock(), signal: patience.signal };
    const resumed = execute(pipeline, { ...options, resume: handle.id });
    await turns();
    patience.abort();
    await expect(resumed).rejects.toMatchObject({ code: 'RUN_HELD' });
    expect(options.clock.pendingTimers).toBe(0);
  });

  it('that ends meanwhile is looked at again', async () => {
    const { inner, pipeline, handle, hold } = await heldBy(FAR);
    const here = new VirtualClock();
    const resumed = execute(pipeline, { store: inner, clock: here, resume: handle.id });
    const refused = expect(resumed).rejects.toMatchObject({ code: 'RUN_ALREADY_SUCCEEDED' });
    await here.advance(1000);
    hold.resolve({});
    await handle.result;
    await here.advance(1000);
    await refused;
    expect(inner.findRun(handle.id)).toMatchObject({ status: 'succeeded', fence: 1 });
  });
});

describe('a run whose owner is on this machine', () => {
  it.each([
    ['stands still', 0],
    ['jumped years ahead', 9 * YEAR_MS],
    ['fell years back', -9 * YEAR_MS],
  ])(
    'is refused while it lives and taken over when it is dead, when the clock %s',
    async (_, jumpMs) => {
      const clock = new VirtualClock(Date.UTC(2026, 0, 1) + jumpMs);
      const alive = await heldBy(
        { ...DEAD_OWNER, pid: process.pid, leaseMs: 1 },
        new VirtualClock(),
      );
      await expect(
        execute(alive.pipeline, { store: alive.inner, clock, resume: alive.handle.id }),
      ).rejects.toMatchObject({ code: 'RUN_HELD', details: { state: 'running' } });
      const dead = await heldBy({ ...DEAD_OWNER, leaseMs: 1e9 }, new VirtualClock());
      const { result } = await execute(dead.pipeline, {
        store: dead.inner,
        clock,
        resume: dead.handle.id,
      });
      expect(result.status).toBe('succeeded');
      expect(clock.pendingTimers).toBe(0);
    },
  );

  it('is not reopened when its owner ended it between the look and its death', async () => {
    const { inner, pipeline, handle, hold } = await heldBy({ ...DEAD_OWNER, host: hostname() });
    const store = new RecordingStore({ inner });
    const findRun = inner.findRun.bind(inner);
    let looks = 0;
    store.findRun = async (id: RunId) => {
      const found = findRun(id);
      if (++looks > 1) return found;
      hold.resolve({});
      await handle.result;
      return found;
    };
    await expect(execute(pipeline, { store, resume: handle.id })).rejects.toMatchObject({
      code: 'RUN_ALREADY_SUCCEEDED',
    });
    expect(inner.findRun(handle.id)).toMatchObject({ status: 'succeeded', fence: 1 });
  });

  it('is resumed by one of many that try at once, and no stage runs twice', async () => {
    const { inner, pipeline, handle, ran } = await heldBy(DEAD_OWNER);
    const executor = new PipelineExecutor({
      store: new RecordingStore({ inner, answers: 'later' }),
    });
    const tries = Array.from({ length: 8 }, async () => {
      const resumed = await executor.resume(handle.id, pipeline);
      return (await resumed.result).status;
    });
    const ends = await Promise.allSettled(tries);
    expect(ends.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    const codes = ends.flatMap((end) => (end.status === 'rejected' ? [end.reason.code] : []));
    expect(codes.every((code) => ['RUN_HELD', 'RUN_ALREADY_SUCCEEDED'].includes(code))).toBe(true);
    expect(ran).toEqual(['a', 'a', 'b']);
    expect(inner.findRun(handle.id)).toMatchObject({ status: 'succeeded', fence: 2 });
  });

  it('is not taken from an owner that lives, whatever the caller says of it', async () => {
    const { inner, pipeline, handle } = await heldBy({ ...DEAD_OWNER, pid: process.pid });
    const { beat = 0 } = inner.findRun(handle.id) ?? {};
    for (const abandoned of [{ fence: 1 }, { fence: 1, beat }]) {
      const resumed = new PipelineExecutor({ store: inner }).resume(handle.id, pipeline, {
        abandoned,
      });
      await expect(resumed).rejects.toMatchObject({ code: 'RUN_HELD' });
    }
  });
});

describe('a run that a follower found abandoned', () => {
  it('is replaced as it was seen, and else watched again', async () => {
    const { inner, pipeline, handle } = await heldBy(FAR);
    const beat = inner.findRun(handle.id)?.beat ?? 0;
    const here = new VirtualClock();
    const options = { store: inner, clock: here };
    const outdated = new PipelineExecutor(options).resume(handle.id, pipeline, {
      abandoned: { fence: 1, beat: beat - 1 },
    });
    await turns();
    expect(here.pendingTimers).toBe(1);
    await here.advance(LEASE_MS);
    expect((await (await outdated).result).status).toBe('succeeded');
    const second = await heldBy(FAR);
    const seen = { fence: 1, beat: second.inner.findRun(second.handle.id)?.beat ?? 0 };
    const resumed = await new PipelineExecutor({ store: second.inner, clock: here }).resume(
      second.handle.id,
      second.pipeline,
      { abandoned: seen },
    );
    expect((await resumed.result).status).toBe('succeeded');
  });
});
