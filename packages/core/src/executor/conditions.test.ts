import { describe, expect, it } from '@jest/globals';
import { asksX, conditional, runConditional as run } from './testing-local/conditional-scene.ts';
import { type Inputs, keyed } from './testing-local/keyed.ts';
import { RecordingStore } from './testing-local/recording-store.ts';
import { execute, type SketchedStage, stageIn, statuses } from './testing-local/run-pipeline.ts';

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
    expect(asked.handle.plan.decisions).toEqual(['run', 'undecided']);
    expect(stageIn(asked.result, 's')).toMatchObject({
      attempt: 0,
      reason: 'its condition does not hold',
    });
    expect(asked.events).toContainEqual(
      expect.objectContaining({ type: 'stage.skipped', stage: 's', condition: true }),
    );
  });

  it('that reads the initial context is asked by the plan, and what cannot do without the stage goes with it', async () => {
    const does = keyed(['start'], ['y'], ({ start }) => ({ y: start }));
    const rest = { below: { needs: ['s'], does: keyed(['y'], ['z'], ({ y }) => ({ z: y })) } };
    const planned = async (limit: number): Promise<readonly string[]> => {
      const when: SketchedStage['when'] = ({ inputs }) => (inputs as Inputs).start > limit;
      const { handle, result } = await run(conditional(when, { does }, rest));
      const expected = { true: 'succeeded', false: 'skipped' }[`${7 > limit}`];
      expect(statuses(result)).toMatchObject({ s: expected, below: expected });
      return handle.plan.decisions;
    };
    expect(await planned(5)).toEqual(['run', 'run', 'run']);
    expect(await planned(9)).toEqual(['run', 'skip', 'skip']);
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
