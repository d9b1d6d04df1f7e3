import { describe, expect, it } from '@jest/globals';
import type { AttemptScope } from '../attempt/index.ts';
import { asRunId } from '../base/ids.ts';
import { z } from '../base/zod.ts';
import { MemoryStore } from '../checkpoint/index.ts';
import type { ModelPipeline } from '../pipeline/index.ts';
import { PipelineExecutor } from './pipeline-executor.ts';
import { turns } from './testing-local/gate.ts';
import { DEAD_OWNER, RecordingStore } from './testing-local/recording-store.ts';
import {
  begin,
  execute,
  type SketchedStage,
  sketch,
  stageIn,
  statuses,
  told,
} from './testing-local/run-pipeline.ts';

interface Scene {
  readonly pipeline: (changes?: Record<string, Partial<SketchedStage>>) => ModelPipeline;
  /** Stages in the order in which they ran. */
  readonly ran: string[];
  readonly broken: Set<string>;
}

/** a -> b -> d and a -> c -> d, e apart; any of them can be broken. */
function scene(): Scene {
  const ran: string[] = [];
  const broken = new Set<string>();
  const stage = (
    id: string,
    needs: string[],
    more: Partial<SketchedStage> = {},
  ): SketchedStage => ({
    needs,
    does: {
      spec: { version: '1' },
      run: ({ inputs }: AttemptScope) => {
        ran.push(id);
        if (broken.has(id)) throw new RangeError(`${id} is broken`);
        return {
          [id]: Object.keys(inputs as object)
            .sort()
            .join(''),
        };
      },
    },
    ...more,
  });
  const pipeline: Scene['pipeline'] = (changes = {}) =>
    sketch(
      {
        a: stage('a', [], changes.a),
        b: stage('b', ['a'], changes.b),
        c: stage('c', ['a'], changes.c),
        d: stage('d', ['b', 'c'], changes.d),
        e: stage('e', [], changes.e),
      },
      { failureMode: 'continue', context: { given: [1] } },
    );
  return { pipeline, ran, broken };
}

