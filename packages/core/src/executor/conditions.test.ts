import { fileURLToPath } from 'node:url';
import { describe, expect, it } from '@jest/globals';
import type { ModelPipeline } from '../pipeline/index.ts';
import { verifyEvents } from '../run/index.ts';
import { turns } from './testing-local/gate.ts';
import { type Inputs, keyed } from './testing-local/keyed.ts';
import { RecordingStore } from './testing-local/recording-store.ts';
import {
  type Ended,
  execute,
  type SketchedStage,
  sketch,
  stageIn,
  statuses,
} from './testing-local/run-pipeline.ts';

const one = { does: keyed([], ['x'], () => ({ x: 1 })) };

/** `s` writes y from x if its condition says so. */
function conditional(
  when: SketchedStage['when'],
  more: Partial<SketchedStage> = {},
  rest: Readonly<Record<string, SketchedStage>> = {},
): ModelPipeline {
  return sketch(
    {
      top: one,
      s: {
        needs: ['top'],
        ...(when === undefined ? {} : { when }),
        does: keyed(['x'], ['y'], ({ x }) => ({ y: x })),
        ...more,
      },
      ...rest,
    },
    { failureMode: 'continue' },
  );
}

async function run(pipeline: ModelPipeline): Promise<Ended> {
  const ended = await execute(pipeline);
  verifyEvents(pipeline.graph, ended.events);
  return ended;
}

const asksX = ({ inputs }: { inputs: Inputs }): boolean => inputs.x === 1;

describe('a condition', () => {
  it.each<[string, SketchedStage['when'], string]>([
    ['true', true, 'succeeded'],
    ['false', false, 'skipped'],
    ['that an input meets', asksX, 'succeeded'],
    ['that an input does not meet', ({ inputs }) => inputs.x === 2, 'skipped'],
    ['that a param meets', ({ params }) => (params as Inputs).mode === 'full', 'succeeded'],
    ['that a param does not meet', ({ params }) => (params as Inputs).mode === 'x', 'skipped'],
  ])('%s decides whether the stage runs', async (_which, when, status) => {
    const { result } = await run(conditional(when, { with: { mode: 'full' } }));
    expect(result.status).toBe('succeeded');
    expect(stageIn(result, 's').status).toBe(status);
    expect(result.context.has('y')).toBe(status === 'succeeded');
  });

  it('that is constant is planned, and others are decided when the stage is ready', async () => {
    const never = await run(conditional(false));
    expect(never.handle.plan.decisions).toEqual(['run', 'skip']);
    expect(never.handle.plan.reasons[1]).toEqual([{ kind: 'condition', text: 'false' }]);
    const asked = await run(conditional(({ inputs }) => inputs.x === 2));
    expect(asked.handle.plan.decisions).toEqual(['run', 'run']);
    expect(stageIn(asked.result, 's')).toMatchObject({
      attempt: 0,
      reason: 'when (code) does not hold',
    });
    expect(asked.events).toContainEqual(
      expect.objectContaining({ type: 'stage.skipped', stage: 's', condition: true }),
    );
  });

  it('of a class is replaced by that of a definition', async () => {
    const never = keyed(['x'], ['y'], ({ x }) => ({ y: x }), { when: () => false });
    const byClass = await run(conditional(undefined, { does: never }));
    expect(stageIn(byClass.result, 's').status).toBe('skipped');
    const replaced = await run(conditional(asksX, { does: never }));
    expect(stageIn(replaced.result, 's').status).toBe('succeeded');
  });

  it('gets inputs that it cannot change, an optional one that nobody wrote not at all', async () => {
    const seen: unknown[] = [];
    const when = ({ inputs }: { inputs: Inputs }): boolean => {
      seen.push(Object.keys(inputs), Reflect.set(inputs, 'x', 2), Reflect.set(inputs.both, 0, 2));
      return inputs.both[0] === inputs.x;
    };
    const reads = { both: ['x', 'x'] };
    const does = keyed(['x', 'none?', 'both'], ['y'], ({ x }) => ({ y: x }));
    const { result } = await run(conditional(when, { reads, does }));
    expect(seen).toEqual([['x', 'both'], false, false]);
    expect(result.context.get('y')).toBe(1);
  });

  it('is asked by a store that answers later too', async () => {
    const store = new RecordingStore({ answers: 'later', groupsCommits: true });
    const { result } = await execute(conditional(asksX), { store });
    expect(stageIn(result, 's').status).toBe('succeeded');
  });
});

