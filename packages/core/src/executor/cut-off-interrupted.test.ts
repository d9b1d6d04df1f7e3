import { describe, expect, it } from '@jest/globals';
import { MemoryStore } from '../checkpoint/index.ts';
import type { FailureMode } from '../definition/index.ts';
import type { ModelPipeline } from '../pipeline/index.ts';
import { verifyEvents } from '../run/index.ts';
import { turns } from './testing-local/gate.ts';
import { keyed, type Params } from './testing-local/keyed.ts';
import { RecordingStore } from './testing-local/recording-store.ts';
import { resumeRun } from './testing-local/resume-edited.ts';
import { begin, execute, sketch, statuses } from './testing-local/run-pipeline.ts';

interface Scene {
  readonly store: MemoryStore;
  readonly id: Parameters<MemoryStore['findRun']>[0];
  /** The pipeline with params for a, which makes a run again. */
  readonly edited: (params: object, behaviour?: () => unknown, forB?: object) => ModelPipeline;
}

/** `a` writes x and is done, so are b, which reads it, and c, which reads b. */
async function doneScene(): Promise<Scene> {
  const edited: Scene['edited'] = (params, behaviour = () => undefined, forB = {}) =>
    sketch({
      a: {
        with: params,
        does: keyed([], ['x'], (_, own: Params) => {
          const answer = own.note === undefined ? undefined : behaviour();
          return answer instanceof Promise ? answer.then(() => ({ x: own.x })) : { x: own.x };
        }),
      },
      b: { needs: ['a'], with: forB, does: keyed(['x'], ['y'], ({ x }) => ({ y: [x] })) },
      c: { needs: ['b'], does: keyed(['y'], ['z'], ({ y }) => ({ z: [y] })) },
    });
  const store = new MemoryStore();
  const { handle } = await execute(edited({ x: 1 }), { store });
  return { store, id: handle.id, edited };
}

function checkEvents({ store, id, edited }: Scene): void {
  verifyEvents(edited({ x: 1 }).graph, store.loadEvents(id, 0, 1000));
}

const fail = (): never => {
  throw new RangeError('not this time');
};

describe('a checkpoint that a resume did not come to', () => {
  it.each<FailureMode>(['no-new', 'continue', 'kill'])(
    'because what it reads failed stands for the next one (%s)',
    async (failureMode) => {
      const scene = await doneScene();
      const { store, id, edited } = scene;
      const failed = await resumeRun(edited({ x: 1, note: 1 }, fail), {
        store,
        resume: id,
        failureMode,
      });
      expect(failed.ended && statuses(failed.ended.result)).toEqual({
        a: 'failed',
        b: 'skipped',
        c: 'skipped',
      });
      const { ran, context } = await resumeRun(edited({ x: 1, note: 2 }), { store, resume: id });
      expect([ran, context]).toEqual([['a'], { x: 1, y: [1], z: [[1]] }]);
      checkEvents(scene);
    },
  );

  it('is given up for another when what it reads comes out otherwise in the end', async () => {
    const scene = await doneScene();
    const { store, id, edited } = scene;
    await resumeRun(edited({ x: 1, note: 1 }, fail), { store, resume: id });
    const { ran, context } = await resumeRun(edited({ x: 2 }), { store, resume: id });
    expect([ran, context]).toEqual([['a', 'b', 'c'], { x: 2, y: [2], z: [[2]] }]);
    checkEvents(scene);
  });

  it.each(['drain', 'kill'] as const)(
    'because the run was cancelled stands for the next one (%s)',
    async (mode) => {
      const scene = await doneScene();
      const { store, id, edited } = scene;
      const hold = Promise.withResolvers<void>();
      const { handle } = await begin(
        edited({ x: 1, note: 1 }, () => hold.promise),
        { store, resume: id },
      );
      await turns();
      handle.cancel(mode);
      hold.resolve();
      const result = await handle.result;
      expect(result.status).toBe('cancelled');
      expect(statuses(result)).toMatchObject({ b: 'cancelled', c: 'cancelled' });
      const { ran, context } = await resumeRun(edited({ x: 1, note: 1 }), { store, resume: id });
      expect(ran).toEqual(mode === 'kill' ? ['a'] : []);
      expect(context).toEqual({ x: 1, y: [1], z: [[1]] });
      checkEvents(scene);
    },
  );

  it('because its params were about to make it run is kept when the edit is taken back', async () => {
    const scene = await doneScene();
    const { store, id, edited } = scene;
    const both = edited({ x: 1, note: 1 }, fail, { more: 1 });
    const { verdicts } = await resumeRun(both, { store, resume: id });
    expect(verdicts.b).toBe('run: with.more not set -> 1');
    const { ran } = await resumeRun(edited({ x: 1, note: 2 }), { store, resume: id });
    expect(ran).toEqual(['a']);
  });
});

describe('a session that died between a stage and what reads it', () => {
  it.each<[unknown, string[]]>([
    [1, []],
    [2, ['b', 'c']],
  ])('after the stage wrote %j leaves only what changed to do', async (x, rest) => {
    const scene = await doneScene();
    const { store, id, edited } = scene;
    const dying = new RecordingStore({ inner: store, failsAt: 3 });
    const dead = await begin(edited({ x, note: 1 }), { store: dying, resume: id });
    await expect(dead.handle.result).rejects.toMatchObject({ code: 'STORE_WRITE_FAILED' });
    expect(store.loadStages(id).find(({ stage }) => stage === 'a')).toMatchObject({ fence: 2 });
    const { ran, context } = await resumeRun(edited({ x, note: 1 }), { store, resume: id });
    expect(ran).toEqual(rest);
    expect(context).toEqual({ x, y: [x], z: [[x]] });
    checkEvents(scene);
  });

  it('at any commit leaves a run that ends as if nothing had happened', async () => {
    const first = await doneScene();
    const sound = new RecordingStore({ inner: first.store });
    await resumeRun(first.edited({ x: 2 }), { store: sound, resume: first.id });
    for (let failsAt = 1; failsAt <= sound.commits; failsAt++) {
      const scene = await doneScene();
      const { store, id, edited } = scene;
      const dying = new RecordingStore({ inner: store, failsAt });
      const dead = await begin(edited({ x: 2 }), { store: dying, resume: id });
      await expect(dead.handle.result).rejects.toMatchObject({ code: 'STORE_WRITE_FAILED' });
      const { context } = await resumeRun(edited({ x: 2 }), { store, resume: id });
      expect(context).toEqual({ x: 2, y: [2], z: [[2]] });
      checkEvents(scene);
    }
  });
});

describe('a retry', () => {
  it('of a stage that was undecided is not decided again', async () => {
    let isFlaky = false;
    let version = '1';
    const make = (): ModelPipeline =>
      sketch({
        a: { does: keyed([], ['x'], () => ({ x: version }), { version }) },
        b: {
          needs: ['a'],
          retry: { attempts: 3, delay: '0ms' },
          does: keyed(['x'], ['y'], ({ x }) => {
            if (isFlaky) {
              isFlaky = false;
              fail();
            }
            return { y: x };
          }),
        },
      });
    const store = new MemoryStore();
    const { handle } = await execute(make(), { store });
    version = '2';
    isFlaky = true;
    const { ran, ended, context } = await resumeRun(make(), { store, resume: handle.id });
    expect([ran, context]).toEqual([['a', 'b', 'b'], { x: '2', y: '2' }]);
    const reasons = ended?.events.flatMap((event) =>
      event.type === 'stage.started' ? [event.reason] : [],
    );
    expect(reasons).toEqual([undefined, 'input x changed because "a" ran again', undefined]);
  });
});