describe('a resume', () => {
  it('runs the failed stage and its descendants only, and ends with the context of a run without failure', async () => {
    const { pipeline, ran, broken } = scene();
    const store = new MemoryStore();
    const whole = await execute(pipeline());
    ran.length = 0;
    broken.add('b');
    const first = await execute(pipeline(), { store });
    expect(statuses(first.result)).toEqual({
      a: 'succeeded',
      b: 'failed',
      c: 'succeeded',
      d: 'skipped',
      e: 'succeeded',
    });
    broken.clear();
    ran.length = 0;
    const { result, events, handle } = await execute(pipeline(), {
      store,
      resume: first.handle.id,
    });
    expect(ran).toEqual(['b', 'd']);
    expect(result.status).toBe('succeeded');
    expect(statuses(result)).toEqual({
      a: 'reused',
      b: 'succeeded',
      c: 'reused',
      d: 'succeeded',
      e: 'reused',
    });
    expect(result.stages.filter(({ kept }) => kept).map(({ id }) => id)).toEqual(['a', 'c', 'e']);
    expect(result.context.toObject()).toEqual(whole.result.context.toObject());
    expect(hashes(result)).toEqual(hashes(whole.result));
    expect(events[0]).toMatchObject({ type: 'run.resumed', plan: { run: 2, reuse: 3, skip: 0 } });
    expect(handle.plan.explanations).toEqual([
      'it succeeded in attempt 1',
      'it failed',
      'it succeeded in attempt 1',
      'it was skipped',
      'it succeeded in attempt 1',
    ]);
  });

  it('numbers events on from where the run stopped', async () => {
    const { pipeline, broken } = scene();
    const store = new MemoryStore();
    broken.add('d');
    const { handle } = await execute(pipeline(), { store });
    broken.clear();
    await execute(pipeline(), { store, resume: handle.id });
    const seqs = store.loadEvents(handle.id, 0, 1000).map(({ seq }) => seq);
    expect(seqs).toEqual(seqs.map((_, at) => at + 1));
  });

  it('of a degraded run runs the failed part again, and what used its fallback', async () => {
    const { pipeline, ran, broken } = scene();
    const store = new MemoryStore();
    broken.add('b');
    const changes = { b: { critical: false, fallback: { b: 'instead' } } };
    const first = await execute(pipeline(changes), { store });
    expect(first.result.status).toBe('degraded');
    expect(first.result.context.get('b')).toBe('instead');
    broken.clear();
    ran.length = 0;
    const { result } = await execute(pipeline(changes), { store, resume: first.handle.id });
    expect(ran).toEqual(['b', 'd']);
    expect(result.status).toBe('succeeded');
    expect(result.context.get('b')).toBe('agiven');
  });

  it.each([
    ['params', { a: { with: { x: 1 } } }, 'its params changed'],
    [
      'version',
      { a: { does: { spec: { version: '2' }, run: () => ({ a: 'new' }) } } },
      'its code changed',
    ],
    ['renamed outputs', { a: { writes: { a: 'other' } } }, 'its wiring changed'],
  ])(
    'runs a stage whose %s changed, and all that need it, and says why',
    async (_name, changes, why) => {
      const { pipeline, ran, broken } = scene();
      const store = new MemoryStore();
      broken.add('e');
      const first = await execute(pipeline(), { store });
      broken.clear();
      ran.length = 0;
      const { handle, result } = await execute(pipeline(changes), {
        store,
        resume: first.handle.id,
      });
      expect(result.status).toBe('succeeded');
      expect(handle.plan.explanations).toEqual([
        why,
        '"a" runs again',
        '"a" runs again',
        '"b" runs again',
        'it failed',
      ]);
      expect(ran).toEqual(expect.arrayContaining(['b', 'c', 'd', 'e']));
    },
  );

  it('does what planResume said it would', async () => {
    const { pipeline, broken } = scene();
    const store = new MemoryStore();
    broken.add('c');
    const { handle, executor } = await execute(pipeline(), { store });
    const planned = await executor.planResume(handle.id, pipeline());
    broken.clear();
    const resumed = await execute(pipeline(), { store, resume: handle.id });
    expect(resumed.handle.plan.decisions).toEqual(planned.decisions);
    expect(resumed.handle.plan.explanations).toEqual(planned.explanations);
    expect(planned.counts).toEqual({ run: 2, reuse: 3, skip: 0 });
  });

  it('of a run in which everything is done but the last record finishes it', async () => {
    const { pipeline, ran } = scene();
    const sound = new RecordingStore();
    await execute(pipeline(), { store: sound });
    const store = new RecordingStore({ failsAt: sound.commits });
    const { handle } = await begin(pipeline(), { store });
    await expect(handle.result).rejects.toMatchObject({ code: 'STORE_WRITE_FAILED' });
    ran.length = 0;
    const { result } = await execute(pipeline(), { store: store.inner, resume: handle.id });
    expect([result.status, ran]).toEqual(['succeeded', []]);
    expect(result.context.keys()).toEqual(['a', 'b', 'c', 'd', 'e', 'given']);
  });

  it.each([true, false])(
    'loads kept inputs also from a store that answers later, declared or not (loadContext: %s)',
    async (loadContext) => {
      let isBroken = true;
      const fix = (): void => {
        if (isBroken) throw new RangeError('no');
      };
      const pipeline = sketch(
        {
          a: () => ({ x: new Map([['k', 1]]), y: 2 }),
          declared: {
            needs: ['a'],
            does: {
              spec: { inputs: z.object({ x: z.map(z.string(), z.number()) }) },
              run: ({ inputs }) => {
                fix();
                return { declared: inputs };
              },
            },
          },
          all: {
            needs: ['a'],
            does: ({ inputs }) => {
              fix();
              return { all: inputs };
            },
          },
        },
        { failureMode: 'continue' },
      );
      const store = new RecordingStore({ answers: 'later' });
      const { handle } = await execute(pipeline, { store });
      isBroken = false;
      const { result } = await execute(pipeline, { store, resume: handle.id, loadContext });
      expect(result.context.get('declared')).toEqual({ x: new Map([['k', 1]]) });
      expect(result.context.get('all')).toEqual({ x: new Map([['k', 1]]), y: 2 });
    },
  );
});

describe('a resume is refused', () => {
  it('for a run that the store does not have', async () => {
    const store = new MemoryStore();
    await expect(
      execute(scene().pipeline(), { store, resume: asRunId('20260101-000000-nowhere0') }),
    ).rejects.toMatchObject({ code: 'RUN_NOT_FOUND' });
  });

  it('for a run that has succeeded', async () => {
    const { pipeline } = scene();
    const store = new MemoryStore();
    const { handle } = await execute(pipeline(), { store });
    await expect(execute(pipeline(), { store, resume: handle.id })).rejects.toMatchObject({
      code: 'RUN_ALREADY_SUCCEEDED',
    });
  });

  it('with a pipeline of another name', async () => {
    const { pipeline, broken } = scene();
    const store = new MemoryStore();
    broken.add('a');
    const { handle } = await execute(pipeline(), { store });
    await expect(
      execute(sketch({ a: () => ({}) }, { name: 'other' }), { store, resume: handle.id }),
    ).rejects.toMatchObject({ code: 'RUN_OTHER_PIPELINE' });
    expect(store.findRun(handle.id)).toMatchObject({ status: 'failed', fence: 1 });
  });

  it('while the run is being executed, here or on another machine', async () => {
    const hold = Promise.withResolvers<object>();
    const pipeline = sketch({ a: () => hold.promise });
    const store = new MemoryStore();
    const { handle } = await begin(pipeline, { store });
    await expect(execute(pipeline, { store, resume: handle.id })).rejects.toMatchObject({
      code: 'RUN_HELD',
      message: expect.stringContaining(`process ${process.pid}`),
    });
    hold.resolve({});
    await handle.result;
    const far = new RecordingStore({ owner: { host: 'far-away', pid: 1, processStart: '' } });
    const there = new PipelineExecutor({ store: far });
    const held = await there.start(sketch({ a: () => new Promise(() => undefined) }));
    await expect(execute(pipeline, { store: far.inner, resume: held.id })).rejects.toMatchObject({
      code: 'RUN_HELD',
      message: expect.stringContaining('far-away'),
    });
  });
});

