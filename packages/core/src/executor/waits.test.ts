import { describe, expect, test } from '@jest/globals';
import type { RunId } from '../base/ids.ts';
import { VirtualClock } from '../base/virtual-clock.ts';
import { z } from '../base/zod.ts';
import type { CheckpointStore } from '../checkpoint/index.ts';
import { MemoryStore } from '../checkpoint/index.ts';
import type { RunEvent } from '../events/index.ts';
import { verifyEvents } from '../run/index.ts';
import type { StageParts } from '../runner/testing-local/stage-of.ts';
import { openWaits, sendSignal } from '../signals/index.ts';
import {
  begin,
  type Executed,
  execute,
  sketch,
  statuses,
  told,
} from './testing-local/run-pipeline.ts';

const Approval = z.object({ ok: z.boolean() });
const HOUR_MS = 3_600_000;

/** What `review` waited for, attempt by attempt. */
interface Scene {
  readonly clock: VirtualClock;
  readonly store: MemoryStore;
  readonly seen: unknown[];
}

function scene(): Scene {
  return { clock: new VirtualClock(), store: new MemoryStore(), seen: [] };
}

/** `review` waits for "approve", and writes what it was told. */
function reviewing({ seen }: Scene, timeout?: string): NonNullable<StageParts['run']> {
  return async (scope) => {
    const options = timeout === undefined ? {} : { timeout };
    const answer = await scope.waitFor('approve', Approval, options);
    seen.push(answer);
    return { answer };
  };
}

async function started(
  { clock, store }: Scene,
  stages: Parameters<typeof sketch>[0],
  options: Parameters<typeof begin>[1] = {},
): Promise<Executed> {
  const executed = await begin(sketch(stages), { clock, store, ...options });
  await clock.advance(0);
  return executed;
}

function answer(store: CheckpointStore, id: RunId, data: unknown = { ok: true }) {
  return sendSignal(store, id, { name: 'approve', data });
}

function ofType<Type extends RunEvent['type']>(
  events: readonly RunEvent[],
  type: Type,
): readonly Extract<RunEvent, { readonly type: Type }>[] {
  return events.filter(
    (event): event is Extract<RunEvent, { readonly type: Type }> => event.type === type,
  );
}

/** The stages of a session are left as a dead process leaves them, and another one resumes. */
async function killed(store: MemoryStore, id: RunId): Promise<void> {
  const fence = store.findRun(id)?.fence ?? 0;
  store.releaseRun({ runId: id, fence });
}

