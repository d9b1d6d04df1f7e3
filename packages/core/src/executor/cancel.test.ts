import { describe, expect, it } from '@jest/globals';
import { VirtualClock } from '../base/virtual-clock.ts';
import { MemoryStore } from '../checkpoint/index.ts';
import type { RunHandle } from './run-result.ts';
import { gate, turns } from './testing-local/gate.ts';
import { RecordingStore } from './testing-local/recording-store.ts';
import { begin, execute, sketch, stageIn, statuses, told } from './testing-local/run-pipeline.ts';

const never = (): Promise<never> => new Promise(() => undefined);

describe('a drain', () => {
  it('lets running stages finish, starts none, and a resume does the rest', async () => {
    const open = gate();
    const store = new MemoryStore();
    const pipeline = sketch({
      a: async () => {
        await open.opened;
        return { a: 1 };
      },
      b: { needs: ['a'], does: () => ({ b: 2 }) },
      c: { needs: ['b'], does: () => ({ c: 3 }) },
      d: { needs: ['b'], does: () => ({ d: 4 }) },
    });
    const { handle, events } = await begin(pipeline, { store });
    await turns();
    handle.cancel('drain');
    open.open();
    const result = await handle.result;
    expect(result.status).toBe('cancelled');
    expect(statuses(result)).toEqual({
      a: 'succeeded',
      b: 'cancelled',
      c: 'cancelled',
      d: 'cancelled',
    });
    expect(told(events, 'run.cancelling', 'stage.succeeded', 'run.finished')).toEqual([
      'run.cancelling',
      'stage.succeeded a',
      'run.finished',
    ]);
    const again = await execute(pipeline, { store, resume: handle.id });
    expect(again.result.status).toBe('succeeded');
    expect(stageIn(again.result, 'a').kept).toBe(true);
    expect(again.result.context.toObject()).toEqual({ a: 1, b: 2, c: 3, d: 4 });
  });

  it('that comes when nothing is left to start changes nothing', async () => {
    const open = gate();
    const { handle } = await begin(sketch({ a: () => open.opened }));
    await turns();
    handle.cancel('drain');
    open.open();
    expect((await handle.result).status).toBe('succeeded');
  });

  it('gives a thousand unstarted stages their status once each, on every kind of store', async () => {
    for (const store of [
      new MemoryStore(),
      new RecordingStore({ groupsCommits: true }),
      new RecordingStore({ answers: 'later' }),
    ]) {
      const open = gate();
      const stages = Object.fromEntries(
        Array.from({ length: 1000 }, (_, n) => [`s${n}`, { needs: ['first'], does: () => ({}) }]),
      );
      const { handle, events } = await begin(sketch({ first: () => open.opened, ...stages }), {
        store,
      });
      await turns();
      handle.cancel('drain');
      open.open();
      expect((await handle.result).status).toBe('cancelled');
      expect(told(events, 'stage.cancelled')).toHaveLength(1000);
      expect(told(events, 'run.finished')).toHaveLength(1);
    }
  });
});

