import { describe, expect, it } from '@jest/globals';
import { MemoryStore } from '../checkpoint/index.ts';
import type { ModelPipeline } from '../pipeline/index.ts';
import { readContext } from './read-context.ts';
import { keyed } from './testing-local/keyed.ts';
import { resumeEdited, resumeRun } from './testing-local/resume-edited.ts';
import { execute, type SketchedStage, sketch, statuses } from './testing-local/run-pipeline.ts';

const write = (key: string, value: unknown): SketchedStage => ({
  with: { value },
  does: keyed([], [key], (_, own) => ({ [key]: own.value })),
});

const read = (needs: readonly string[], more: Partial<SketchedStage> = {}): SketchedStage => ({
  needs: [...needs],
  does: keyed(['x'], ['y'], ({ x }) => ({ y: x })),
  ...more,
});

describe('a stage with other dependencies than before', () => {
  /** Both write x; `near` needs `far`, so that a reader of both gets the x of `near`. */
  const writers = (far: unknown, near: unknown): Record<string, SketchedStage> => ({
    far: write('x', far),
    near: { ...write('x', near), needs: ['far'] },
  });

  it('is kept where what it reads has the same value from another writer', async () => {
    const first = sketch({ ...writers(1, 1), r: read(['far']) });
    const { ended } = await resumeEdited(first, sketch({ ...writers(1, 1), r: read(['near']) }));
    expect(ended).toBeUndefined();
  });

  it('runs where what it reads has another value from another writer', async () => {
    const first = sketch({ ...writers(1, 2), r: read(['far']) });
    const { verdicts, ran, context } = await resumeEdited(
      first,
      sketch({ ...writers(1, 2), r: read(['near']) }),
    );
    expect(verdicts.r).toBe('run: input x changed');
    expect([ran, context?.y]).toEqual([['r'], 2]);
  });

  it('runs when it comes to need or no longer needs one of which it reads nothing', async () => {
    const alone = (needs: string[]): ModelPipeline =>
      sketch({ a: write('a', 1), x: write('x', 1), r: read(['x', ...needs]) });
    const more = await resumeEdited(alone([]), alone(['a']));
    expect(more.verdicts).toMatchObject({ r: 'run: what it needs changed' });
    const less = await resumeEdited(alone(['a']), alone([]));
    expect(less.verdicts).toMatchObject({ r: 'run: what it needs changed' });
    expect((await resumeEdited(alone(['a']), alone(['a']))).ended).toBeUndefined();
  });

  it('runs when its class reads an input that it did not read before', async () => {
    const given = (inputs: readonly string[]): ModelPipeline =>
      sketch({
        a: write('a', 1),
        b: write('b', 2),
        r: { needs: ['a', 'b'], does: keyed(inputs, ['y'], (all) => ({ y: all })) },
      });
    const { verdicts, context } = await resumeEdited(given(['a']), given(['a', 'b']));
    expect(verdicts.r).toBe('run: input b changed');
    expect(context?.y).toEqual({ a: 1, b: 2 });
  });

  it('sees a new writer between it and the one that it read', async () => {
    const between = (isThere: boolean): ModelPipeline =>
      sketch({
        top: write('x', 1),
        ...(isThere ? { mid: { ...write('x', 5), needs: ['top'] } } : {}),
        r: read(isThere ? ['mid'] : ['top']),
      });
    const { ran, context } = await resumeEdited(between(false), between(true));
    expect([ran, context]).toEqual([['mid', 'r'], { x: 5, y: 5 }]);
    const back = await resumeEdited(between(true), between(false));
    expect([back.ran, back.context]).toEqual([['r'], { x: 1, y: 1 }]);
  });
});

describe('a key with another name', () => {
  const renamed = (key: string, reads: string): ModelPipeline =>
    sketch({
      a: { ...write('x', 1), ...(key === 'x' ? {} : { writes: { x: key } }) },
      r: read(['a'], reads === 'x' ? {} : { reads: { x: reads } }),
    });

  it('makes its writer run again, and its reader be kept where that follows', async () => {
    const { verdicts, ran, context } = await resumeEdited(renamed('x', 'x'), renamed('z', 'z'));
    expect(verdicts.a).toBe('run: the keys that it writes, or its fallback, changed');
    expect([ran, context]).toEqual([['a'], { z: 1, y: 1 }]);
  });
});

