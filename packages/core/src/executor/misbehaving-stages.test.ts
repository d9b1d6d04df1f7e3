// biome-ignore-all lint/suspicious/noThenProperty: thenables are among the cases under test
import { describe, expect, it } from '@jest/globals';
import { VirtualClock } from '../base/virtual-clock.ts';
import { turns } from './testing-local/gate.ts';
import { type OddCase, runOdd } from './testing-local/run-odd.ts';
import { begin, sketch, stageIn } from './testing-local/run-pipeline.ts';

const raise = (error: unknown): never => {
  throw error;
};

const hostile: object = new Proxy(
  {},
  { get: () => raise(new RangeError('trap')), getPrototypeOf: () => raise(new RangeError('trap')) },
);

const cases: readonly OddCase[] = [
  [
    'throws',
    () => raise(new RangeError('boom')),
    { reason: 'threw', phase: 'run', message: 'stage "odd" failed: boom' },
  ],
  [
    'rejects',
    async () => raise(new TypeError('later')),
    { reason: 'threw', phase: 'run', message: 'stage "odd" failed: later' },
  ],
  [
    'throws a string',
    () => raise('boom'),
    { reason: 'threw', message: 'stage "odd" failed: threw boom, which is no Error' },
  ],
  [
    'throws undefined',
    () => raise(undefined),
    { reason: 'threw', message: 'stage "odd" failed: threw undefined, which is no Error' },
  ],
  [
    'rejects with nothing',
    () => Promise.reject(),
    { reason: 'threw', message: 'stage "odd" failed: threw undefined, which is no Error' },
  ],
  [
    'throws an object whose getters throw',
    () =>
      raise({
        get message() {
          return raise(new RangeError('getter'));
        },
      }),
    { reason: 'threw', message: expect.stringContaining('which is no Error') },
  ],
  [
    'throws a frozen object',
    () => raise(Object.freeze({ code: 7 })),
    { reason: 'threw', message: expect.stringContaining('{ code: 7 }') },
  ],
  [
    'throws a hostile proxy',
    () => raise(hostile),
    { reason: 'threw', message: expect.stringContaining('stage "odd" failed') },
  ],
  [
    'rejects with a hostile proxy',
    () => Promise.reject(hostile),
    { reason: 'threw', message: expect.stringContaining('stage "odd" failed') },
  ],
  ['returns a hostile proxy', () => hostile, { reason: 'threw', phase: 'outputs' }],
  [
    'has a constructor that throws',
    { construct: () => raise(new RangeError('boom')) },
    { reason: 'threw', phase: 'construct', message: 'stage "odd" failed in construct: boom' },
  ],
  [
    'has a setup that throws',
    { setup: () => raise(new RangeError('boom')) },
    { reason: 'threw', phase: 'setup', message: 'stage "odd" failed in setup: boom' },
  ],
  ['returns a number', () => 5, { reason: 'invalid-output', phase: 'outputs' }],
  ['returns an array', () => [1], { reason: 'invalid-output', phase: 'outputs' }],
  [
    'returns a class instance',
    () => new (class Odd {})(),
    { reason: 'invalid-output', message: expect.stringContaining('"odd"') },
  ],
  [
    'returns a function in a list',
    () => ({ x: [1, () => 2] }),
    { reason: 'unstorable-value', message: expect.stringContaining('x[1] is a function') },
  ],
  [
    'returns a thenable that rejects after it resolved',
    () => ({ then: (_: unknown, reject: (e: unknown) => void) => [1, 2].map(reject) }),
    { reason: 'threw', message: 'stage "odd" failed: threw 1, which is no Error' },
  ],
];

describe('a stage that misbehaves', () => {
  it.each(cases)('and %s fails alone, with a reason', async (_name, does, failure) => {
    const { result, events } = await runOdd({ does });
    expect(stageIn(result, 'odd')).toMatchObject({ status: 'failed', attempt: 1, failure });
    expect(stageIn(result, 'after')).toMatchObject({
      status: 'skipped',
      reason: 'it needs "odd", which failed',
    });
    expect(stageIn(result, 'beside').status).toBe('succeeded');
    expect(result.status).toBe('failed');
    expect(result.context.toObject()).toEqual({ list: [1, 2, 3], fine: 'fine' });
    expect(events.find(({ type }) => type === 'stage.failed')).toMatchObject({
      stage: 'odd',
      failure,
    });
  });

  it('and whose teardown throws has its outputs and a recorded failure', async () => {
    const { result, events } = await runOdd({
      does: { run: () => ({ x: 1 }), teardown: () => raise(new RangeError('late')) },
    });
    expect(result.status).toBe('succeeded');
    expect(result.context.get('x')).toBe(1);
    expect(events.find((e) => e.type === 'stage.succeeded' && e.stage === 'odd')).toMatchObject({
      teardownFailure: { reason: 'threw', phase: 'teardown' },
    });
  });

  it('and whose teardown throws after a failure fails with the first cause', async () => {
    const { result } = await runOdd({
      does: { run: () => raise(new RangeError('first')), teardown: () => raise('second') },
    });
    expect(stageIn(result, 'odd').failure?.message).toBe('stage "odd" failed: first');
  });

  it('and never settles is left behind after timeout and grace, and its late result is dropped', async () => {
    const clock = new VirtualClock();
    const late = Promise.withResolvers<object>();
    const pipeline = sketch(
      {
        odd: { timeout: '1s', grace: '100ms', does: () => late.promise },
        beside: () => ({ fine: 1 }),
      },
      { failureMode: 'continue' },
    );
    const { handle, events } = await begin(pipeline, { clock });
    await clock.advance(1100);
    const result = await handle.result;
    expect(stageIn(result, 'odd').failure).toMatchObject({ reason: 'timed-out', phase: 'run' });
    late.resolve({ odd: 'late' });
    await turns();
    expect(result.context.toObject()).toEqual({ fine: 1 });
    expect(events.at(-1)?.type).toBe('run.finished');
    expect(clock.pendingTimers).toBe(0);
  });

  it('and returns a thenable that never calls back is timed out', async () => {
    const clock = new VirtualClock();
    const { handle } = await begin(
      sketch({ odd: { timeout: '1s', grace: '100ms', does: () => ({ then: () => undefined }) } }),
      { clock },
    );
    await clock.advance(1100);
    expect(stageIn(await handle.result, 'odd').failure?.reason).toBe('timed-out');
  });

  it('and blocks the event loop past its timeout is timed out', async () => {
    const { result } = await runOdd({
      timeout: '5ms',
      does: () => {
        const until = performance.now() + 10;
        while (performance.now() < until);
        return { x: 1 };
      },
    });
    expect(stageIn(result, 'odd').failure).toMatchObject({ reason: 'timed-out', phase: 'run' });
    expect(result.context.has('x')).toBe(false);
  });

  it('and returns keys named then, toString, constructor and __proto__ has written those keys', async () => {
    const { result } = await runOdd({
      does: () => JSON.parse('{"then":1,"toString":2,"constructor":3,"__proto__":{"x":4}}'),
    });
    expect(result.status).toBe('succeeded');
    expect(result.context.keys()).toEqual([
      '__proto__',
      'constructor',
      'fine',
      'list',
      'never',
      'then',
      'toString',
    ]);
    expect(result.context.get('__proto__')).toEqual({ x: 4 });
    expect(({} as { x?: number }).x).toBeUndefined();
  });

  it('and promises a thenable with a plain `then` has written that key', async () => {
    const { result } = await runOdd({ does: async () => ({ then: 'plain' }) });
    expect(result.context.get('then')).toBe('plain');
  });
});
