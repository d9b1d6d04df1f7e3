import { describe, expect, it } from '@jest/globals';
import { VirtualClock } from '../base/virtual-clock.ts';
import { z } from '../base/zod.ts';
import type { StageParts } from '../runner/testing-local/stage-of.ts';
import { begin, sketch, stageIn } from './testing-local/run-pipeline.ts';

describe('whether a failure is retried', () => {
  async function triesOf(
    does: StageParts,
    others: { timeout?: string; grace?: string } = {},
  ): Promise<number> {
    const clock = new VirtualClock();
    const retry = { attempts: 3, delay: '1ms', jitter: false } as const;
    const pipeline = sketch({
      before: () => ({ n: 1 }),
      a: { needs: ['before'], retry, ...others, does },
    });
    const { handle } = await begin(pipeline, { clock });
    await clock.advance(1000);
    return stageIn(await handle.result, 'a').attempt;
  }

  it('is so for what was thrown, in whichever part', async () => {
    const fail = (): never => {
      throw new RangeError('no');
    };
    expect(await triesOf({ run: fail })).toBe(3);
    expect(await triesOf({ setup: fail })).toBe(3);
    expect(await triesOf({ construct: fail })).toBe(3);
  });

  it('is so for a timeout', async () => {
    const run = (): Promise<never> => new Promise(() => undefined);
    expect(await triesOf({ run }, { timeout: '10ms', grace: '1ms' })).toBe(3);
  });

  it('is not so for wrong outputs, wrong inputs, values that cannot be stored and forbidden updates', async () => {
    expect(await triesOf({ run: () => 5 })).toBe(1);
    expect(await triesOf({ spec: { inputs: z.object({ n: z.string() }) } })).toBe(1);
    expect(await triesOf({ run: () => ({ f: () => 1 }) })).toBe(1);
    expect(
      await triesOf({
        run: ({ context }) => context.update((draft) => Object.assign(draft, { no: 1 })),
      }),
    ).toBe(1);
  });

  it('is decided by the filter of the stage, which sees the failure', async () => {
    const seen: unknown[] = [];
    const run = (): never => {
      throw Object.assign(new RangeError('gone'), { code: 'ENOENT' });
    };
    const never = await triesOf({
      run,
      spec: { retryable: (failure) => failure.thrown?.code !== 'ENOENT' },
    });
    const always = await triesOf({
      run: () => 5,
      spec: {
        retryable: (failure) => {
          seen.push(failure.reason);
          return true;
        },
      },
    });
    expect([never, always, seen]).toEqual([1, 3, ['invalid-output', 'invalid-output']]);
  });

  it('is decided as without a filter when the filter throws', async () => {
    const retryable = (): never => {
      throw new RangeError('filter');
    };
    const run = (): never => {
      throw new RangeError('no');
    };
    expect(await triesOf({ run, spec: { retryable } })).toBe(3);
    expect(await triesOf({ run: () => 5, spec: { retryable } })).toBe(1);
  });
});
