import { describe, expect, it } from '@jest/globals';
import { VirtualClock } from '../base/virtual-clock.ts';
import { z } from '../base/zod.ts';
import { MemoryStore } from '../checkpoint/index.ts';
import { keyed, pusher } from '../executor/testing-local/keyed.ts';
import { execute, type SketchedStage, sketch } from '../executor/testing-local/run-pipeline.ts';
import { withFacts } from '../executor/testing-local/with-facts.ts';
import { definePipeline } from '../pipeline/define-pipeline.ts';
import type { ModelPipeline } from '../pipeline/index.ts';
import { stageOf } from '../runner/testing-local/stage-of.ts';
import { MappedStage } from '../stage/index.ts';
import { makeCapsule } from './make-capsule.ts';
import { type ReplayOptions, replayCapsule } from './replay-capsule.ts';
import { capsuleOf, classOf } from './testing-local/capsule-of.ts';

const RICH = {
  when: new Date(5),
  big: 10n,
  map: new Map([['a', new Set([1])]]),
  bytes: new Float64Array([1.5, Number.NaN]),
  gone: undefined,
};

/** `make` gives a value, `tell` does what the test says. */
function pair(tell: Partial<SketchedStage> & Pick<SketchedStage, 'does'>): ModelPipeline {
  return sketch({
    make: { does: keyed([], ['value'], () => ({ value: RICH })) },
    tell: { needs: ['make'], ...tell },
  });
}

async function replayed(pipeline: ModelPipeline, stage: string, options: ReplayOptions = {}) {
  return replayCapsule(await capsuleOf(pipeline, { stage }), classOf(pipeline, stage), options);
}

describe('a replay of a stage that failed', () => {
  const broken = (message: () => string): ModelPipeline =>
    pair({
      does: keyed(['value'], [], () => {
        throw new RangeError(message());
      }),
    });

  it('fails with the same failure', async () => {
    const replay = await replayed(
      broken(() => 'no'),
      'tell',
    );
    expect(replay).toMatchObject({ outcome: 'failed', verdict: 'same-failure', outputs: [] });
    expect(replay.failure?.thrown).toMatchObject({ name: 'RangeError', message: 'no' });
  });

  it('tells another failure from the one on record', async () => {
    let tries = 0;
    const pipeline = broken(() => `try ${++tries}`);
    expect(await replayed(pipeline, 'tell')).toMatchObject({ verdict: 'other-failure' });
  });

  it('tells that the class is mended by now', async () => {
    const capsule = await capsuleOf(
      broken(() => 'no'),
      { stage: 'tell' },
    );
    const seen: unknown[] = [];
    const mended = stageOf(keyed(['value'], ['sum'], ({ value }) => ({ sum: seen.push(value) })));
    expect(await replayCapsule(capsule, mended)).toMatchObject({
      outcome: 'succeeded',
      verdict: 'recovered',
    });
    expect(seen).toEqual([RICH]);
  });

  it('runs set-up and teardown, and gives run, stage and attempt', async () => {
    const calls: unknown[] = [];
    const pipeline = pair({
      retry: { attempts: 2, delay: '1ms' },
      does: {
        setup: ({ attempt }) => calls.push(['setup', attempt]),
        run: () => {
          throw new Error('no');
        },
        teardown: ({ stageId }) => calls.push(['teardown', stageId]),
      },
    });
    const capsule = await capsuleOf(pipeline, { stage: 'tell' });
    expect(capsule.head).toMatchObject({ attempt: 2, status: 'failed' });
    calls.length = 0;
    await replayCapsule(capsule, classOf(pipeline, 'tell'));
    expect(calls).toEqual([
      ['setup', 2],
      ['teardown', 'tell'],
    ]);
  });

  it('ends at the time limit of the stage, unless there is to be none', async () => {
    const clock = new VirtualClock();
    let release = (): void => {};
    const waiting = (): Promise<void> => new Promise((resolve) => (release = resolve));
    const pipeline = pair({ timeout: '5s', grace: '1s', does: { run: () => ({ a: 1 }) } });
    const capsule = await capsuleOf(pipeline, { stage: 'tell' });
    const slow = stageOf(async () => {
      await waiting();
      return { a: 1 };
    });
    const limited = replayCapsule(capsule, slow, { clock });
    await clock.advance(6000);
    expect((await limited).failure?.reason).toBe('timed-out');
    const free = replayCapsule(capsule, slow, { clock, timeoutMs: null });
    await clock.advance(60_000);
    release();
    expect(await free).toMatchObject({ verdict: 'same-outputs' });
  });

  it('is broken off by its signal', async () => {
    const stop = new AbortController();
    const pipeline = pair({ does: { run: () => ({ a: 1 }) } });
    const capsule = await capsuleOf(pipeline, { stage: 'tell' });
    const endless = stageOf(
      ({ signal }) => new Promise((resolve) => signal.addEventListener('abort', resolve)),
    );
    const replay = replayCapsule(capsule, endless, { signal: stop.signal });
    stop.abort();
    expect(await replay).toMatchObject({ outcome: 'cancelled', verdict: 'cancelled' });
  });
});