describe('a run whose process died', () => {
  /** Starts the run under a dead owner and leaves it where it hangs. */
  async function abandon(pipeline: ModelPipeline): Promise<{
    readonly inner: MemoryStore;
    readonly id: ReturnType<typeof asRunId>;
    readonly result: Promise<unknown>;
  }> {
    const store = new RecordingStore({ owner: DEAD_OWNER });
    const { handle } = await begin(pipeline, { store });
    await turns();
    return { inner: store.inner, id: handle.id, result: handle.result };
  }

  it('is taken over at once, its lost attempts are recorded, and nothing committed runs again', async () => {
    let hangs = true;
    const ran: string[] = [];
    const pipeline = sketch({
      a: () => {
        ran.push('a');
        return { a: 1 };
      },
      b: {
        needs: ['a'],
        does: () => {
          ran.push('b');
          return hangs ? new Promise<never>(() => undefined) : { b: 2 };
        },
      },
      c: { needs: ['b'], does: () => ({ c: 3 }) },
    });
    const { inner, id } = await abandon(pipeline);
    hangs = false;
    const { result, events } = await execute(pipeline, { store: inner, resume: id });
    expect(ran).toEqual(['a', 'b', 'b']);
    expect(result.context.toObject()).toEqual({ a: 1, b: 2, c: 3 });
    expect(stageIn(result, 'b').attempt).toBe(2);
    expect(inner.loadAttempts(id)).toMatchObject([
      { stage: 'a', attempt: 1, fence: 1, status: 'succeeded' },
      { stage: 'b', attempt: 1, fence: 1, status: 'lost', finishedAt: expect.any(Number) },
      { stage: 'b', attempt: 2, fence: 2, status: 'succeeded' },
      { stage: 'c', attempt: 1, fence: 2, status: 'succeeded' },
    ]);
    expect(told(events, 'run.resumed')).toHaveLength(1);
  });

  it('can no longer be written by the process that was taken for dead', async () => {
    const hold = Promise.withResolvers<object>();
    let isFirst = true;
    const pipeline = sketch({
      a: () => {
        const answer = isFirst ? hold.promise : { a: 'new' };
        isFirst = false;
        return answer;
      },
    });
    const { inner, id, result } = await abandon(pipeline);
    await execute(pipeline, { store: inner, resume: id });
    hold.resolve({ a: 'old' });
    await expect(result).rejects.toMatchObject({ code: 'LEASE_LOST' });
    expect(inner.loadStages(id)).toMatchObject([{ stage: 'a', fence: 2 }]);
  });

  it('before its first record is run from the start', async () => {
    const store = new RecordingStore({ owner: DEAD_OWNER, answers: 'by-hand' });
    const pipeline = sketch({ a: () => ({ a: 1 }) });
    const { handle } = await begin(pipeline, { store });
    await turns();
    const { result } = await execute(pipeline, { store: store.inner, resume: handle.id });
    expect(result.context.toObject()).toEqual({ a: 1 });
    expect(stageIn(result, 'a')).toMatchObject({ status: 'succeeded', attempt: 1 });
  });

  it('after another process went on with it is resumed from the newest records', async () => {
    let isBroken = true;
    const pipeline = sketch(
      {
        a: () => ({ a: 1 }),
        b: () => {
          if (isBroken) throw new RangeError('no');
          return { b: 1 };
        },
      },
      { failureMode: 'continue' },
    );
    const inner = new MemoryStore();
    const first = await execute(pipeline, { store: inner });
    // A slow process looks at the run, another one resumes it, and only then the slow one claims it.
    const slow = new RecordingStore({ inner });
    const findRun = slow.findRun.bind(slow);
    let looks = 0;
    slow.findRun = async (id) => {
      const found = await findRun(id);
      if (++looks === 1) await execute(pipeline, { store: inner, resume: id });
      return found;
    };
    isBroken = true;
    await execute(pipeline, { store: slow, resume: first.handle.id });
    const seqs = inner.loadEvents(first.handle.id, 0, 100).map(({ seq }) => seq);
    expect(seqs).toEqual(seqs.map((_, at) => at + 1));
  });
});

function hashes({ context }: Awaited<ReturnType<typeof execute>>['result']): unknown {
  return context.keys().map((key) => [key, context.hashOf(key)]);
}
