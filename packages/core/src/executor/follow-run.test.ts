import { describe, expect, it } from '@jest/globals';
import { asRunId } from '../base/ids.ts';
import { VirtualClock } from '../base/virtual-clock.ts';
import { isWrite, MemoryStore, type Owner } from '../checkpoint/index.ts';
import { InterceptedStore } from '../checkpoint/intercepted-store.ts';
import type { StoreCall } from '../checkpoint/store-call.ts';
import type { RunEvent } from '../events/index.ts';
import { type FollowOptions, followRun, type OwnerSight } from './follow-run.ts';
import { LEASE_MS } from './heart-beat.ts';
import { turns } from './testing-local/gate.ts';
import { DEAD_OWNER, RecordingStore } from './testing-local/recording-store.ts';
import { begin, execute, sketch, told } from './testing-local/run-pipeline.ts';

const FAR: Owner = { host: 'far-away', pid: 1, processStart: '', leaseMs: LEASE_MS };

/** What another process that looks at the store sees: it counts its calls, and may not write. */
class Readers extends InterceptedStore {
  calls = 0;

  protected override intercept<Answer>(
    call: StoreCall,
    proceed: () => Answer | Promise<Answer>,
  ): Answer | Promise<Answer> {
    this.calls++;
    if (isWrite(call)) throw new TypeError(`a follower called ${call.method}`);
    return proceed();
  }
}

/** A run that hangs in its second stage until the test lets it go on, and a follower of it. */
async function watched(owner?: Owner, options: FollowOptions = {}) {
  const hold = Promise.withResolvers<object>();
  const pipeline = sketch({
    a: () => ({ a: 1 }),
    b: { needs: ['a'], does: () => hold.promise },
  });
  const there = new VirtualClock();
  const written = new RecordingStore(owner === undefined ? {} : { owner });
  const { handle, events } = await begin(pipeline, { store: written, clock: there });
  await turns();
  const clock = new VirtualClock(0);
  const store = new Readers(written.inner);
  const seen: RunEvent[] = [];
  const sights: OwnerSight[] = [];
  const end = followRun(store, handle.id, {
    clock,
    onEvent: (event) => seen.push(event),
    onOwner: (sight) => sights.push(sight),
    ...options,
  });
  return {
    hold,
    pipeline,
    there,
    inner: written.inner,
    handle,
    events,
    clock,
    store,
    seen,
    sights,
    end,
  };
}

