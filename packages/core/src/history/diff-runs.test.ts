import { describe, expect, it } from '@jest/globals';
import { MemoryStore } from '../checkpoint/index.ts';
import type { StageCode } from '../definition/index.ts';
import { type Edit, runCached, scene } from '../executor/testing-local/cached-scene.ts';
import { keyed, pusher } from '../executor/testing-local/keyed.ts';
import { RecordingStore } from '../executor/testing-local/recording-store.ts';
import { type ExecuteOptions, execute, sketch } from '../executor/testing-local/run-pipeline.ts';
import type { ModelPipeline } from '../pipeline/index.ts';
import { describeReasons } from '../plan/index.ts';
import { diffRuns, type RunDifferences } from './diff-runs.ts';
import { diffKey } from './key-differences.ts';

async function diffOf(
  before: ModelPipeline,
  after: ModelPipeline,
  options: ExecuteOptions & { readonly store?: RecordingStore | MemoryStore } = {},
): Promise<RunDifferences> {
  const { store = new MemoryStore() } = options;
  const first = await execute(before, { ...options, store, cache: false });
  const second = await execute(after, { ...options, store, cache: false });
  return diffRuns(store, [first.handle.id, second.handle.id]);
}

/** `top with.x 1 -> 2`, `s reads x from top`, `s writes y`. */
function told({ stages, keys }: RunDifferences): readonly string[] {
  return [
    ...stages.flatMap(({ stage, changes, inputs, writes, isUnexplained }) => [
      ...changes.map((change) => `${stage}: ${describeReasons([change])}`),
      ...inputs.map(({ name, after }) => `${stage} reads ${name} from ${after}`),
      ...writes.map((key) => `${stage} writes ${key}${isUnexplained ? ', unexplained' : ''}`),
    ]),
    ...keys.map(({ key }) => `key ${key}`),
  ];
}

const code = (hash: string): StageCode => ({
  hash,
  files: [{ file: 's.ts', hash }],
  packages: [{ name: 'lib', version: hash }],
});

describe('two runs', () => {
  it.each(['at-once', 'later'] as const)(
    'of the same are equal, from a store that answers %s',
    async (answers) => {
      const differences = await diffOf(scene(), scene(), {
        store: new RecordingStore({ answers }),
      });
      expect([differences.isEqual, told(differences)]).toEqual([true, []]);
      expect(differences.stages.map(({ stage }) => stage)).toEqual(['top', 's', 'end']);
    },
  );

  it.each<[string, Edit, Edit, readonly string[]]>([
    [
      'a param, and what follows from it',
      {},
      { params: { a: 2, b: 1 } },
      ['s: with.a 1 -> 2', 's writes y', 'end reads y from s', 'end writes z', 'key y', 'key z'],
    ],
    ['a param that changes nothing else', {}, { params: { a: 1, b: 5 } }, ['s: with.b 1 -> 5']],
    ['a version', {}, { version: '2' }, ['s: its code changed']],
    [
      'code',
      { code: code('a') },
      { code: code('b') },
      ['s: code: s.ts changed', 's: code: lib a -> b'],
    ],
    [
      'an input of the first stage',
      {},
      { x: 3 },
      [
        'top: with.x 1 -> 3',
        'top writes x',
        's reads x from top',
        's writes y',
        'end reads y from s',
        'end writes z',
        'key x',
        'key y',
        'key z',
      ],
    ],
  ])('differ in %s', async (_what, before, after, expected) => {
    const differences = await diffOf(scene(before), scene(after));
    expect(told(differences)).toEqual(expected);
    expect(differences.isEqual).toBe(false);
  });

  it('differ where a stage gives another value for the same', async () => {
    let calls = 0;
    const drawn = (): ModelPipeline =>
      sketch({ s: { does: keyed([], ['drawn'], () => ({ drawn: { value: calls++ } })) } });
    const differences = await diffOf(drawn(), drawn());
    expect(told(differences)).toEqual(['s writes drawn, unexplained', 'key drawn']);
    expect(differences.keys[0]?.changes).toMatchObject({
      value: { first: [{ kind: 'changed', path: ['value'], before: 0, after: 1 }], count: 1 },
    });
  });

  it('are equal when one took its outcome over from the other', async () => {
    const store = new MemoryStore();
    const first = await runCached({}, store);
    const second = await runCached({}, store);
    const { isEqual, stages } = await diffRuns(store, [first.handle.id, second.handle.id]);
    expect([isEqual, stages.find(({ stage }) => stage === 's')?.after?.origin?.runId]).toEqual([
      true,
      first.handle.id,
    ]);
  });

  it('are equal in a key that came to the same value by other patches', async () => {
    const ordered = (...values: readonly number[]): ModelPipeline =>
      sketch(
        Object.fromEntries(
          values.map((value, at) => [
            `p${at}`,
            { needs: at === 0 ? [] : [`p${at - 1}`], does: pusher('list', value) },
          ]),
        ),
        { context: { list: values.length === 1 ? [1] : [] } },
      );
    const { keys } = await diffOf(ordered(2), ordered(1, 2));
    expect(keys).toEqual([]);
  });

  it('differ in stages and keys that only one has, and in how a stage ended', async () => {
    const differences = await diffOf(
      sketch({ a: () => ({ x: 1 }), gone: () => ({ old: 1 }) }),
      sketch({
        a: () => {
          throw new RangeError('broken');
        },
        fresh: () => ({ young: 1 }),
      }),
      { failureMode: 'continue' },
    );
    const statuses = differences.stages.map(({ stage, before, after }) => [
      stage,
      before?.status,
      after?.status,
    ]);
    expect(statuses.sort()).toEqual([
      ['a', 'succeeded', 'failed'],
      ['fresh', undefined, 'succeeded'],
      ['gone', 'succeeded', undefined],
    ]);
    expect(
      differences.keys.map(({ key, before, after }) => [key, before?.stage, after?.stage]),
    ).toEqual([
      ['old', 'gone', undefined],
      ['x', 'a', undefined],
      ['young', undefined, 'fresh'],
    ]);
  });

  it('tell of a value that cannot be read, and of all others', async () => {
    const store = new RecordingStore();
    const made = (value: number): ModelPipeline =>
      sketch({ s: () => ({ a: [value], b: [value, value] }) });
    const first = await execute(made(1), { store });
    const second = await execute(made(2), { store });
    const [record] = store.inner.loadStages(second.handle.id);
    store.damage(record?.writes.find(({ key }) => key === 'a')?.hash ?? '');
    const { keys } = await diffRuns(store, [first.handle.id, second.handle.id]);
    expect(keys.map(({ changes }) => changes)).toMatchObject([
      { ok: false, problem: { code: 'CHECKPOINT_CORRUPT' } },
      { ok: true, value: { count: 2 } },
    ]);
  });
});

describe('a key of two runs', () => {
  it('is compared alone', async () => {
    const store = new MemoryStore();
    const first = await runCached({ x: 1 }, store);
    const second = await runCached({ x: 3 }, store);
    const ids = [first.handle.id, second.handle.id] as const;
    expect(await diffKey(store, ids, 'x')).toMatchObject({
      isEqual: false,
      before: { stage: 'top' },
      changes: { value: { first: [{ path: [], before: 1, after: 3 }] } },
    });
    expect(await diffKey(store, [ids[0], ids[0]], 'x')).toMatchObject({ isEqual: true });
    expect(await diffKey(store, ids, 'nope')).toBeUndefined();
  });
});
