import { inspect } from 'node:util';
import { describe, expect, it } from '@jest/globals';
import type { AttemptScope } from '../attempt/index.ts';
import type { ModelPipeline } from '../pipeline/index.ts';
import { keyed, type Params } from './testing-local/keyed.ts';
import { RecordingStore } from './testing-local/recording-store.ts';
import { resumeEdited } from './testing-local/resume-edited.ts';
import { sketch } from './testing-local/run-pipeline.ts';

type Open = (scope: AttemptScope & { readonly inputs: Record<string, unknown> }) => unknown;

/** `far` and `near` write their params; `open` declares nothing and needs `near`, which reads x of `far`. */
function openBelow(read: Open, far: object, near: object = { n: 1 }): ModelPipeline {
  return sketch({
    far: { with: far, does: keyed([], ['x?', 'y?', 'z?'], (_, own) => ({ ...own })) },
    near: { needs: ['far'], with: near, does: keyed(['x?'], ['n'], (_, { n }) => ({ n })) },
    open: { needs: ['near'], does: (scope) => ({ seen: read(scope as never) ?? null }) },
  });
}

const BEFORE = { x: 1, y: 1 };
const Y_CHANGED = { x: 1, y: 2 };

describe('a stage that declares no inputs', () => {
  it.each<[string, Open, string]>([
    ['got from the context', ({ context }) => context.get('y'), 'y'],
    ['found among its inputs', ({ inputs }) => inputs.y, 'y'],
    ['took with all inputs', ({ inputs }) => ({ ...inputs }), 'y'],
    ['took as JSON', ({ inputs }) => JSON.stringify(inputs), 'y'],
    ['took as entries', ({ inputs }) => Object.entries(inputs).length, 'y'],
    ['asked after', ({ context }) => context.has('y'), 'y'],
  ])('runs again when a key changes that it %s', async (_how, read, key) => {
    const { verdicts, ran, ended } = await resumeEdited(
      openBelow(read, BEFORE),
      openBelow(read, Y_CHANGED),
    );
    expect(verdicts.open).toContain('undecided: runs if');
    expect(ran).toEqual(['far', 'open']);
    expect(ended?.events).toContainEqual(
      expect.objectContaining({
        type: 'stage.started',
        stage: 'open',
        reason: `input ${key} changed`,
      }),
    );
  });

  it.each<[string, Open]>([
    ['only asked for another', ({ context }) => context.get('x')],
    ['only asked whether another is there', ({ context }) => context.has('x')],
    ['only listed the names', ({ context }) => context.keys()],
    ['only listed the names of its inputs', ({ inputs }) => Object.keys(inputs)],
    ['only found another among its inputs', ({ inputs }) => inputs.x],
    ['looked at nothing', () => 1],
  ])('is kept when a key changes and it %s', async (_how, read) => {
    const { ran, told } = await resumeEdited(openBelow(read, BEFORE), openBelow(read, Y_CHANGED));
    expect([ran, Object.keys(told)]).toEqual([['far'], ['near', 'open']]);
  });

  it.each<[string, Open]>([
    ['listed all keys', ({ context }) => context.keys()],
    ['listed all inputs', ({ inputs }) => Object.keys(inputs)],
    ['asked for it in vain', ({ context }) => context.get('z')],
    ['asked in vain whether it is there', ({ context }) => context.has('z')],
  ])('runs again when a key comes or goes and it %s', async (_how, read) => {
    const [less, more] = [openBelow(read, BEFORE), openBelow(read, { ...BEFORE, z: 1 })];
    expect((await resumeEdited(less, more)).ran).toEqual(['far', 'open']);
    expect((await resumeEdited(more, less)).ran).toEqual(['far', 'open']);
  });

  it('is kept when a key comes or goes and it asked for another', async () => {
    const read: Open = ({ context }) => context.get('x');
    const [less, more] = [openBelow(read, BEFORE), openBelow(read, { ...BEFORE, z: 1 })];
    expect((await resumeEdited(less, more)).ran).toEqual(['far']);
    expect((await resumeEdited(more, less)).ran).toEqual(['far']);
  });

  it('rests on all that its direct dependencies wrote, whether it looked or not', async () => {
    const read: Open = ({ context }) => context.get('x');
    const { verdicts, ran, ended } = await resumeEdited(
      openBelow(read, BEFORE, { n: 1 }),
      openBelow(read, BEFORE, { n: 2 }),
    );
    expect(verdicts).toMatchObject({
      far: 'reuse: it succeeded in attempt 1',
      open: 'undecided: runs if what "near" writes changes',
    });
    expect(ran).toEqual(['near', 'open']);
    expect(ended?.events).toContainEqual(expect.objectContaining({ reason: '"near" ran since' }));
  });

  it('prints its inputs as what they are, and that counts as reading none of them', async () => {
    const read: Open = ({ inputs }) => inspect(inputs);
    const { ran, context } = await resumeEdited(
      openBelow(read, BEFORE),
      openBelow(read, Y_CHANGED),
    );
    expect([ran, context?.seen]).toEqual([
      ['far'],
      '[Object: null prototype] { n: 1, x: 1, y: 1 }',
    ]);
  });
});

