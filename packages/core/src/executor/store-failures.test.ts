import { describe, expect, it } from '@jest/globals';
import { VirtualClock } from '../base/virtual-clock.ts';
import type { ModelPipeline } from '../pipeline/index.ts';
import { turns } from './testing-local/gate.ts';
import { type RecordingOptions, RecordingStore } from './testing-local/recording-store.ts';
import { begin, execute, sketch } from './testing-local/run-pipeline.ts';

const KINDS: readonly [string, RecordingOptions][] = [
  ['throws', {}],
  ['throws at once though it answers later', { answers: 'later', failsByThrowing: true }],
  ['rejects', { answers: 'later' }],
  ['rejects and groups commits', { answers: 'later', groupsCommits: true }],
  ['throws and groups commits', { groupsCommits: true }],
];

/** Six stages in two branches; counts how often each ran to its end. */
function branches(runs: Map<string, number>): ModelPipeline {
  const does = (id: string) => async (): Promise<object> => {
    await null;
    runs.set(id, (runs.get(id) ?? 0) + 1);
    return { [id]: runs.get(id) };
  };
  return sketch({
    a: does('a'),
    b: { needs: ['a'], does: does('b') },
    c: { needs: ['b'], does: does('c') },
    d: does('d'),
    e: { needs: ['d'], does: does('e') },
    f: { needs: ['e', 'c'], does: does('f') },
  });
}

describe.each(KINDS)('a store whose commit %s', (_name, options) => {
  it('at any commit rejects the result with its error, writes nothing more, and the run can be resumed', async () => {
    const sound = new RecordingStore(options);
    await execute(branches(new Map()), { store: sound });
    expect(sound.commits).toBeGreaterThanOrEqual(4);
    for (let failsAt = 1; failsAt <= sound.commits; failsAt++) {
      const runs = new Map<string, number>();
      const pipeline = branches(runs);
      const broken = new RecordingStore({ ...options, failsAt });
      const { handle } = await begin(pipeline, { store: broken });
      await expect(handle.result).rejects.toMatchObject({
        code: 'STORE_WRITE_FAILED',
        message: expect.stringContaining(`commit ${failsAt} failed`),
      });
      await turns();
      expect(broken.commits).toBe(failsAt);
      const done = broken.inner.loadStages(handle.id).map(({ stage }) => stage);
      const before = new Map(runs);
      const { result } = await execute(pipeline, {
        store: new RecordingStore({ inner: broken.inner }),
        resume: handle.id,
      });
      expect(result.status).toBe('succeeded');
      // What was committed is never run again, all else once more.
      for (const { id } of result.stages) {
        const again = (runs.get(id) ?? 0) - (before.get(id) ?? 0);
        expect([id, again]).toEqual([id, done.includes(id) ? 0 : 1]);
      }
    }
  });
});

describe('when the store fails', () => {
  it('running stages are aborted and torn down before the result rejects', async () => {
    const log: string[] = [];
    const store = new RecordingStore({ failsAt: 2 });
    const pipeline = sketch({
      running: {
        does: {
          run: ({ signal }) =>
            new Promise((_, reject) => {
              signal.addEventListener('abort', () => {
                log.push('aborted');
                reject(signal.reason);
              });
            }),
          teardown: async () => {
            await turns(2);
            log.push('torn down');
          },
        },
      },
      quick: async () => {
        await turns(2);
        return {};
      },
    });
    const { handle } = await begin(pipeline, { store });
    await handle.result.catch(() => log.push('rejected'));
    expect(log).toEqual(['aborted', 'torn down', 'rejected']);
  });

  it('a stage that does not listen is left behind after its grace period', async () => {
    const clock = new VirtualClock();
    const { handle } = await begin(
      sketch({
        deaf: { grace: '1s', does: () => new Promise(() => undefined) },
        quick: async () => ({}),
      }),
      { clock, store: new RecordingStore({ failsAt: 3 }) },
    );
    let rejected = false;
    handle.result.catch(() => {
      rejected = true;
    });
    await clock.advance(999);
    expect(rejected).toBe(false);
    await clock.advance(1);
    expect(rejected).toBe(true);
  });

  it('no further stage is started, also when all of them are synchronous', async () => {
    const ran: string[] = [];
    const stages = ['a', 'b', 'c', 'd'].map((id) => [id, () => void ran.push(id)] as const);
    const { handle } = await begin(sketch(Object.fromEntries(stages)), {
      store: new RecordingStore({ failsAt: 3 }),
    });
    await expect(handle.result).rejects.toMatchObject({ code: 'STORE_WRITE_FAILED' });
    expect(ran).toEqual(['a']);
  });

  it('a waiting retry is given up', async () => {
    const clock = new VirtualClock();
    const { handle } = await begin(
      sketch({
        flaky: {
          retry: { attempts: 2, delay: '1h' },
          does: () => Promise.reject(new RangeError()),
        },
        quick: async () => {
          await turns(2);
          return {};
        },
      }),
      { clock, store: new RecordingStore({ failsAt: 2 }) },
    );
    await expect(handle.result).rejects.toMatchObject({ code: 'STORE_WRITE_FAILED' });
    expect(clock.pendingTimers).toBe(0);
  });

  it('nothing that was not written is announced', async () => {
    const store = new RecordingStore({ failsAt: 2 });
    const { handle, events } = await begin(
      sketch({ a: () => ({}), b: { needs: ['a'], does: () => ({}) } }),
      { store },
    );
    await expect(handle.result).rejects.toMatchObject({ code: 'STORE_WRITE_FAILED' });
    expect(events).toEqual(await store.loadEvents(handle.id, 0, 100));
    expect(events.map(({ type }) => type)).not.toContain('run.finished');
  });
});

describe('a process whose run was taken over', () => {
  it('stops with LEASE_LOST and has written nothing after the takeover', async () => {
    const store = new RecordingStore();
    const hold = Promise.withResolvers<object>();
    const { handle } = await begin(sketch({ a: () => hold.promise }), { store });
    await turns();
    store.inner.acquireRun(handle.id, { host: 'other', pid: 1, processStart: '' }, { fence: 1 });
    hold.resolve({ a: 1 });
    await expect(handle.result).rejects.toMatchObject({ code: 'LEASE_LOST' });
    expect(store.inner.loadStages(handle.id)).toEqual([]);
    expect(store.inner.findRun(handle.id)).toMatchObject({ fence: 2, owner: { host: 'other' } });
  });
});
