import { describe, expect, it } from '@jest/globals';
import { VirtualClock } from '../base/virtual-clock.ts';
import type { FailureMode } from '../definition/index.ts';
import type { ModelPipeline } from '../pipeline/index.ts';
import { gate, turns } from './testing-local/gate.ts';
import { begin, execute, sketch, stageIn, statuses, told } from './testing-local/run-pipeline.ts';

const fail = (): never => {
  throw new RangeError('no');
};

interface Scene {
  readonly pipeline: ModelPipeline;
  readonly letBesideEnd: () => void;
  readonly besideSignal: () => AbortSignal | undefined;
}

/** `bad` fails while `beside` runs; `later` needs `beside`, `child` needs `bad`, `grandchild` needs `child`. */
function scene(failureMode: FailureMode, critical = true): Scene {
  const beside = gate();
  let signal: AbortSignal | undefined;
  const pipeline = sketch(
    {
      beside: async (scope) => {
        signal = scope.signal;
        await Promise.race([
          beside.opened,
          new Promise((_, reject) => scope.signal.addEventListener('abort', reject)),
        ]);
        return { beside: 1 };
      },
      bad: {
        critical,
        does: async () => {
          await turns(1);
          return fail();
        },
      },
      later: { needs: ['beside'], does: () => ({ later: 1 }) },
      child: { needs: ['bad'], does: () => ({ child: 1 }) },
      grandchild: { needs: ['child', 'beside'], does: () => ({ grandchild: 1 }) },
    },
    { failureMode },
  );
  return { pipeline, letBesideEnd: () => beside.open(), besideSignal: () => signal };
}

describe('a critical failure', () => {
  it('in mode no-new lets running stages finish and starts no other', async () => {
    const { pipeline, letBesideEnd, besideSignal } = scene('no-new');
    const { handle } = await begin(pipeline);
    await turns();
    expect(besideSignal()?.aborted).toBe(false);
    letBesideEnd();
    const result = await handle.result;
    expect(result.status).toBe('failed');
    expect(statuses(result)).toEqual({
      beside: 'succeeded',
      bad: 'failed',
      later: 'skipped',
      child: 'skipped',
      grandchild: 'skipped',
    });
    expect(stageIn(result, 'later').reason).toBe('the run stopped after "bad" failed');
    expect(stageIn(result, 'grandchild').reason).toBe('it needs "bad", which failed');
  });

  it('in mode continue runs all that does not depend on the failed stage', async () => {
    const { pipeline, letBesideEnd } = scene('continue');
    const { handle } = await begin(pipeline);
    letBesideEnd();
    const result = await handle.result;
    expect(result.status).toBe('failed');
    expect(statuses(result)).toEqual({
      beside: 'succeeded',
      bad: 'failed',
      later: 'succeeded',
      child: 'skipped',
      grandchild: 'skipped',
    });
  });

  it('in mode kill aborts running stages', async () => {
    const { pipeline, besideSignal } = scene('kill');
    const { result } = await execute(pipeline);
    expect(besideSignal()?.aborted).toBe(true);
    expect(result.status).toBe('failed');
    expect(statuses(result)).toEqual({
      beside: 'cancelled',
      bad: 'failed',
      later: 'skipped',
      child: 'skipped',
      grandchild: 'skipped',
    });
  });

  it('in mode kill waits no longer than the grace period for those that do not listen', async () => {
    const clock = new VirtualClock();
    const { handle } = await begin(
      sketch(
        { deaf: { grace: '2s', does: () => new Promise(() => undefined) }, bad: fail },
        { failureMode: 'kill' },
      ),
      { clock },
    );
    await clock.advance(2000);
    expect(statuses(await handle.result)).toEqual({ deaf: 'cancelled', bad: 'failed' });
  });
});

describe('a failure that is not critical', () => {
  it.each(['no-new', 'continue', 'kill'] as const)(
    'in mode %s degrades the run and stops only what depends on it',
    async (mode) => {
      const { pipeline, letBesideEnd } = scene(mode, false);
      const { handle, events } = await begin(pipeline);
      letBesideEnd();
      const result = await handle.result;
      expect(result.status).toBe('degraded');
      expect(statuses(result)).toEqual({
        beside: 'succeeded',
        bad: 'failed',
        later: 'succeeded',
        child: 'skipped',
        grandchild: 'skipped',
      });
      expect(events.find(({ type }) => type === 'stage.failed')).toMatchObject({ critical: false });
    },
  );
});

describe('what a failure leads to', () => {
  it.each(['strict', 'pipelined', 'none'] as const)(
    'is told after it, and each stage is settled once (%s)',
    async (durability) => {
      const { events, result } = await execute(
        sketch({
          bad: async () => fail(),
          ...Object.fromEntries(
            ['a', 'b', 'c'].map((id) => [id, { needs: ['bad'], does: () => ({}) }]),
          ),
          alone: { needs: ['a'], does: () => ({}) },
        }),
        { durability },
      );
      expect(result.status).toBe('failed');
      expect(told(events, 'stage.failed', 'stage.skipped').toSorted()).toEqual([
        'stage.failed bad',
        'stage.skipped a',
        'stage.skipped alone',
        'stage.skipped b',
        'stage.skipped c',
      ]);
      expect(told(events)[2]).toBe('stage.failed bad');
    },
  );
});

describe('several failures', () => {
  it('are each recorded, and a stage below two of them names one', async () => {
    const { result } = await execute(
      sketch(
        { a: fail, b: fail, c: { needs: ['a', 'b'], does: () => ({}) } },
        { failureMode: 'continue' },
      ),
    );
    expect(statuses(result)).toEqual({ a: 'failed', b: 'failed', c: 'skipped' });
    expect(stageIn(result, 'c').reason).toMatch(/^it needs "[ab]", which failed$/);
  });
});