describe('a stage that waits for a signal', () => {
  test('gets the data as its schema reads them', async () => {
    const s = scene();
    const { handle, events } = await started(s, { review: reviewing(s) });
    expect(await openWaits(s.store, handle.id)).toMatchObject([
      { stage: 'review', name: 'approve', call: 1, status: 'waiting' },
    ]);
    await answer(s.store, handle.id, { ok: true, note: 'left out' });
    await s.clock.advance(1000);
    const result = await handle.result;
    expect(result.context.get('answer')).toEqual({ ok: true });
    expect(told(events)).toEqual([
      'run.started',
      'stage.started review',
      'stage.waiting review',
      'stage.woken review',
      'stage.succeeded review',
      'run.finished',
    ]);
    verifyEvents(sketch({ review: reviewing(s) }).graph, events);
  });

  test('takes one that came before it waits, and tells of no wait', async () => {
    const s = scene();
    const gate = Promise.withResolvers<void>();
    const { handle, events } = await started(s, {
      early: () => gate.promise,
      review: { does: reviewing(s), needs: ['early'] },
    });
    await answer(s.store, handle.id);
    gate.resolve();
    expect(statuses(await handle.result)).toEqual({ early: 'succeeded', review: 'succeeded' });
    expect(ofType(events, 'stage.waiting')).toEqual([]);
    expect(ofType(events, 'stage.woken')).toMatchObject([{ name: 'approve', signal: 1 }]);
  });

  test('gets the same answer at once in a later attempt', async () => {
    const s = scene();
    const { handle, events } = await started(s, {
      review: {
        retry: { attempts: 3, delay: '1s' },
        does: async (scope) => {
          s.seen.push(await scope.waitFor('approve', Approval));
          if (scope.attempt < 3) throw new RangeError('later');
        },
      },
    });
    await answer(s.store, handle.id, { ok: false });
    await answer(s.store, handle.id, { ok: true });
    await s.clock.advance(10_000);
    await handle.result;
    expect(s.seen).toEqual([{ ok: false }, { ok: false }, { ok: false }]);
    expect(ofType(events, 'stage.woken')).toHaveLength(1);
  });

  test('gets the signals of a name in their order, call by call, whatever stage asks', async () => {
    const s = scene();
    const twice: StageParts['run'] = async (scope) => {
      s.seen.push([await scope.waitFor('next'), await scope.waitFor('next')]);
    };
    const { handle } = await started(s, { a: twice, b: twice });
    for (const data of ['first', 'second', 'third']) {
      await sendSignal(s.store, handle.id, { name: 'next', data });
    }
    await s.clock.advance(2000);
    await handle.result;
    expect(s.seen).toEqual([
      ['first', 'second'],
      ['first', 'second'],
    ]);
  });

  test('does not take one that is for another stage', async () => {
    const s = scene();
    const { handle } = await started(s, { a: reviewing(s), b: reviewing(s) });
    await sendSignal(s.store, handle.id, { name: 'approve', stage: 'b', data: { ok: false } });
    await s.clock.advance(1000);
    expect(await openWaits(s.store, handle.id)).toMatchObject([{ stage: 'a' }]);
    await answer(s.store, handle.id);
    await s.clock.advance(1000);
    await handle.result;
    expect(s.seen).toEqual([{ ok: false }, { ok: true }]);
  });

  test('waits on after data that its schema refuses, and takes the next ones', async () => {
    const s = scene();
    // A refinement is nothing that JSON Schema could tell the sender.
    const Small = z.object({ n: z.number().refine((n) => n < 10, 'must be small') });
    const { handle, events } = await started(s, {
      review: async (scope) => s.seen.push(await scope.waitFor('approve', Small)) > 0 && undefined,
    });
    await answer(s.store, handle.id, { n: 70 });
    await s.clock.advance(1000);
    expect(ofType(events, 'stage.signal-refused')).toMatchObject([
      { name: 'approve', signal: 1, issues: [{ path: 'n', message: 'must be small, got 70' }] },
    ]);
    await answer(s.store, handle.id, { n: 7 });
    await s.clock.advance(1000);
    await handle.result;
    expect(s.seen).toEqual([{ n: 7 }]);
  });

  test('refuses at the sender what its recorded schema refuses', async () => {
    const s = scene();
    const { handle } = await started(s, { review: reviewing(s) });
    await expect(answer(s.store, handle.id, { ok: 'yes' })).rejects.toMatchObject({
      code: 'SIGNAL_REFUSED',
      message:
        'stage "review" waits for "approve" with other data: ok must be true or false, got the text "yes"',
    });
    expect(s.store.loadSignals(handle.id, 0)).toEqual([]);
    handle.cancel('kill');
    await handle.result;
  });

  test('asks the store only while it waits', async () => {
    const s = scene();
    let looks = 0;
    const store = new Proxy(s.store, {
      get(target, key) {
        if (key === 'loadSignals') looks++;
        const member: unknown = Reflect.get(target, key);
        return typeof member === 'function' ? member.bind(target) : member;
      },
    });
    const gate = Promise.withResolvers<void>();
    const { handle } = await started(
      { ...s, store },
      { review: reviewing(s), slow: { does: () => gate.promise, needs: ['review'] } },
    );
    await s.clock.advance(5000);
    expect(looks).toBe(11);
    await answer(s.store, handle.id);
    await s.clock.advance(500);
    const atAnswer = looks;
    await s.clock.advance(60_000);
    expect(looks).toBe(atAnswer);
    gate.resolve();
    await handle.result;
  });
});