describe('a stage that needs another without reading from it', () => {
  /** `first` does something and may write x; `second` reads nothing, or the key of another. */
  const ordered = (first: Params, version: string): ModelPipeline =>
    sketch({
      first: { with: first, does: keyed([], ['x?'], (_, own) => ({ ...own }), { version }) },
      second: { needs: ['first'], does: keyed([], ['y'], () => ({ y: 1 })) },
      third: { needs: ['second'], does: keyed(['y'], ['z'], ({ y }) => ({ z: y })) },
    });

  it('is kept when the other ran again and wrote the same', async () => {
    const { verdicts, ran, told } = await resumeEdited(
      ordered({ x: 1 }, '1'),
      ordered({ x: 1 }, '2'),
    );
    expect(verdicts.second).toBe('undecided: runs if what "first" writes changes');
    expect([ran, Object.keys(told)]).toEqual([['first'], ['second', 'third']]);
  });

  it('runs again when the other wrote something else, or nothing twice', async () => {
    const other = await resumeEdited(ordered({ x: 1 }, '1'), ordered({ x: 2 }, '1'));
    expect(other.ran).toEqual(['first', 'second']);
    const nothing = await resumeEdited(ordered({}, '1'), ordered({}, '2'));
    expect(nothing.ran).toEqual(['first', 'second']);
  });

  it.each(['at-once', 'later'] as const)(
    'that declares to write nothing runs again for certain, and the next one down only if need be (%s)',
    async (answers) => {
      const silent = (version: string): ModelPipeline =>
        sketch({
          clear: { does: keyed([], [], () => undefined, { version }) },
          fill: { needs: ['clear'], does: keyed([], ['x'], () => ({ x: 1 })) },
          use: { needs: ['fill'], does: keyed(['x'], ['y'], ({ x }) => ({ y: x })) },
        });
      const store = new RecordingStore({ answers });
      const { verdicts, ran, told } = await resumeEdited(silent('1'), silent('2'), { store });
      expect(verdicts).toMatchObject({
        fill: 'run: "clear" runs, and writes nothing that could be compared',
        use: 'undecided: runs if input x changes: "fill" runs',
      });
      expect([ran, Object.keys(told)]).toEqual([['clear', 'fill'], ['use']]);
    },
  );

  it('tells a silent stage that was kept from one that ran again', async () => {
    const silent = (n: number): ModelPipeline =>
      sketch({
        top: { with: { n }, does: keyed([], ['x'], (_, own) => ({ x: own.n % 2 })) },
        clear: { needs: ['top'], does: keyed(['x'], [], () => undefined) },
        fill: { needs: ['clear'], does: keyed([], ['y'], () => ({ y: 1 })) },
      });
    expect((await resumeEdited(silent(1), silent(3))).ran).toEqual(['top']);
    expect((await resumeEdited(silent(1), silent(2))).ran).toEqual(['top', 'clear', 'fill']);
  });
});
