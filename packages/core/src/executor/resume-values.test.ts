import { describe, expect, it } from '@jest/globals';
import type { AttemptScope } from '../attempt/index.ts';
import { encodeValue, sealValue } from '../base/codec/index.ts';
import { z } from '../base/zod.ts';
import type { WriteRecord } from '../checkpoint/index.ts';
import type { ModelPipeline } from '../pipeline/index.ts';
import type { StageParts } from '../runner/testing-local/stage-of.ts';
import { RecordingStore } from './testing-local/recording-store.ts';
import { execute, type SketchedStage, sketch, statuses } from './testing-local/run-pipeline.ts';

type State = { list: number[]; at?: Date };

/** Changes the key `state`, each change in an update of its own; kept as patches while it is plain data. */
function updaterOf(...changes: ((state: State) => void)[]): StageParts {
  return {
    spec: { updates: z.object({ state: z.any() }) },
    run: ({ context }) => {
      for (const change of changes) {
        context.update((draft: { state: State }) => {
          change(draft.state);
        });
      }
    },
  };
}

const chainOfUpdates: readonly [string, StageParts][] = [
  [
    'first',
    { spec: { outputs: z.object({ state: z.any() }) }, run: () => ({ state: { list: [0] } }) },
  ],
  ['push', updaterOf(({ list }) => void list.push(1))],
  [
    'twice',
    updaterOf(
      ({ list }) => void list.push(2),
      ({ list }) => void list.push(3),
    ),
  ],
  [
    'mixed',
    updaterOf(
      ({ list }) => void list.push(30),
      (state) => void Object.assign(state, { at: new Date(4) }),
    ),
  ],
  [
    'mixed back',
    updaterOf(
      (state) => {
        delete state.at;
      },
      ({ list }) => void list.pop(),
    ),
  ],
  ['whole', updaterOf((state) => void Object.assign(state, { at: new Date(5) }))],
  [
    'exotic',
    updaterOf(({ at, list }) => {
      at?.setTime(6);
      list.push(4);
    }),
  ],
  [
    'plain',
    updaterOf((state) => {
      delete state.at;
      state.list.shift();
    }),
  ],
  ['last', updaterOf(({ list }) => void list.push(5))],
];

/** The chain with a stage that fails while `broken.at` names it. */
function chain(broken: { at: string }): ModelPipeline {
  const stages = chainOfUpdates.map(([id, parts], at): [string, SketchedStage] => [
    id,
    {
      needs: at === 0 ? [] : [chainOfUpdates[at - 1]?.[0] ?? ''],
      does: {
        ...parts,
        run: (scope: AttemptScope, instance) => {
          if (broken.at === id) throw new RangeError('broken');
          return parts.run?.(scope, instance);
        },
      },
    },
  ]);
  return sketch(Object.fromEntries(stages));
}

function writesOf(store: RecordingStore, runId: string): Record<string, readonly WriteRecord[]> {
  const stages = store.inner.loadStages(runId as never);
  return Object.fromEntries(stages.map(({ stage, writes }) => [stage, writes]));
}