describe('the timeout of a wait', () => {
  test('fails the stage with a code, and is not tried again', async () => {
    const s = scene();
    const { handle } = await started(s, {
      review: { does: reviewing(s, '2h'), retry: { attempts: 5, delay: '1s' } },
    });
    await s.clock.advance(2 * HOUR_MS - 1);
    expect(await openWaits(s.store, handle.id)).toHaveLength(1);
    await s.clock.advance(1);
    const { stages } = await handle.result;
    expect(stages).toMatchObject([
      {
        status: 'failed',
        attempt: 1,
        failure: { code: 'WAIT_TIMED_OUT', reason: 'wait-timed-out' },
      },
    ]);
  });

  test('counts on while no process runs, and a signal that came meanwhile wins', async () => {
    const s = scene();
    const stages = { review: reviewing(s, '2h') };
    const first = await started(s, stages);
    await s.clock.advance(HOUR_MS);
    await killed(s.store, first.handle.id);
    await s.clock.advance(0.5 * HOUR_MS);
    const second = await started(s, stages, { resume: first.handle.id });
    expect(ofType(second.events, 'stage.waiting')).toMatchObject([
      { until: s.clock.now() + 0.5 * HOUR_MS },
    ]);
    await s.clock.advance(0.5 * HOUR_MS);
    expect(statuses(await second.handle.result)).toEqual({ review: 'failed' });
    await answer(s.store, first.handle.id);
    const third = await execute(sketch(stages), { ...s, resume: first.handle.id });
    expect(statuses(third.result)).toEqual({ review: 'succeeded' });
  });

  test('is caught by a stage that goes on without the answer', async () => {
    const s = scene();
    const { handle } = await started(s, {
      review: async (scope) => {
        const told = await scope.waitFor('approve', Approval, { timeout: 1000 }).catch((error) => ({
          ok: error.code,
        }));
        s.seen.push(told);
      },
    });
    await s.clock.advance(1000);
    expect(statuses(await handle.result)).toEqual({ review: 'succeeded' });
    expect(s.seen).toEqual([{ ok: 'WAIT_TIMED_OUT' }]);
  });
});

describe('a stage that sleeps', () => {
  const sleeping =
    (seen: unknown[]): StageParts['run'] =>
    async (scope) => {
      await scope.sleep('2h');
      seen.push(scope.attempt);
    };

  test('sleeps only the rest after a kill', async () => {
    const s = scene();
    const first = await started(s, { nap: sleeping(s.seen) });
    await s.clock.advance(1.5 * HOUR_MS);
    await killed(s.store, first.handle.id);
    const { handle } = await started(s, { nap: sleeping(s.seen) }, { resume: first.handle.id });
    await s.clock.advance(0.5 * HOUR_MS - 1);
    expect(s.seen).toEqual([]);
    await s.clock.advance(1);
    await handle.result;
    expect(s.seen).toContain(2);
  });

  test('goes on at once when its time has passed while no process ran', async () => {
    const s = scene();
    const first = await started(s, { nap: sleeping(s.seen) });
    await killed(s.store, first.handle.id);
    s.seen.length = 0;
    const later = new VirtualClock(s.clock.now() + 3 * HOUR_MS);
    const { result } = await execute(sketch({ nap: sleeping(s.seen) }), {
      store: s.store,
      clock: later,
      resume: first.handle.id,
    });
    expect(result.status).toBe('succeeded');
    expect(s.seen).toEqual([2]);
  });

  test('never sleeps longer than it was asked to when the wall clock was set back', async () => {
    const s = scene();
    const first = await started(s, { nap: sleeping(s.seen) });
    await killed(s.store, first.handle.id);
    const clock = new VirtualClock(s.clock.now() - 24 * HOUR_MS);
    const { handle } = await started(
      { ...s, clock },
      { nap: sleeping(s.seen) },
      { resume: first.handle.id },
    );
    await clock.advance(2 * HOUR_MS);
    expect((await handle.result).status).toBe('succeeded');
  });

  test('has a timeout of its own that stands still meanwhile', async () => {
    const s = scene();
    const { handle } = await started(s, { nap: { does: sleeping(s.seen), timeout: '1m' } });
    await s.clock.advance(2 * HOUR_MS);
    expect((await handle.result).status).toBe('succeeded');
  });

  test('still times out where it works too long after it slept', async () => {
    const s = scene();
    const { handle } = await started(s, {
      nap: {
        timeout: '1m',
        does: async (scope) => {
          await scope.sleep('2h');
          await new Promise(() => {});
        },
      },
    });
    await s.clock.advance(2 * HOUR_MS + 59_000);
    expect(s.store.loadStages(handle.id)).toEqual([]);
    await s.clock.advance(60_000);
    expect((await handle.result).stages).toMatchObject([{ failure: { code: 'STAGE_TIMED_OUT' } }]);
  });

  test('refuses a duration without a unit', async () => {
    const s = scene();
    const { result } = await execute(sketch({ nap: (scope) => scope.sleep('2') }), s);
    expect(result.stages).toMatchObject([
      {
        failure: { thrown: { code: 'WAIT_INVALID' }, message: expect.stringContaining('got "2"') },
      },
    ]);
  });
});

