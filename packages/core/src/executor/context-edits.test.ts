import { describe, expect, it } from '@jest/globals';
import { z } from '../base/zod.ts';
import { MemoryStore } from '../checkpoint/index.ts';
import type { ModelPipeline } from '../pipeline/index.ts';
import { readContext } from './read-context.ts';
import { execute, explanations, sketch } from './testing-local/run-pipeline.ts';

/** total = start + add; then fails until it is mended. */
function scene(): {
  readonly pipeline: (context: Record<string, unknown>) => ModelPipeline;
  readonly ran: string[];
  mend: () => void;
} {
  const ran: string[] = [];
  let isBroken = true;
  const pipeline = (context: Record<string, unknown>): ModelPipeline =>
    sketch(
      {
        sum: {
          does: {
            spec: {
              inputs: z.object({ start: z.number() }),
              outputs: z.object({ total: z.number() }),
            },
            run: ({ inputs }) => {
              ran.push('sum');
              return { total: (inputs as { start: number }).start + 1 };
            },
          },
        },
        tell: {
          needs: ['sum'],
          does: {
            spec: { inputs: z.object({ total: z.number(), note: z.string().optional() }) },
            run: () => {
              ran.push('tell');
              if (isBroken) throw new RangeError('no');
            },
          },
        },
      },
      { context },
    );
  const mend = (): void => {
    isBroken = false;
  };
  return { pipeline, ran, mend };
}

describe('a resume after the context of the definition changed', () => {
  it('goes on with the new value, runs what read the old one, and says why', async () => {
    const { pipeline, ran, mend } = scene();
    const store = new MemoryStore();
    const first = await execute(pipeline({ start: 1 }), { store });
    mend();
    ran.length = 0;
    const resume = first.handle.id;
    const { handle, result } = await execute(pipeline({ start: 5 }), { store, resume });
    expect(explanations(handle.plan)).toEqual(['context.start 1 -> 5', 'it failed']);
    expect(ran).toEqual(['sum', 'tell']);
    expect(result.context.toObject()).toEqual({ start: 5, total: 6 });
    // It is on record: another resume would have nothing to do.
    expect((await readContext(store, resume)).toObject()).toEqual({ start: 5, total: 6 });
    await expect(execute(pipeline({ start: 5 }), { store, resume })).rejects.toMatchObject({
      code: 'RUN_ALREADY_SUCCEEDED',
    });
  });

  it('adds a key that is new, and keeps what does not read it', async () => {
    const { pipeline, ran, mend } = scene();
    const store = new MemoryStore();
    const first = await execute(pipeline({ start: 1 }), { store });
    mend();
    ran.length = 0;
    const { result } = await execute(pipeline({ start: 1, note: 'x' }), {
      store,
      resume: first.handle.id,
    });
    expect(ran).toEqual(['tell']);
    expect(result.context.get('note')).toBe('x');
  });

  it('keeps a value that the caller gave when the run was started', async () => {
    const { pipeline, ran, mend } = scene();
    const store = new MemoryStore();
    const first = await execute(pipeline({ start: 1 }), { store, context: { start: 10 } });
    mend();
    ran.length = 0;
    const { handle, result } = await execute(pipeline({ start: 5 }), {
      store,
      resume: first.handle.id,
    });
    expect(explanations(handle.plan)).toEqual(['it succeeded in attempt 1', 'it failed']);
    expect(ran).toEqual(['tell']);
    expect(result.context.get('start')).toBe(10);
  });
});