describe('followRun', () => {
  it('tells the events that are on record, then those to come, and ends with the run', async () => {
    const { hold, handle, events, clock, seen, sights, end } = await watched();
    await clock.advance(10_000);
    expect(told(seen)).toEqual([
      'run.started',
      'stage.started a',
      'stage.succeeded a',
      'stage.started b',
    ]);
    hold.resolve({ b: 1 });
    await handle.result;
    await clock.advance(1000);
    expect(await end).toMatchObject({ kind: 'ended', run: { status: 'succeeded', fence: 1 } });
    expect(seen).toEqual(events);
    expect(sights).toMatchObject([{ owner: { pid: process.pid }, state: 'running' }]);
    expect(clock.pendingTimers).toBe(0);
  });

  it('tells an ended run at once, from the event that is asked for', async () => {
    const store = new MemoryStore();
    const { handle, events } = await execute(sketch({ a: () => ({}) }), { store });
    const seen: RunEvent[] = [];
    const onEvent = (event: RunEvent): void => void seen.push(event);
    const end = await followRun(store, handle.id, { onEvent, after: 2, clock: new VirtualClock() });
    expect(end).toMatchObject({ kind: 'ended', run: { id: handle.id } });
    expect(seen).toEqual(events.slice(2));
  });

  it('asks the store more and more seldom while nothing happens, and writes nothing', async () => {
    const { clock, store, handle, hold, end } = await watched();
    await clock.advance(10_000);
    const before = store.calls;
    await clock.advance(60_000);
    expect(store.calls - before).toBeLessThanOrEqual(60);
    hold.resolve({});
    await handle.result;
    await clock.advance(1000);
    await end;
  });

  it('ends as abandoned when the owner died, with what a resume needs', async () => {
    const { clock, seen, end, inner, handle } = await watched(DEAD_OWNER);
    await clock.advance(0);
    const ended = await end;
    expect(ended).toMatchObject({ kind: 'abandoned', abandoned: { fence: 1 } });
    expect(seen).toHaveLength(4);
    expect(inner.findRun(handle.id)?.fence).toBe(1);
  });

  it('takes a run that ended just before its owner died for ended', async () => {
    const { inner, handle, hold } = await watched(DEAD_OWNER);
    const store = new RecordingStore({ inner });
    let looks = 0;
    store.findRun = async (id) => {
      const found = inner.findRun(id);
      if (++looks > 1) return found;
      hold.resolve({});
      await handle.result;
      return found;
    };
    const seen: RunEvent[] = [];
    const onEvent = (event: RunEvent): void => void seen.push(event);
    const end = await followRun(store, handle.id, { onEvent, clock: new VirtualClock() });
    expect(end).toMatchObject({ kind: 'ended', run: { status: 'succeeded' } });
    expect(told(seen).at(-1)).toBe('run.finished');
  });

  it('ends as abandoned when an owner elsewhere was silent for its lease, and not while its beat moves', async () => {
    const { there, clock, sights, end, inner, handle } = await watched(FAR);
    for (let beat = 0; beat < 10; beat++) {
      await there.advance(LEASE_MS / 6);
      await clock.advance(LEASE_MS - 5000);
    }
    expect(clock.pendingTimers).toBe(1);
    await clock.advance(LEASE_MS + 1000);
    const beat = inner.findRun(handle.id)?.beat;
    expect(await end).toMatchObject({ kind: 'abandoned', abandoned: { fence: 1, beat } });
    expect(sights).toEqual([{ owner: FAR, state: 'elsewhere' }]);
  });

  it('ends as abandoned when the run was given back unfinished', async () => {
    const { clock, inner, handle, end } = await watched();
    await clock.advance(100);
    inner.releaseRun({ runId: handle.id, fence: 1 });
    await clock.advance(1000);
    expect(await end).toMatchObject({ kind: 'abandoned', abandoned: { fence: 1 } });
  });

  it('goes on with the next owner when another process takes the run over', async () => {
    const { clock, inner, handle, sights, end } = await watched();
    await clock.advance(100);
    inner.acquireRun(handle.id, FAR, { fence: 1 });
    await clock.advance(LEASE_MS - 1000);
    expect(sights.map(({ owner }) => owner.host)).toEqual([expect.any(String), 'far-away']);
    await clock.advance(2000);
    expect(await end).toMatchObject({ kind: 'abandoned', abandoned: { fence: 2 } });
  });

  it('stops when it is told to, and the run goes on', async () => {
    const stop = new AbortController();
    const { clock, handle, hold, end } = await watched(undefined, { signal: stop.signal });
    await clock.advance(100);
    stop.abort();
    expect(await end).toMatchObject({ kind: 'stopped', run: { status: 'running' } });
    expect(clock.pendingTimers).toBe(0);
    hold.resolve({});
    expect((await handle.result).status).toBe('succeeded');
  });

  it('stops in the middle of a long story, too', async () => {
    const store = new MemoryStore();
    const many = sketch({
      a: ({ progress }) => {
        for (let done = 0; done < 5000; done++) progress({ done });
        return {};
      },
    });
    const { handle } = await execute(many, { store });
    const { lastSeq = 0 } = store.findRun(handle.id) ?? {};
    const loadEvents = store.loadEvents.bind(store);
    store.loadEvents = (id, after) => loadEvents(id, after, 1);
    const stop = new AbortController();
    let seen = 0;
    const onEvent = (): void => {
      seen++;
      if (seen === 1) setImmediate(() => stop.abort());
    };
    const end = await followRun(store, handle.id, { onEvent, signal: stop.signal });
    expect(end.kind).toBe('stopped');
    expect([seen > 0, seen < lastSeq]).toEqual([true, true]);
  });

  it('refuses a run that the store does not have', async () => {
    await expect(followRun(new MemoryStore(), asRunId('nowhere'))).rejects.toMatchObject({
      code: 'RUN_NOT_FOUND',
    });
  });
});