describe('the slots of a run', () => {
  test('are not held by stages that wait, and are taken again before others start', async () => {
    const s = scene();
    const gates = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    const running: string[] = [];
    const work =
      (place: number): StageParts['run'] =>
      async (scope) => {
        running.push(scope.stageId);
        await gates[place]?.promise;
      };
    const { handle } = await started(
      s,
      { review: reviewing(s), one: work(0), two: work(1) },
      { concurrency: 1 },
    );
    await s.clock.advance(1000);
    expect(running).toEqual(['one']);
    await answer(s.store, handle.id);
    await s.clock.advance(1000);
    expect(s.seen).toEqual([]);
    gates[0]?.resolve();
    await s.clock.advance(0);
    expect(s.seen).toEqual([{ ok: true }]);
    await s.clock.advance(0);
    expect(running).toEqual(['one', 'two']);
    gates[1]?.resolve();
    expect((await handle.result).status).toBe('succeeded');
  });

  test('are not held by a stage that waits for two signals until both have come', async () => {
    const s = scene();
    const { handle } = await started(
      s,
      {
        both: async (scope) => {
          s.seen.push(await Promise.all([scope.waitFor('legal'), scope.waitFor('risk')]));
        },
        other: (scope) => scope.sleep(2000),
      },
      { concurrency: 1 },
    );
    await sendSignal(s.store, handle.id, { name: 'risk', data: 2 });
    await s.clock.advance(5000);
    expect(s.store.loadStages(handle.id)).toMatchObject([{ stage: 'other' }]);
    await sendSignal(s.store, handle.id, { name: 'legal', data: 1 });
    await s.clock.advance(1000);
    await handle.result;
    expect(s.seen).toEqual([[1, 2]]);
  });
});

describe('a run that stops', () => {
  test('by a first Ctrl-C does not wait for the answer, which a resume then takes', async () => {
    const s = scene();
    const first = await started(s, { review: reviewing(s) });
    first.handle.cancel('drain');
    expect((await first.handle.result).status).toBe('cancelled');
    expect(s.clock.pendingTimers).toBe(0);
    await answer(s.store, first.handle.id);
    const { result } = await execute(sketch({ review: reviewing(s) }), {
      ...s,
      resume: first.handle.id,
    });
    expect(result.status).toBe('succeeded');
  });

  test('after a failure does not wait for an answer', async () => {
    const s = scene();
    const { handle } = await started(s, {
      review: reviewing(s),
      broken: async (scope) => {
        await scope.sleep(10);
        throw new RangeError('broken');
      },
    });
    await s.clock.advance(10);
    const result = await handle.result;
    expect(result.status).toBe('failed');
    expect(statuses(result)).toEqual({ review: 'cancelled', broken: 'failed' });
  });
});