describe('a chain of updates', () => {
  it('is kept as patches, and whole where immer cannot track a change', async () => {
    const store = new RecordingStore();
    const { handle, result } = await execute(chain({ at: '' }), { store });
    expect(result.context.get('state')).toEqual({ list: [1, 2, 3, 4, 5] });
    const kinds = Object.entries(writesOf(store, handle.id)).map(([id, [write]]) => [
      id,
      write?.kind,
    ]);
    expect(kinds).toEqual([
      ['first', 'value'],
      ['push', 'patch'],
      ['twice', 'patch'],
      ['mixed', 'value'],
      ['mixed back', 'value'],
      ['whole', 'value'],
      ['exotic', 'value'],
      ['plain', 'value'],
      ['last', 'patch'],
    ]);
  });

  it.each(chainOfUpdates.map(([id]) => id))(
    'that was interrupted at %s is resumed to the same context, also from a store that answers later',
    async (id) => {
      const whole = await execute(chain({ at: '' }));
      for (const answers of ['at-once', 'later'] as const) {
        const store = new RecordingStore({ answers });
        const broken = { at: id };
        const pipeline = chain(broken);
        const { handle } = await execute(pipeline, { store });
        broken.at = '';
        const { result } = await execute(pipeline, { store, resume: handle.id });
        expect(result.status).toBe('succeeded');
        expect(result.context.get('state')).toEqual(whole.result.context.get('state'));
        expect(result.context.hashOf('state')).toBe(whole.result.context.hashOf('state'));
      }
    },
  );

  it('shows each stage the key as its nearest ancestor left it, beside a branch that changes it too late', async () => {
    const { result } = await execute(
      sketch({
        first: { does: chainOfUpdates[0]?.[1] },
        push: { needs: ['first'], does: updaterOf(({ list }) => void list.push(1)) },
        early: {
          needs: ['first'],
          does: {
            spec: { inputs: z.object({ state: z.any() }), outputs: z.object({ early: z.any() }) },
            run: ({ inputs }) => ({ early: (inputs as { state: State }).state.list }),
          },
        },
        late: {
          needs: ['push', 'early'],
          does: {
            spec: { inputs: z.object({ state: z.any() }), outputs: z.object({ late: z.any() }) },
            run: ({ inputs }) => ({ late: (inputs as { state: State }).state.list }),
          },
        },
      }),
      { concurrency: 1 },
    );
    expect([result.context.get('early'), result.context.get('late')]).toEqual([[0], [0, 1]]);
  });

  it('of 1,500 stages costs the same per stage as a short one', async () => {
    const stages = Array.from({ length: 1500 }, (_, n): [string, SketchedStage] => [
      `s${n}`,
      n === 0
        ? { does: chainOfUpdates[0]?.[1] }
        : { needs: [`s${n - 1}`], does: updaterOf(({ list }) => void list.splice(0, 1, n)) },
    ]);
    const began = performance.now();
    const { result } = await execute(sketch(Object.fromEntries(stages)));
    expect(result.context.get('state')).toEqual({ list: [1499] });
    // Looking at every earlier writer would take minutes.
    expect(performance.now() - began).toBeLessThan(5000);
  });
});

/** a writes x, b reads it and writes y, c reads y and fails at first; leaf writes what nobody reads. */
function threeAndALeaf(): {
  readonly pipeline: ModelPipeline;
  readonly ran: string[];
  fix: () => void;
} {
  const ran: string[] = [];
  let isBroken = true;
  const reader = (id: string, from: string, to: string): StageParts => ({
    spec: { inputs: z.object({ [from]: z.any() }), outputs: z.object({ [to]: z.any() }) },
    run: ({ inputs }) => {
      ran.push(id);
      if (id === 'c' && isBroken) throw new RangeError('no');
      return { [to]: [(inputs as Record<string, unknown>)[from]] };
    },
  });
  const pipeline = sketch(
    {
      a: {
        does: {
          spec: { outputs: z.object({ x: z.any() }) },
          run: () => {
            ran.push('a');
            return { x: 1 };
          },
        },
      },
      b: { needs: ['a'], does: reader('b', 'x', 'y') },
      c: { needs: ['b'], does: reader('c', 'y', 'z') },
      leaf: {
        needs: ['a'],
        does: {
          spec: { inputs: z.object({}), outputs: z.object({ leaf: z.any() }) },
          run: () => {
            ran.push('leaf');
            return { leaf: 'kept' };
          },
        },
      },
    },
    { failureMode: 'continue' },
  );
  const fix = (): void => {
    isBroken = false;
  };
  return { pipeline, ran, fix };
}

const another = sealValue('another', 'x');