describe('a kill', () => {
  it('aborts running stages, tears them down and waits no longer than their grace', async () => {
    const clock = new VirtualClock();
    const log: string[] = [];
    const { handle } = await begin(
      sketch({
        polite: {
          does: {
            run: ({ signal }) =>
              new Promise((_, reject) => signal.addEventListener('abort', reject)),
            teardown: () => void log.push('polite torn down'),
          },
        },
        deaf: {
          grace: '3s',
          does: { run: never, teardown: () => void log.push('deaf torn down') },
        },
        next: { needs: ['deaf'], does: () => ({}) },
      }),
      { clock },
    );
    await clock.advance(10);
    handle.cancel('kill');
    await clock.advance(2999);
    expect(log).toEqual(['polite torn down']);
    await clock.advance(1);
    const result = await handle.result;
    expect(log).toEqual(['polite torn down', 'deaf torn down']);
    expect(result.status).toBe('cancelled');
    expect(statuses(result)).toEqual({
      polite: 'cancelled',
      deaf: 'cancelled',
      next: 'cancelled',
    });
    expect(stageIn(result, 'deaf').failure).toMatchObject({
      reason: 'cancelled',
      code: 'STAGE_CANCELLED',
    });
  });

  it('follows a drain that takes too long', async () => {
    const clock = new VirtualClock();
    const { handle, events } = await begin(sketch({ a: { grace: '1s', does: never } }), { clock });
    await clock.advance(1);
    handle.cancel('drain');
    await clock.advance(60_000);
    handle.cancel('kill');
    await clock.advance(1000);
    expect((await handle.result).status).toBe('cancelled');
    expect(told(events, 'run.cancelling')).toHaveLength(2);
  });

  it('reaches the very stage that asks for it, before its first await', async () => {
    const clock = new VirtualClock();
    let handle: RunHandle | undefined;
    const pipeline = sketch({
      a: ({ signal }) => {
        handle?.cancel('kill');
        return new Promise((_, reject) => signal.addEventListener('abort', reject));
      },
      b: { needs: ['a'], does: () => ({}) },
    });
    const begun = await begin(pipeline, { clock });
    handle = begun.handle;
    await clock.advance(0);
    expect(statuses(await handle.result)).toEqual({ a: 'cancelled', b: 'cancelled' });
  });
});

describe('a cancel before the first stage', () => {
  it.each(['drain', 'kill'] as const)(
    'as a %s runs nothing and tells of the start first',
    async (mode) => {
      let ran = false;
      const { handle, events } = await begin(
        sketch({
          a: () => {
            ran = true;
          },
          b: { needs: ['a'], does: () => ({}) },
        }),
      );
      handle.cancel(mode);
      const result = await handle.result;
      await turns();
      expect([ran, result.status]).toEqual([false, 'cancelled']);
      expect(events.map(({ seq, type }) => [seq, type])).toEqual([
        [1, 'run.started'],
        [2, 'run.cancelling'],
        [3, 'stage.cancelled'],
        [4, 'stage.cancelled'],
        [5, 'run.finished'],
      ]);
    },
  );

  it('of a resumed run keeps what was kept', async () => {
    const store = new MemoryStore();
    let isBroken = true;
    const pipeline = sketch({
      a: () => ({ a: 1 }),
      b: {
        needs: ['a'],
        does: () => {
          if (isBroken) throw new RangeError('no');
          return { b: 2 };
        },
      },
    });
    const first = await execute(pipeline, { store });
    const second = await begin(pipeline, { store, resume: first.handle.id });
    second.handle.cancel('kill');
    const cancelled = await second.handle.result;
    expect(statuses(cancelled)).toEqual({ a: 'reused', b: 'cancelled' });
    isBroken = false;
    const third = await execute(pipeline, { store, resume: first.handle.id });
    expect(statuses(third.result)).toEqual({ a: 'reused', b: 'succeeded' });
  });

  it('by a signal that is aborted already runs nothing', async () => {
    const { result, events } = await execute(sketch({ a: () => ({ a: 1 }) }), {
      signal: AbortSignal.abort(),
    });
    expect(statuses(result)).toEqual({ a: 'cancelled' });
    expect(events[0]?.type).toBe('run.started');
  });
});

describe('an abort signal', () => {
  it('kills the run, and is let go of when the run has ended', async () => {
    const controller = new AbortController();
    const pipeline = sketch({
      a: ({ signal }) => new Promise((_, reject) => signal.addEventListener('abort', reject)),
    });
    const { handle } = await begin(pipeline, { signal: controller.signal });
    await turns();
    controller.abort();
    expect((await handle.result).status).toBe('cancelled');
    const done = await execute(sketch({ a: () => ({}) }), { signal: new AbortController().signal });
    done.handle.cancel('kill');
    expect(told(done.events, 'run.cancelling')).toEqual([]);
  });
});
