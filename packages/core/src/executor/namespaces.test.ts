import { describe, expect, it } from '@jest/globals';
import { z } from '../base/zod.ts';
import type { ModelPipeline } from '../pipeline/index.ts';
import type { StageContext } from '../stage/index.ts';
import { keyed, pusher } from './testing-local/keyed.ts';
import { resumeEdited } from './testing-local/resume-edited.ts';
import { execute, type SketchedStage, sketch, stageIn } from './testing-local/run-pipeline.ts';
import { withFacts } from './testing-local/with-facts.ts';

const inner = { namespace: 'in/' };

/** `outer` writes x, and `in` is given it by the name of `given`; both stages of `in` are within `in/`. */
function nested(
  read: SketchedStage['does'],
  { x = 1, own = 2 }: { readonly x?: unknown; readonly own?: unknown } = {},
): ModelPipeline {
  const pipeline = sketch({
    outer: { with: { x }, does: keyed([], ['x', 'other'], (_, p) => ({ x: p.x, other: 0 })) },
    'in/first': {
      needs: ['outer'],
      with: { own },
      does: keyed([], ['own', 'list'], (_, p) => ({ own: p.own, list: [] })),
    },
    'in/second': { needs: ['in/first'], reads: { given: 'x' }, does: read },
  });
  return withFacts(pipeline, { 'in/first': inner, 'in/second': inner });
}

const reading =
  (read: (context: StageContext<never>, inputs: Record<string, unknown>) => unknown) =>
  ({ context, inputs }: { context: StageContext<never>; inputs: unknown }): object => ({
    out: read(context, inputs as Record<string, unknown>) ?? null,
  });

describe('a stage within a namespace', () => {
  it('reads and writes its own keys there, and what it is given by the name it has for it', async () => {
    const declared = keyed(['given', 'own'], ['out'], ({ given, own }) => ({ out: [given, own] }));
    const { result } = await execute(nested(declared));
    expect(result.context.toObject()).toEqual({
      x: 1,
      other: 0,
      'in/own': 2,
      'in/list': [],
      'in/out': [1, 2],
    });
  });

  it('that declares nothing sees its own keys and those it is given, and no other', async () => {
    const all = reading((context, inputs) => [
      context.keys(),
      Object.keys(inputs).sort(),
      inputs.given,
      context.get('own'),
      context.get('x') ?? 'no x',
      context.has('other'),
      context.get('in/own') ?? 'no in/own',
    ]);
    const { result } = await execute(nested(all));
    const names = ['given', 'list', 'own'];
    expect(result.context.get('in/out')).toEqual([names, names, 1, 2, 'no x', false, 'no in/own']);
  });

  it('changes its own keys by their names', async () => {
    const inputs = z.object({ given: z.any() });
    const { result } = await execute(nested(pusher('list', 'pushed', { inputs })));
    expect(result.context.get('in/list')).toEqual(['pushed']);
  });

  it.each<[string, SketchedStage['does'], boolean]>([
    ['read what it is given', reading((context) => context.get('given')), true],
    ['read among its inputs what it is given', reading((_, inputs) => inputs.given), true],
    ['read only its own', reading((context) => context.get('own')), false],
    ['listed the names', reading((context) => context.keys()), false],
    ['asked for a key from outside in vain', reading((context) => context.get('x')), false],
  ])('that %s follows the key from outside: %s', async (_what, read, runs) => {
    const { ran } = await resumeEdited(nested(read), nested(read, { x: 5 }));
    // What is within needs the first stage only, which reads nothing of `outer` and rests on all it wrote.
    expect(ran).toEqual(['outer', 'in/first', ...(runs ? ['in/second'] : [])]);
  });

  it('runs again when a key of its own changes that it read', async () => {
    const read = reading((context) => context.get('own'));
    const { ran, context } = await resumeEdited(nested(read), nested(read, { own: 3 }));
    expect([ran, context?.['in/out']]).toEqual([['in/first', 'in/second'], 3]);
  });

  it('runs again in another namespace, whose keys are others', async () => {
    const read = keyed(['given'], ['out'], ({ given }) => ({ out: given }));
    const moved = withFacts(nested(read), {
      'in/first': { namespace: 'other/' },
      'in/second': { namespace: 'other/' },
    });
    const { verdicts, context } = await resumeEdited(nested(read), moved);
    expect(verdicts['in/second']).toBe('run: the keys that it writes, or its fallback, changed');
    expect(Object.keys(context ?? {})).toEqual([
      'other',
      'other/list',
      'other/out',
      'other/own',
      'x',
    ]);
  });

  it('clashes with another of the same namespace as if it stood alone', async () => {
    const stages = { one: () => ({ k: 1 }), two: () => ({ k: 2 }) };
    const apart = withFacts(sketch(stages), { one: { namespace: 'a/' } });
    expect((await execute(apart)).result.context.toObject()).toEqual({ 'a/k': 1, k: 2 });
    const same = withFacts(sketch(stages, { failureMode: 'continue' }), { one: inner, two: inner });
    const { result } = await execute(same);
    expect(result.stages.map(({ status }) => status).sort()).toEqual(['failed', 'succeeded']);
    expect(result.stages.flatMap(({ failure }) => failure?.message ?? [])).toEqual([
      expect.stringContaining('"in/k"'),
    ]);
  });
});

describe('a stage with a suffix for what it writes', () => {
  /** Two like stages that read x and write y, each with its suffix, and one that gathers both. */
  const instances = (suffixes: readonly [string, string], x = 1): ModelPipeline => {
    const like = { needs: ['top'], does: keyed(['x'], ['y'], ({ x: got }) => ({ y: got * 2 })) };
    const pipeline = sketch({
      top: { with: { x }, does: keyed([], ['x'], (_, own) => ({ x: own.x })) },
      one: like,
      two: { ...like, writes: { y: 'named' } },
    });
    return withFacts(pipeline, {
      one: { writeSuffix: suffixes[0] },
      two: { writeSuffix: suffixes[1] },
    });
  };

  it('writes beside its like, but under a name of its own where it has one', async () => {
    const { result } = await execute(instances(['[1]', '[2]']));
    expect(result.context.toObject()).toEqual({ x: 1, 'y[1]': 2, named: 2 });
  });

  it('runs again when its suffix changes, and is kept when what it reads comes out the same', async () => {
    const { ran, context } = await resumeEdited(
      instances(['[1]', '[2]']),
      instances(['[9]', '[2]']),
    );
    expect([ran, Object.keys(context ?? {})]).toEqual([['one'], ['named', 'x', 'y[9]']]);
    const again = await resumeEdited(instances(['[1]', '[2]']), instances(['[1]', '[2]'], 4));
    expect(again.context).toEqual({ x: 4, 'y[1]': 8, named: 8 });
  });

  it('has a suffix for undeclared outputs as well, and none for what it updates', async () => {
    const pipeline = withFacts(
      sketch(
        { open: () => ({ k: 1 }), update: { does: pusher('list', 1) } },
        { context: { list: [] } },
      ),
      { open: { writeSuffix: '!' }, update: { writeSuffix: '!' } },
    );
    const { result } = await execute(pipeline);
    expect(result.context.toObject()).toEqual({ 'k!': 1, list: [1] });
    expect(stageIn(result, 'open').status).toBe('succeeded');
  });
});
