import { describe, expect, it } from '@jest/globals';
import { MemoryStore } from '../checkpoint/index.ts';
import type { StageCode } from '../definition/index.ts';
import type { ModelPipeline } from '../pipeline/index.ts';
import { type Edit, however, runCached as run } from './testing-local/cached-scene.ts';
import { keyed, type Params, pusher } from './testing-local/keyed.ts';
import { type ExecuteOptions, execute, sketch, stageIn } from './testing-local/run-pipeline.ts';

const code = (hash: string): StageCode => ({ hash, files: [], packages: [] });

describe('a cacheable stage', () => {
  it.each<[string, Edit, Edit, string, unknown]>([
    ['of the same code, params and inputs is taken over', {}, {}, 'reused', [1, 1]],
    ['whose unread param changed is too', {}, { params: { a: 1, b: 2 } }, 'reused', [1, 1]],
    ['whose read param changed runs', {}, { params: { a: 2, b: 1 } }, 'succeeded', [1, 2]],
    ['that got another param runs', {}, { params: { a: 1, b: 1, c: 1 } }, 'succeeded', [1, 1]],
    ['whose input changed runs', {}, { x: 3 }, 'succeeded', [3, 1]],
    ['of another version runs', {}, { version: '2' }, 'succeeded', [1, 1]],
    ['of the same code is taken over', { code: code('a') }, { code: code('a') }, 'reused', [1, 1]],
    ['of other code runs', { code: code('a') }, { code: code('b') }, 'succeeded', [1, 1]],
    ['that writes another key runs', {}, { more: { writes: { y: 'y' } } }, 'succeeded', [1, 1]],
    [
      'that is not cacheable any more runs',
      {},
      { more: { cacheable: false } },
      'succeeded',
      [1, 1],
    ],
  ])('%s', async (_what, first, second, status, z) => {
    const store = new MemoryStore();
    await run(first, store);
    expect(however(await run(second, store))).toEqual([status, z]);
  });

  it('of which neither code nor version is known is never taken over', async () => {
    const store = new MemoryStore();
    const unknown = (): ModelPipeline => sketch({ s: { cacheable: true, does: () => ({ y: 1 }) } });
    await execute(unknown(), { store });
    const { result } = await execute(unknown(), { store });
    expect(stageIn(result, 's').status).toBe('succeeded');
  });

  it('reads of its params what decides which of them counts', async () => {
    const store = new MemoryStore();
    await run({ x: 2, params: { a: 1, b: 1 } }, store);
    await run({ x: 1, params: { a: 1, b: 1 } }, store);
    expect(however(await run({ x: 2, params: { a: 1, b: 9 } }, store))).toEqual([
      'succeeded',
      [2, 1, 9],
    ]);
    expect(however(await run({ x: 1, params: { a: 1, b: 9 } }, store))[0]).toBe('reused');
  });

  it.each<[string, ExecuteOptions]>([
    ['the run wants none', { cache: false }],
    ['it is forced', { selection: { force: true } }],
    ['it is run from there', { selection: { from: ['top'] } }],
  ])('runs when %s', async (_why, options) => {
    const store = new MemoryStore();
    await run({}, store);
    expect(however(await run({}, store, options))[0]).toBe('succeeded');
  });

  it('is looked up by what it looks at besides its inputs', async () => {
    const open = (k: number, other: number): ModelPipeline =>
      sketch(
        {
          s: {
            cacheable: true,
            does: { spec: { version: '1' }, run: ({ context }) => ({ y: context.get('k') }) },
          },
        },
        { context: { k, other } },
      );
    const store = new MemoryStore();
    await execute(open(1, 1), { store });
    const status = async (pipeline: ModelPipeline): Promise<unknown> =>
      stageIn((await execute(pipeline, { store })).result, 's').status;
    expect([await status(open(1, 2)), await status(open(2, 1)), await status(open(2, 9))]).toEqual([
      'reused',
      'succeeded',
      'reused',
    ]);
  });

  it('that changes a key is taken over upon the same value', async () => {
    const growing = (list: readonly number[]): ModelPipeline =>
      sketch({
        base: { with: { list }, does: keyed([], ['list'], (_, own) => ({ list: own.list })) },
        s: { needs: ['base'], does: pusher('list', 'x', { cacheable: true, version: '1' }) },
      });
    const store = new MemoryStore();
    await execute(growing([1]), { store });
    const same = await execute(growing([1]), { store });
    const other = await execute(growing([2]), { store });
    expect([same, other].map(({ result }) => stageIn(result, 's').status)).toEqual([
      'reused',
      'succeeded',
    ]);
    expect([same, other].map(({ result }) => result.context.get('list'))).toEqual([
      [1, 'x'],
      [2, 'x'],
    ]);
  });

  it('is asked for its condition before it is taken over', async () => {
    const store = new MemoryStore();
    const when = ({ params }: { params: Params }): boolean => params.b === 1;
    await run({ params: { a: 1, b: 1 }, more: { when } }, store);
    const { result } = await run({ params: { a: 1, b: 2 }, more: { when } }, store);
    expect(stageIn(result, 's').status).toBe('skipped');
  });

  it('that needs no other is asked too, before the run begins', async () => {
    const alone = (b: number): ModelPipeline =>
      sketch({
        s: {
          with: { b },
          when: ({ params }) => (params as Params).b === 1,
          does: keyed([], ['y'], () => ({ y: 1 }), { cacheable: true, version: '1' }),
        },
      });
    const store = new MemoryStore();
    await execute(alone(1), { store });
    const [same, other] = [await execute(alone(1), { store }), await execute(alone(2), { store })];
    expect(stageIn(same.result, 's').status).toBe('reused');
    expect(stageIn(other.result, 's').status).toBe('skipped');
  });

  it('whose outcome another stage clashes with runs, and is refused', async () => {
    const spec = { cacheable: true, version: '1' };
    const alone = { s: { does: { spec, run: () => ({ k: 's' }) } } };
    const rival = { rival: () => ({ k: 'rival' }) };
    const store = new MemoryStore();
    await execute(sketch(alone), { store });
    const { result } = await execute(sketch({ ...rival, ...alone }, { failureMode: 'continue' }), {
      store,
      concurrency: 1,
      tieBreak: Int32Array.of(0, 1),
    });
    const failed = result.stages.filter(({ status }) => status === 'failed');
    expect(failed.map(({ failure }) => failure?.code)).toEqual(['WRITE_CONFLICT']);
  });
});