describe('a stage that is no longer there', () => {
  const stages = (hasLast: boolean): ModelPipeline =>
    sketch({
      first: write('x', 'first'),
      ...(hasLast ? { last: { ...write('x', 'last'), needs: ['first'] } } : {}),
      r: read(hasLast ? ['last'] : ['first']),
      beside: write('b', 1),
    });

  it('leaves nothing behind in the context, nor over what others wrote before it', async () => {
    const store = new MemoryStore();
    const { ran, context, ended } = await resumeEdited(stages(true), stages(false), { store });
    const id = ended?.handle.id ?? ('' as never);
    expect([ran, context]).toEqual([['r'], { x: 'first', y: 'first', b: 1 }]);
    expect((await readContext(store, id)).toObject()).toEqual(context);
    expect((await resumeRun(stages(false), { store, resume: id })).ended).toBeUndefined();
    const back = await resumeRun(stages(true), { store, resume: id });
    expect([back.ran, back.context]).toEqual([['last', 'r'], { x: 'last', y: 'last', b: 1 }]);
  });

  it('is worth a resume by itself, even where no other stage runs', async () => {
    const two = sketch({ a: write('a', 1), b: write('b', 2) });
    const store = new MemoryStore();
    const { handle } = await execute(two, { store });
    const { ended, context } = await resumeRun(sketch({ a: write('a', 1) }), {
      store,
      resume: handle.id,
    });
    expect(ended && statuses(ended.result)).toEqual({ a: 'reused' });
    expect(context).toEqual({ a: 1 });
    expect((await readContext(store, handle.id)).toObject()).toEqual({ a: 1 });
  });
});

describe('an initial context that is another', () => {
  const looking = (context: Record<string, unknown>): ModelPipeline =>
    sketch({ s: ({ context: seen }) => ({ y: seen.get('note') ?? 'none' }) }, { context });

  it('by a key that is gone is seen by who looked for it, and on record', async () => {
    const store = new MemoryStore();
    const { ran, context, ended } = await resumeEdited(
      looking({ note: 'old', other: 1 }),
      looking({ other: 1 }),
      { store },
    );
    expect([ran, context]).toEqual([['s'], { other: 1, y: 'none' }]);
    const stored = await readContext(store, ended?.handle.id ?? ('' as never));
    expect(stored.toObject()).toEqual(context);
  });

  it('that nobody looked at is worth a resume too, since it is part of the outcome', async () => {
    const [before, after] = [looking({ other: 1 }), looking({ other: 2 })];
    const store = new MemoryStore();
    const { ran, context, ended } = await resumeEdited(before, after, { store });
    expect([ran, context]).toEqual([[], { other: 2, y: 'none' }]);
    const id = ended?.handle.id ?? ('' as never);
    expect((await readContext(store, id)).toObject()).toEqual(context);
    expect((await resumeRun(after, { store, resume: id })).ended).toBeUndefined();
  });
});

describe('below a stage that a plan skips', () => {
  /** `top` writes x, and so would `off`, of which `r` needs nothing. */
  const skipping = (x: unknown, version = '1'): ModelPipeline =>
    sketch({
      top: { with: { x }, does: keyed([], ['x?'], (_, own) => ({ ...own }), { version }) },
      off: { needs: ['top'], when: false, does: keyed([], ['x'], () => ({ x: 'off' })) },
      r: { needs: ['off'], does: keyed(['x?'], ['y'], ({ x: got }) => ({ y: got ?? 'none' })) },
    });

  it('a stage waits for what it reads from further up, and runs if that changes', async () => {
    const same = await resumeEdited(skipping(1), skipping(1, '2'));
    expect(same.verdicts.r).toBe('undecided: runs if input x changes: "top" runs');
    expect([same.ran, same.context?.y]).toEqual([['top'], 1]);
    const other = await resumeEdited(skipping(1), skipping(2));
    expect([other.ran, other.context?.y]).toEqual([['top', 'r'], 2]);
  });
});