describe('a condition that cannot be decided', () => {
  const unclear = (): never => {
    throw new TypeError('there is no such input');
  };

  it.each<[string, () => unknown, string]>([
    ['throws', unclear, 'there is no such input'],
    ['gives a number', () => 1, 'expected true or false, got 1'],
    ['gives nothing', () => undefined, 'expected true or false, got nothing'],
    ['gives a text', () => 'false', 'expected true or false, got "false"'],
    ['is asynchronous', () => Promise.reject(new RangeError('late')), 'expected true or false'],
  ])('since it %s fails the stage before it starts', async (_why, when, message) => {
    let ran = false;
    const does = (): object => {
      ran = true;
      return {};
    };
    const { result } = await run(conditional(when as never, { does }));
    expect([result.status, ran]).toEqual(['failed', false]);
    expect(stageIn(result, 's')).toMatchObject({
      status: 'failed',
      attempt: 1,
      failure: {
        code: 'STAGE_CONDITION_FAILED',
        phase: 'condition',
        message: expect.stringContaining(message),
      },
    });
  });

  it('is not tried again, unless the stage says so', async () => {
    let asked = 0;
    const when = (): never => {
      asked++;
      return unclear();
    };
    const retry = { attempts: 3, delay: '0ms' };
    await run(conditional(when, { retry }));
    expect(asked).toBe(1);
    const stubborn = keyed(['x'], ['y'], () => ({ y: 1 }), { retryable: () => true });
    const { result } = await run(conditional(when, { retry, does: stubborn }));
    expect([asked, stageIn(result, 's').status, stageIn(result, 's').attempt]).toEqual([
      4,
      'failed',
      3,
    ]);
  });

  it('and is clear the next time lets the stage run, or skips it', async () => {
    for (const [answer, status] of [
      [true, 'succeeded'],
      [false, 'skipped'],
    ] as const) {
      let asked = 0;
      const when = (): boolean => (++asked === 1 ? unclear() : answer);
      const does = keyed(['x'], ['y'], () => ({ y: 1 }), { retryable: () => true });
      const { result } = await run(
        conditional(when, { retry: { attempts: 2, delay: '0ms' }, does }),
      );
      expect(stageIn(result, 's').status).toBe(status);
    }
  });

  it('has the fallback stand in', async () => {
    const rest = { after: { needs: ['s'], does: keyed(['y'], ['z'], ({ y }) => ({ z: y })) } };
    const { result } = await run(conditional(unclear, { fallback: { y: 'instead' } }, rest));
    expect([result.status, statuses(result)]).toEqual([
      'degraded',
      { top: 'succeeded', s: 'failed', after: 'succeeded' },
    ]);
    expect(result.context.get('z')).toBe('instead');
  });

  it('degrades the run where the stage is not critical', async () => {
    const { result } = await run(conditional(unclear, { critical: false }));
    expect(result.status).toBe('degraded');
  });
});

describe('what needs a stage whose condition does not hold', () => {
  const strict = { needs: ['s'], does: keyed(['y'], ['z'], ({ y }) => ({ z: y })) };
  const tolerant = { needs: ['s'], does: keyed(['y?'], ['z'], ({ y }) => ({ z: y ?? 'none' })) };

  it.each([
    ['planned', false],
    ['decided when it is ready', () => false],
  ] as const)('is skipped too unless it can do without (%s)', async (_when, when) => {
    const skipped = await run(conditional(when, {}, { after: strict }));
    expect([skipped.result.status, statuses(skipped.result)]).toEqual([
      'succeeded',
      { top: 'succeeded', s: 'skipped', after: 'skipped' },
    ]);
    const goesOn = await run(conditional(when, {}, { after: tolerant }));
    expect([stageIn(goesOn.result, 'after').status, goesOn.result.context.get('z')]).toEqual([
      'succeeded',
      'none',
    ]);
  });

  it.each<[string, SketchedStage]>([
    ['reads nothing of it', { needs: ['s'], does: keyed([], ['z'], () => ({ z: 1 })) }],
    ['declares nothing', { needs: ['s'], does: () => ({ z: 1 }) }],
    [
      'reads it in a list',
      {
        needs: ['s'],
        reads: { all: ['x', 'y'] },
        does: keyed(['all?'], ['z'], () => ({ z: 1 })),
      },
    ],
  ])('is skipped when it %s', async (_what, after) => {
    const { result } = await run(conditional(() => false, {}, { after }));
    expect(stageIn(result, 'after')).toMatchObject({
      status: 'skipped',
      reason: 'it needs what was skipped after "s"',
    });
  });

  it.each([
    ['planned', false],
    ['decided when it is ready', () => false],
  ] as const)('decides along a chain, each for itself (%s)', async (_when, when) => {
    const { result } = await run(
      conditional(
        when,
        {},
        {
          strict,
          tolerant: { needs: ['strict'], does: keyed(['z?'], ['u'], ({ z }) => ({ u: z ?? 0 })) },
          needsBoth: {
            needs: ['strict', 'tolerant'],
            does: keyed(['u'], ['v'], ({ u }) => ({ v: u })),
          },
          last: { needs: ['tolerant'], does: keyed(['u'], ['w'], ({ u }) => ({ w: u })) },
        },
      ),
    );
    expect(statuses(result)).toEqual({
      top: 'succeeded',
      s: 'skipped',
      strict: 'skipped',
      tolerant: 'succeeded',
      needsBoth: 'skipped',
      last: 'succeeded',
    });
    expect(result.context.get('w')).toBe(0);
  });

  it.each([
    ['planned', false],
    ['decided when it is ready', () => false],
  ] as const)('reads what was there before, however slow that is (%s)', async (_when, when) => {
    const slow = { does: { ...one.does, run: () => turns().then(() => ({ x: 1 })) } };
    const rest = {
      after: { needs: ['s'], does: keyed(['x?'], ['z'], ({ x }) => ({ z: x })) },
    };
    const over = { does: keyed(['x'], ['x'], () => ({ x: 'over' })) };
    const { result } = await run(conditional(when, over, { ...rest, top: slow }));
    expect(result.context.get('z')).toBe(1);
  });

  it('is skipped with it also where that was decided after a file was read', async () => {
    const rest = {
      after: strict,
      last: { needs: ['after'], does: keyed(['z'], ['w'], ({ z }) => ({ w: z })) },
    };
    const files = [fileURLToPath(import.meta.url)];
    const { result } = await run(conditional(() => false, { files }, rest));
    expect(result.status).toBe('succeeded');
    expect(statuses(result)).toMatchObject({ s: 'skipped', after: 'skipped', last: 'skipped' });
  });

  it('goes on in every order of finish', async () => {
    for (const durability of ['strict', 'pipelined', 'none'] as const) {
      for (const answers of ['at-once', 'later'] as const) {
        const store = new RecordingStore({ answers, groupsCommits: true });
        const { result } = await execute(
          conditional(() => false, {}, { after: tolerant }),
          {
            store,
            durability,
          },
        );
        expect(result.context.get('z')).toBe('none');
      }
    }
  });
});
