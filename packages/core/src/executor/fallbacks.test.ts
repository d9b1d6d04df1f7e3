import { describe, expect, it } from '@jest/globals';
import { asStageId } from '../base/ids.ts';
import { VirtualClock } from '../base/virtual-clock.ts';
import { z } from '../base/zod.ts';
import { MemoryStore } from '../checkpoint/index.ts';
import { toDefinition, toStageDefinition } from '../definition/index.ts';
import type { ModelPipeline } from '../pipeline/index.ts';
import { checkPipeline } from '../pipeline/index.ts';
import { type StageParts, stageOf } from '../runner/testing-local/stage-of.ts';
import { begin, execute, sketch, stageIn, statuses, told } from './testing-local/run-pipeline.ts';

const fail = (): never => {
  throw new RangeError('main');
};
const outputs = z.object({ x: z.number(), more: z.number().optional() });

/** `main` with another stage as its fallback, then `after`, which reads `x`. */
function withSubstitute(
  substitute: StageParts,
  main: StageParts = { spec: { outputs }, run: fail },
  timeout?: string,
): ModelPipeline {
  const after = {
    spec: { inputs: z.object({ x: z.number() }) },
    run: (scope: { inputs: unknown }) => ({ seen: scope.inputs }),
  };
  const classes = new Map([
    ['main', stageOf(main)],
    ['after', stageOf(after)],
    ['substitute', stageOf(substitute)],
  ]);
  const checked = checkPipeline(
    toDefinition({ name: 'p', failureMode: 'continue' }, [
      toStageDefinition(asStageId('main'), {
        uses: 'main',
        needs: [],
        fallback: { uses: 'substitute' },
        ...(timeout === undefined ? {} : { timeout: 10, grace: 10 }),
      }),
      toStageDefinition(asStageId('after'), { uses: 'after', needs: ['main'] }),
    ]),
    classes,
  );
  if (checked.pipeline === undefined) throw new RangeError(JSON.stringify(checked.diagnostics));
  return checked.pipeline;
}

describe('a fallback value', () => {
  it('stands for the outputs of a failed stage, and the run is degraded', async () => {
    const { result, events } = await execute(
      sketch({
        main: { fallback: { x: 7 }, does: { spec: { outputs }, run: fail } },
        after: { needs: ['main'], does: ({ inputs }) => ({ seen: inputs }) },
      }),
    );
    expect(result.status).toBe('degraded');
    expect(stageIn(result, 'main')).toMatchObject({
      status: 'failed',
      fallback: true,
      failure: { message: 'stage "main" failed: main' },
    });
    expect(result.context.toObject()).toEqual({ x: 7, seen: { x: 7 } });
    expect(events.find(({ type }) => type === 'stage.failed')).toMatchObject({ fallback: true });
  });

  it('is used only after the last retry', async () => {
    let calls = 0;
    const { result } = await execute(
      sketch({
        main: {
          fallback: { x: 7 },
          retry: { attempts: 3, delay: '0ms' },
          does: () => {
            calls++;
            return fail();
          },
        },
      }),
    );
    expect([calls, result.context.get('x')]).toEqual([3, 7]);
  });

  it('is not used when the stage succeeds', async () => {
    const { result } = await execute(
      sketch({ main: { fallback: { x: 7 }, does: () => ({ x: 1 }) } }),
    );
    expect([result.status, result.context.get('x')]).toEqual(['succeeded', 1]);
  });
});

describe('a fallback stage', () => {
  it('runs in place of a failed one under the same attempt, and the run is degraded', async () => {
    const store = new MemoryStore();
    const { result, events, handle } = await execute(
      withSubstitute({ spec: { outputs }, run: () => ({ x: 8 }) }),
      { store },
    );
    expect(result.status).toBe('degraded');
    expect(result.context.toObject()).toEqual({ x: 8, seen: { x: 8 } });
    expect(stageIn(result, 'main')).toMatchObject({ status: 'failed', fallback: true, attempt: 1 });
    expect(told(events, 'stage.started')).toEqual(['stage.started main', 'stage.started after']);
    expect(store.loadAttempts(handle.id)).toMatchObject([
      { stage: 'main', status: 'failed' },
      { stage: 'after', status: 'succeeded' },
    ]);
  });

  it('that fails too leaves both causes in the message', async () => {
    const { result } = await execute(
      withSubstitute({
        run: () => {
          throw new RangeError('substitute');
        },
      }),
    );
    expect(statuses(result)).toEqual({ main: 'failed', after: 'skipped' });
    expect(stageIn(result, 'main')).toMatchObject({
      fallback: false,
      failure: {
        reason: 'threw',
        message:
          'stage "main" failed: main; its fallback failed too: stage "main" failed: substitute',
      },
    });
  });

  it.each([
    ['lacks a declared output', { more: 1 }, 'x: is missing'],
    ['has one that is not declared', { x: 1, other: 2 }, 'other: is not among'],
  ])('that %s fails, since readers rely on what is declared', async (_name, returned, message) => {
    const { result } = await execute(withSubstitute({ run: () => returned }));
    expect(statuses(result)).toEqual({ main: 'failed', after: 'skipped' });
    expect(stageIn(result, 'main').failure?.message).toContain(message);
    expect(result.context.has('other')).toBe(false);
  });

  it('never takes a second slot', async () => {
    let running = 0;
    let most = 0;
    const busy = async (): Promise<object> => {
      most = Math.max(most, ++running);
      await new Promise((resolve) => setImmediate(resolve));
      running--;
      return { x: 1 };
    };
    const pipeline = withSubstitute(
      { run: busy },
      {
        spec: { outputs },
        run: async () => {
          await busy();
          return fail();
        },
      },
    );
    await execute(pipeline, { concurrency: 1 });
    expect(most).toBe(1);
  });

  it('is not started once the run was killed', async () => {
    const clock = new VirtualClock();
    let substituted = false;
    const pipeline = withSubstitute(
      {
        run: () => {
          substituted = true;
          return { x: 1 };
        },
      },
      { spec: { outputs }, run: () => new Promise(() => undefined) },
      '10ms',
    );
    const { handle } = await begin(pipeline, { clock });
    // The attempt is timed out, and in its grace period the run is killed.
    await clock.advance(15);
    handle.cancel('kill');
    await clock.advance(100);
    const result = await handle.result;
    expect(substituted).toBe(false);
    expect(statuses(result)).toEqual({ main: 'failed', after: 'skipped' });
  });
});