describe('a replay of a stage that succeeded', () => {
  it('compares what it wrote, by hash', async () => {
    const pipeline = pair({ does: keyed(['value'], ['copy'], ({ value }) => ({ copy: value })) });
    expect(await replayed(pipeline, 'tell')).toMatchObject({
      verdict: 'same-outputs',
      outputs: [{ name: 'copy', kind: 'output', verdict: 'same' }],
    });
  });

  it('tells where an output differs', async () => {
    let count = 0;
    const pipeline = pair({ does: keyed([], ['made'], () => ({ made: { at: [0, ++count] } })) });
    const { verdict, outputs } = await replayed(pipeline, 'tell');
    expect(verdict).toBe('other-outputs');
    expect(outputs).toMatchObject([
      {
        name: 'made',
        verdict: 'differs',
        changes: { count: 1, first: [{ path: ['at', 1], before: 1, after: 2 }] },
      },
    ]);
  });

  it('tells outputs that are gone or new', async () => {
    const pipeline = sketch({ tell: () => ({ old: 1 }) });
    const capsule = await capsuleOf(pipeline, { stage: 'tell' });
    const other = stageOf(() => ({ fresh: 1 }));
    expect((await replayCapsule(capsule, other)).outputs).toEqual([
      { name: 'old', kind: 'output', verdict: 'missing' },
      { name: 'fresh', kind: 'output', verdict: 'added' },
    ]);
  });

  it('compares what it updated, by the value that came of it', async () => {
    const pipeline = sketch(
      { add: { does: pusher('list', 7) }, more: { needs: ['add'], does: pusher('list', 8) } },
      { context: { list: [1] } },
    );
    expect(await replayed(pipeline, 'more')).toMatchObject({
      verdict: 'same-outputs',
      outputs: [{ name: 'list', kind: 'update', verdict: 'same' }],
    });
  });

  it('gives a stage that declares nothing what it saw then, and no more', async () => {
    const seen: unknown[] = [];
    const pipeline = sketch(
      {
        one: () => ({ a: 1, b: 2 }),
        side: () => ({ c: 3 }),
        two: {
          needs: ['one'],
          does: ({ inputs }) => {
            seen.push({ ...(inputs as object) });
            return { sum: 1 };
          },
        },
      },
      { context: { day: 'monday' } },
    );
    expect(await replayed(pipeline, 'two')).toMatchObject({ verdict: 'same-outputs' });
    expect(seen).toEqual([
      { a: 1, b: 2, day: 'monday' },
      { a: 1, b: 2, day: 'monday' },
    ]);
  });

  it('gives gathered inputs in their order, and renamed ones by their own names', async () => {
    const pipeline = sketch({
      a: { does: keyed([], ['x'], () => ({ x: 1 })), writes: { x: 'first' } },
      b: { does: keyed([], ['x'], () => ({ x: 2 })), writes: { x: 'second' } },
      both: {
        needs: ['a', 'b'],
        reads: { all: ['second', 'first'], one: 'first' },
        does: keyed(['all', 'one', 'none?'], ['out'], (inputs) => ({ out: { ...inputs } })),
      },
    });
    const capsule = await capsuleOf(pipeline, { stage: 'both' });
    expect(capsule.head.inputs.map(({ name, kind }) => [name, kind])).toEqual([
      ['all[0]', 'value'],
      ['all[1]', 'value'],
      ['one', 'value'],
      ['none', 'absent'],
    ]);
    expect(await replayCapsule(capsule, classOf(pipeline, 'both'))).toMatchObject({
      verdict: 'same-outputs',
    });
  });

  it('gives a stage of a pipeline within a pipeline its keys by the names that it uses', async () => {
    const seen: unknown[] = [];
    const look: SketchedStage['does'] = ({ context }) => {
      seen.push([context.keys(), context.get('own'), context.get('given')]);
      return { done: 1 };
    };
    const drawn = sketch(
      {
        first: { does: () => ({ own: 1 }) },
        second: { needs: ['first'], reads: { given: 'day' }, does: look },
      },
      { context: { day: 'monday', other: 2 } },
    );
    const inside = { namespace: 'sub/' };
    const pipeline = withFacts(drawn, { first: inside, second: inside });
    const capsule = await capsuleOf(pipeline, { stage: 'second' });
    expect(await replayCapsule(capsule, classOf(pipeline, 'second'))).toMatchObject({
      verdict: 'same-outputs',
      outputs: [{ name: 'done', verdict: 'same' }],
    });
    expect(seen).toEqual([
      [['given', 'own'], 1, 'monday'],
      [['given', 'own'], 1, 'monday'],
    ]);
  });

  it('gives the artifacts that its inputs refer to, without the store', async () => {
    const pipeline = sketch({
      write: {
        does: {
          run: async ({ artifacts }) => ({ refs: [{ page: await artifacts.write('p', 'text') }] }),
        },
      },
      read: {
        needs: ['write'],
        does: {
          spec: {
            inputs: z.object({ refs: z.any() }),
            outputs: z.object({ length: z.number() }),
          },
          run: async ({ inputs, artifacts }) => {
            const { refs } = inputs as { refs: [{ page: never }] };
            await artifacts.write('again', 'mine');
            return { length: (await artifacts.read(refs[0].page)).byteLength };
          },
        },
      },
    });
    expect(await replayed(pipeline, 'read')).toMatchObject({ verdict: 'same-outputs' });
  });
});

