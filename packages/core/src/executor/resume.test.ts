import { describe, expect, it } from '@jest/globals';
import { z } from '../base/zod.ts';
import { MemoryStore } from '../checkpoint/index.ts';
import { breakableScene } from './testing-local/breakable-scene.ts';
import { RecordingStore } from './testing-local/recording-store.ts';
import { begin, execute, explanations, sketch, statuses } from './testing-local/run-pipeline.ts';

describe('a resume', () => {
  it('runs the failed stage and its descendants only, and ends with the context of a run without failure', async () => {
    const { pipeline, ran, broken } = breakableScene();
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
    expect(explanations(handle.plan)).toEqual([
      'it succeeded in attempt 1',
      'it failed',
      'it succeeded in attempt 1',
      'it was skipped',
      'it succeeded in attempt 1',
    ]);
  });

  it('numbers events on from where the run stopped', async () => {
    const { pipeline, broken } = breakableScene();
    const store = new MemoryStore();
    broken.add('d');
    const { handle } = await execute(pipeline(), { store });
    broken.clear();
    await execute(pipeline(), { store, resume: handle.id });
    const seqs = store.loadEvents(handle.id, 0, 1000).map(({ seq }) => seq);
    expect(seqs).toEqual(seqs.map((_, at) => at + 1));
  });

  it('of a degraded run runs the failed part again, and what used its fallback', async () => {
    const { pipeline, ran, broken } = breakableScene();
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
    ['params', { a: { with: { x: 1 } } }, 'with.x not set -> 1', ['a', 'e']],
    [
      'version',
      { a: { does: { spec: { version: '2' }, run: () => ({ a: 'new' }) } } },
      'its code changed',
      ['b', 'c', 'e'],
    ],
    [
      'renamed outputs',
      { a: { writes: { a: 'other' } } },
      'the keys that it writes, or its fallback, changed',
      ['a', 'b', 'c', 'd', 'e'],
    ],
  ])(
    'runs a stage whose %s changed, and those below that get something else, and says why',
    async (_name, changes, why, again) => {
      const { pipeline, ran, broken } = breakableScene();
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
      expect(explanations(handle.plan)).toEqual([
        why,
        'runs if what "a" writes changes',
        'runs if what "a" writes changes',
        'runs if what "b" writes changes; runs if what "c" writes changes',
        'it failed',
      ]);
      expect(ran.toSorted()).toEqual(again);
    },
  );

  it('does what planResume said it would', async () => {
    const { pipeline, broken } = breakableScene();
    const store = new MemoryStore();
    broken.add('c');
    const { handle, executor } = await execute(pipeline(), { store });
    const planned = await executor.planResume(handle.id, pipeline());
    broken.clear();
    const resumed = await execute(pipeline(), { store, resume: handle.id });
    expect(resumed.handle.plan.decisions).toEqual(planned.decisions);
    expect(resumed.handle.plan.reasons).toEqual(planned.reasons);
    expect(planned.counts).toEqual({ run: 2, reuse: 3, skip: 0, undecided: 0 });
  });

  it('of a run in which everything is done but the last record finishes it', async () => {
    const { pipeline, ran } = breakableScene();
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

function hashes({ context }: Awaited<ReturnType<typeof execute>>['result']): unknown {
  return context.keys().map((key) => [key, context.hashOf(key)]);
}