describe.each(['is missing', 'is another one', 'was swapped', 'was cut'] as const)(
  'a kept value that %s',
  (how) => {
    function damage(store: RecordingStore, hash: string): void {
      const sound = store.inner.loadValue(hash);
      if (sound === undefined || !another.ok) throw new RangeError('the value was never stored');
      const swapped = encodeValue(another.value);
      const damaged = {
        'is missing': undefined,
        'is another one': { ...swapped, hash },
        'was swapped': swapped,
        'was cut': { ...sound, body: String(sound.body).slice(1) } as typeof sound,
      };
      store.damage(hash, damaged[how]);
    }

    async function resumeWithDamage(
      stage: string,
      options: { readonly loadContext?: boolean } = {},
    ): Promise<{ ran: string[]; why: unknown; statuses: unknown; context: unknown }> {
      const store = new RecordingStore({ answers: 'later' });
      const { pipeline, ran, fix } = threeAndALeaf();
      const { handle } = await execute(pipeline, { store });
      damage(store, writesOf(store, handle.id)[stage]?.[0]?.hash ?? '');
      // What runs again writes the same value, and that one can be read.
      fix();
      ran.length = 0;
      const resumed = await execute(pipeline, { store, resume: handle.id, ...options }).catch(
        (error: unknown) => ({ error }),
      );
      if ('error' in resumed) throw resumed.error;
      const index = pipeline.graph.indexById.get(stage) ?? -1;
      return {
        ran,
        why: resumed.handle.plan.explanations[index],
        statuses: statuses(resumed.result),
        context: options.loadContext === false ? undefined : resumed.result.context.toObject(),
      };
    }

    it('makes its writer and what needs it run again', async () => {
      const { ran, why, context } = await resumeWithDamage('b');
      expect(ran).toEqual(['b', 'c']);
      expect(why).toMatch(/^its checkpoint is damaged: .*stage "b".*"y"/);
      expect(context).toEqual({ x: 1, y: [1], z: [[1]], leaf: 'kept' });
    });

    it('though no stage to be run reads it, makes its writer run again', async () => {
      const { ran, why, context } = await resumeWithDamage('leaf');
      expect(ran.toSorted()).toEqual(['c', 'leaf']);
      expect(why).toContain('damaged');
      expect(context).toEqual({ x: 1, y: [1], z: [[1]], leaf: 'kept' });
    });

    it('is not looked at when the caller wants no context and no stage reads it', async () => {
      const { ran } = await resumeWithDamage('leaf', { loadContext: false });
      expect(ran).toEqual(['c']);
    });

    it('of the initial context cannot be made again, and the resume says so', async () => {
      const store = new RecordingStore();
      const pipeline = sketch(
        {
          'the initial context': () => ({ other: 1 }),
          bad: ({ inputs }) => {
            throw new RangeError(JSON.stringify(inputs));
          },
        },
        { inputs: ['given'], failureMode: 'continue' },
      );
      const { handle } = await execute(pipeline, { store, context: { given: [1, 2] } });
      damage(store, store.inner.findRun(handle.id)?.context[0]?.hash ?? '');
      await expect(execute(pipeline, { store, resume: handle.id })).rejects.toMatchObject({
        code: 'CHECKPOINT_CORRUPT',
        message: expect.stringContaining('the initial context'),
      });
      expect(store.inner.findRun(handle.id)?.owner).toBeUndefined();
    });
  },
);

describe('a damaged patch in the middle of a chain', () => {
  it('makes its own writer run again, and all after it', async () => {
    const store = new RecordingStore();
    const broken = { at: 'last' };
    const pipeline = chain(broken);
    const { handle } = await execute(pipeline, { store });
    const [write] = writesOf(store, handle.id).plain ?? [];
    store.damage(write?.hash ?? '');
    broken.at = '';
    const { result } = await execute(pipeline, { store, resume: handle.id });
    expect(statuses(result)).toEqual({
      first: 'reused',
      push: 'reused',
      twice: 'reused',
      mixed: 'reused',
      'mixed back': 'reused',
      whole: 'reused',
      exotic: 'reused',
      plain: 'succeeded',
      last: 'succeeded',
    });
    expect(result.context.get('state')).toEqual({ list: [1, 2, 3, 4, 5] });
  });
});