describe('other values for a replay', () => {
  const pipeline = sketch(
    {
      tell: {
        with: { size: '3', deep: { list: [1] } },
        does: keyed(['day'], ['out'], ({ day }, params) => ({ out: [day, params] }), {
          params: z.object({
            size: z.string().transform((text) => ({ text })),
            deep: z.object({ list: z.array(z.number()) }),
          }),
        }),
      },
    },
    { context: { day: 'monday' } },
  );
  const found: unknown[] = [];
  const recording = stageOf(
    keyed(
      ['day'],
      ['out'],
      ({ day }, params) => ({ out: found.push([day, structuredClone(params)]) }),
      {
        params: z.object({
          size: z.string().transform((text) => ({ text })),
          deep: z.object({ list: z.array(z.number()) }),
        }),
      },
    ),
  );

  it('params that a schema turned into something else are not read twice', async () => {
    const capsule = await capsuleOf(pipeline, { stage: 'tell' });
    expect(await replayCapsule(capsule, classOf(pipeline, 'tell'))).toMatchObject({
      verdict: 'same-outputs',
    });
  });

  it('inputs and params are replaced by name and by path', async () => {
    const capsule = await capsuleOf(pipeline, { stage: 'tell' });
    const changes = [{ path: ['deep', 'list', 0], value: 9 }];
    await replayCapsule(capsule, recording, { inputs: { day: 'friday' }, paramChanges: changes });
    expect(found).toEqual([['friday', { size: { text: '3' }, deep: { list: [9] } }]]);
  });

  it('an input that the stage does not read is refused before anything runs', async () => {
    const capsule = await capsuleOf(pipeline, { stage: 'tell' });
    found.length = 0;
    await expect(
      replayCapsule(capsule, recording, { inputs: { dya: 'friday' } }),
    ).rejects.toMatchObject({ code: 'INPUT_UNKNOWN', help: 'did you mean "day"?' });
    await expect(replayCapsule(capsule, recording, { inputs: { hour: 3 } })).rejects.toMatchObject({
      code: 'INPUT_UNKNOWN',
      help: 'it reads day',
    });
    expect(found).toEqual([]);
  });

  it('a param that the schema does not know is refused before anything runs', async () => {
    const capsule = await capsuleOf(pipeline, { stage: 'tell' });
    found.length = 0;
    for (const [path, message, help] of [
      [['sise'], 'has no param "sise"', 'did you mean "size"?'],
      [['deep', 'zone'], 'has no param "deep.zone"', 'there it has list'],
    ] as const) {
      const paramChanges = [{ path, value: 1 }];
      await expect(replayCapsule(capsule, recording, { paramChanges })).rejects.toMatchObject({
        code: 'PARAMS_INVALID',
        message: expect.stringContaining(message),
        help,
      });
    }
    expect(found).toEqual([]);
  });

  it('params that the schema refuses are refused before anything runs', async () => {
    const plain = sketch({
      tell: {
        with: { size: 3 },
        does: keyed([], ['out'], (_, { size }) => ({ out: size }), {
          params: z.object({ size: z.number() }),
        }),
      },
    });
    const capsule = await capsuleOf(plain, { stage: 'tell' });
    const paramChanges = [{ path: ['size'], value: 'big' }];
    await expect(
      replayCapsule(capsule, classOf(plain, 'tell'), { paramChanges }),
    ).rejects.toMatchObject({ code: 'PARAMS_INVALID' });
  });
});