describe('a run that is released while it waits', () => {
  const stages = (s: Scene) => ({
    load: () => ({ rows: 3 }),
    review: { does: reviewing(s), needs: ['load'] },
    side: (scope: Parameters<NonNullable<StageParts['run']>>[0]) => scope.sleep(60_000),
  });

  test('ends as soon as all that is left waits, and a resume goes on', async () => {
    const s = scene();
    const closed: string[] = [];
    const pipeline = sketch({
      ...stages(s),
      review: {
        needs: ['load'],
        does: { run: reviewing(s), setup: () => {}, teardown: () => void closed.push('review') },
      },
    });
    const first = await begin(pipeline, { ...s, detachWaits: true });
    const result = await first.handle.result;
    expect(result.status).toBe('waiting');
    expect(closed).toEqual(['review']);
    expect(s.clock.pendingTimers).toBe(0);
    expect(told(first.events).at(-1)).toBe('run.released');
    expect(s.store.findRun(first.handle.id)).toMatchObject({ status: 'running' });
    expect(s.store.findRun(first.handle.id)?.owner).toBeUndefined();
    await answer(s.store, first.handle.id);
    const second = await begin(pipeline, { ...s, resume: first.handle.id, detachWaits: true });
    expect((await second.handle.result).status).toBe('waiting');
    expect(s.seen).toEqual([{ ok: true }]);
    const clock = new VirtualClock(s.clock.now() + 60_000);
    const third = await execute(pipeline, { ...s, clock, resume: first.handle.id });
    expect(third.result.status).toBe('succeeded');
    const events = [...first.events, ...second.events, ...third.events];
    verifyEvents(pipeline.graph, events);
    expect(s.store.loadStages(first.handle.id)).toHaveLength(3);
  });

  test('does not end for a time that is over soon', async () => {
    const s = scene();
    const pipeline = sketch({ nap: (scope) => scope.sleep(59_000) });
    const { handle } = await begin(pipeline, { ...s, detachWaits: true });
    await s.clock.advance(59_000);
    expect((await handle.result).status).toBe('succeeded');
  });

  test('does not end before the answer that is there already was taken', async () => {
    const s = scene();
    const pipeline = sketch({ review: reviewing(s) });
    const first = await begin(pipeline, { ...s, detachWaits: true });
    await answer(s.store, first.handle.id);
    expect((await first.handle.result).status).toBe('succeeded');
  });
});

describe('a stage cannot wait', () => {
  test('in its teardown', async () => {
    const s = scene();
    const thrown: unknown[] = [];
    await execute(
      sketch({
        review: {
          does: {
            run: () => {},
            setup: () => {},
            teardown: (scope) => scope.waitFor('approve').catch((error) => thrown.push(error.code)),
          },
        },
      }),
      s,
    );
    expect(thrown).toEqual(['WAIT_IMPOSSIBLE']);
  });

  test('for a name that nobody could write', async () => {
    const s = scene();
    const { result } = await execute(sketch({ review: (scope) => scope.waitFor(' ') }), s);
    expect(result.stages).toMatchObject([{ failure: { thrown: { code: 'WAIT_INVALID' } } }]);
  });

  test('for a name that holds a secret', async () => {
    const s = scene();
    const holdsSecret = (text: string): boolean => text.includes('hunter2');
    const { result } = await execute(sketch({ review: (scope) => scope.waitFor('hunter2') }), {
      ...s,
      holdsSecret,
    });
    expect(result.stages).toMatchObject([{ failure: { code: 'SECRET_IN_VALUE' } }]);
    expect(s.store.loadWaits(result.runId)).toEqual([]);
  });
});
