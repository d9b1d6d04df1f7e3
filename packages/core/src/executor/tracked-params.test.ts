import { inspect } from 'node:util';
import { describe, expect, it } from '@jest/globals';
import type { AttemptScope } from '../attempt/index.ts';
import { z } from '../base/zod.ts';
import type { ModelPipeline } from '../pipeline/index.ts';
import type { StageParts } from '../runner/testing-local/stage-of.ts';
import type { Params } from './testing-local/keyed.ts';
import { type Resumed, resumeEdited } from './testing-local/resume-edited.ts';
import { sketch } from './testing-local/run-pipeline.ts';

type Use = (params: Params) => unknown;

const PARAMS = { mode: 'full', model: { depth: 3, tune: { rate: 1, seed: 7 } }, tags: ['x'] };

/** One stage that does something with its params and writes what comes of it. */
function user(params: object, use: Use, more: StageParts = {}): ModelPipeline {
  const run = (scope: AttemptScope): object => ({ out: use(scope.params) ?? null });
  return sketch({ s: { with: params, does: { run, ...more } } });
}

/** Whether the stage runs again, and why, when its params become others. */
async function afterEdit(use: Use, edited: object, more: StageParts = {}): Promise<Resumed> {
  return resumeEdited(user(PARAMS, use, more), user(edited, use, more));
}

const deeper = { ...PARAMS, model: { ...PARAMS.model, depth: 4 } };
const reseeded = { ...PARAMS, model: { ...PARAMS.model, tune: { rate: 1, seed: 8 } } };
const retagged = { ...PARAMS, tags: ['y'] };

describe('a param that a stage read', () => {
  it.each<[string, Use, object, string]>([
    ['by name', ({ mode }) => mode, { ...PARAMS, mode: 'quick' }, 'with.mode "full" -> "quick"'],
    ['within another', (p) => p.model.depth, deeper, 'with.model.depth 3 -> 4'],
    [
      'by destructuring',
      ({ model: { tune } }) => tune.seed,
      reseeded,
      'with.model.tune.seed 7 -> 8',
    ],
    ['by a spread', (p) => ({ ...p }), { ...PARAMS, mode: 'quick' }, 'with.mode "full" -> "quick"'],
    ['by the rest of a destructuring', ({ mode: _, ...rest }) => rest.tags, retagged, 'with.tags'],
    ['as JSON', (p) => JSON.stringify(p), reseeded, 'with.model.tune.seed 7 -> 8'],
    ['as a clone', (p) => structuredClone(p).mode, reseeded, 'with.model.tune.seed 7 -> 8'],
    ['among all values', (p) => Object.values(p).length, retagged, 'with.tags'],
    ['as an output', (p) => p.model, reseeded, 'with.model.tune.seed 7 -> 8'],
    [
      'inside an output',
      (p) => [{ of: new Map([[1, p.model]]) }],
      reseeded,
      'with.model.tune.seed',
    ],
    ['in a list', (p) => p.tags.length, { ...PARAMS, tags: ['x', 'y'] }, 'with.tags'],
  ])('%s makes it run again when it changes', async (_how, use, edited, why) => {
    const { verdicts, ran } = await afterEdit(use, edited);
    expect(verdicts.s).toContain(`run: ${why}`);
    expect(ran).toEqual(['s']);
  });

  it('in setup counts', async () => {
    const setup = ({ params }: AttemptScope): void => void (params as Params).mode;
    const { verdicts } = await afterEdit(() => 1, { ...PARAMS, mode: 'quick' }, { setup });
    expect(verdicts.s).toBe('run: with.mode "full" -> "quick"');
  });

  it('in teardown alone does not count: the outputs were there before', async () => {
    const teardown = ({ params }: AttemptScope): void => void (params as Params).mode;
    const { ended } = await afterEdit(() => 1, { ...PARAMS, mode: 'quick' }, { teardown });
    expect(ended).toBeUndefined();
  });
});

describe('a param that a stage never read', () => {
  it.each<[string, Use, object]>([
    ['beside what it read', ({ mode }) => mode, deeper],
    ['within an object of which it read another part', (p) => p.model.depth, reseeded],
    ['within an object that it only took along', (p) => typeof p.model, deeper],
    ['of which it printed the value', (p) => inspect(p).length, deeper],
    ['though it listed the names', (p) => Object.keys(p).join(), deeper],
    ['whose keys were put in another order', (p) => p.mode, reordered(PARAMS)],
  ])('%s may change', async (_which, use, edited) => {
    const { ended } = await afterEdit(use, edited);
    expect(ended).toBeUndefined();
  });

  it('makes it run again when it comes or goes, since it may have looked for it', async () => {
    const { tags: _gone, ...fewer } = PARAMS;
    const more = { ...PARAMS, extra: 1 };
    expect((await afterEdit(({ mode }) => mode, fewer)).verdicts.s).toBe(
      "run: with.tags [ 'x' ] -> not set",
    );
    expect((await afterEdit(({ mode }) => mode, more)).verdicts.s).toBe(
      'run: with.extra not set -> 1',
    );
  });

  it('may come and go within an object that was not read either', async () => {
    const use: Use = ({ mode }) => mode;
    const edited = { ...PARAMS, model: { depth: 3, another: 1 } };
    expect((await afterEdit(use, edited)).ended).toBeUndefined();
    const seen = await afterEdit((p) => typeof p.model, edited);
    expect(seen.verdicts.s).toBe(
      'run: with.model.tune { rate: 1, seed: 7 } -> not set; with.model.another not set -> 1',
    );
  });
});

function reordered(params: object): object {
  return Object.fromEntries(Object.entries(params).reverse());
}

describe('the params of a stage', () => {
  it('are frozen, however deep', async () => {
    const attempts: Use[] = [
      (p) => Reflect.set(p, 'mode', 'x'),
      (p) => Reflect.set(p.model.tune, 'rate', 'x'),
      (p) => Reflect.defineProperty(p, 'more', { value: 1 }),
      (p) => Reflect.deleteProperty(p.model, 'depth'),
      (p) => Reflect.set(p.tags, 0, 'x'),
    ];
    const pipeline = user(PARAMS, (p) => [...attempts.map((change) => change(p)), p]);
    const { context } = await resumeEdited(
      user({ never: 1 }, () => 0),
      pipeline,
    );
    expect(context?.out).toEqual([false, false, false, false, false, PARAMS]);
  });

  it('are printed as what they are', async () => {
    const use: Use = (p) => [
      inspect(p, { depth: 9 }),
      inspect(p.model.tune),
      `${inspect([p.model])}`,
    ];
    const { context } = await resumeEdited(
      user({ never: 1 }, () => 0),
      user(PARAMS, use),
    );
    expect(context?.out).toEqual([
      inspect(PARAMS, { depth: 9 }),
      inspect(PARAMS.model.tune),
      inspect([PARAMS.model]),
    ]);
  });

  it('can be returned as they are, also where schemas read the outputs', async () => {
    const outputs = z.object({
      model: z.strictObject({ depth: z.number(), tune: z.record(z.string(), z.number()) }),
      tags: z.array(z.string()),
      mode: z.any(),
    });
    const parts = { spec: { outputs }, run: ({ params }: AttemptScope) => params };
    const { context } = await resumeEdited(
      user({ a: 1 }, () => 0),
      user(PARAMS, () => 0, parts),
    );
    expect(context).toEqual(PARAMS);
  });
});