describe('a key that the capsule does not have', () => {
  it('fails the stage that looks it up, by name', async () => {
    const store = new MemoryStore();
    const pipeline = sketch(
      { tell: { does: keyed([], ['out'], () => ({ out: 1 })) } },
      { context: { day: 'monday' } },
    );
    const { handle } = await execute(pipeline, { store });
    const capsule = await makeCapsule(store, { runId: handle.id, pipeline, stage: 'tell' });
    expect(capsule.head.context).toEqual([{ name: 'day', kind: 'left-out', why: 'unread' }]);
    const curious = stageOf({
      spec: { inputs: z.object({}) },
      run: ({ context }) => ({ out: context.get('day') }),
    });
    const replay = await replayCapsule(capsule, curious);
    expect(replay.failure?.message).toContain('"day", which is not in its capsule');
    expect(await replayCapsule(capsule, curious, { inputs: {} })).toMatchObject({
      verdict: 'broke',
    });
  });
});

describe('a replay of a mapped stage', () => {
  class Doubled extends MappedStage.of({
    inputs: z.object({ numbers: z.array(z.number()) }),
    outputs: z.object({ doubled: z.array(z.number()) }),
    map: { over: 'numbers', into: 'doubled' },
  }) {
    runItem(number: number): number {
      if (number === 13) throw new Error('no thirteen');
      done.push(number);
      return number * 2;
    }
  }
  const done: number[] = [];
  const over = (numbers: readonly number[]): ModelPipeline =>
    definePipeline({
      name: 'mapped',
      context: { numbers },
      stages: { double: { stage: Doubled } },
    });

  it('does every item, also those whose results are on record', async () => {
    const capsule = await capsuleOf(over([1, 2, 3]), { stage: 'double' });
    done.length = 0;
    expect(await replayCapsule(capsule, Doubled)).toMatchObject({ verdict: 'same-outputs' });
    expect(done).toEqual([1, 2, 3]);
  });

  it('fails by the same item', async () => {
    const capsule = await capsuleOf(over([1, 13]), { stage: 'double' });
    expect(await replayCapsule(capsule, Doubled)).toMatchObject({ verdict: 'same-failure' });
    const given = { inputs: { numbers: [1, 14] } };
    expect(await replayCapsule(capsule, Doubled, given)).toMatchObject({ verdict: 'recovered' });
  });
});
