import { describe, expect, it } from '@jest/globals';
import { z } from '../base/zod.ts';
import { RecordingStore } from './testing-local/recording-store.ts';
import { execute, type SketchedStage, sketch } from './testing-local/run-pipeline.ts';
import {
  chainOfUpdates,
  type State,
  updateChain,
  updaterOf,
  writesOf,
} from './testing-local/update-chain.ts';

describe('a chain of updates', () => {
  it('is kept as patches, and whole where immer cannot track a change', async () => {
    const store = new RecordingStore();
    const { handle, result } = await execute(updateChain({ at: '' }), { store });
    expect(result.context.get('state')).toEqual({ list: [1, 2, 3, 4, 5] });
    const kinds = Object.entries(writesOf(store, handle.id)).map(([id, [write]]) => [
      id,
      write?.kind,
    ]);
    expect(kinds).toEqual([
      ['first', 'value'],
      ['push', 'patch'],
      ['twice', 'patch'],
      ['mixed', 'value'],
      ['mixed back', 'value'],
      ['whole', 'value'],
      ['exotic', 'value'],
      ['plain', 'value'],
      ['last', 'patch'],
    ]);
  });

  it.each(chainOfUpdates.map(([id]) => id))(
    'that was interrupted at %s is resumed to the same context, also from a store that answers later',
    async (id) => {
      const whole = await execute(updateChain({ at: '' }));
      for (const answers of ['at-once', 'later'] as const) {
        const store = new RecordingStore({ answers });
        const broken = { at: id };
        const pipeline = updateChain(broken);
        const { handle } = await execute(pipeline, { store });
        broken.at = '';
        const { result } = await execute(pipeline, { store, resume: handle.id });
        expect(result.status).toBe('succeeded');
        expect(result.context.get('state')).toEqual(whole.result.context.get('state'));
        expect(result.context.hashOf('state')).toBe(whole.result.context.hashOf('state'));
      }
    },
  );

  it('shows each stage the key as its nearest ancestor left it, beside a branch that changes it too late', async () => {
    const { result } = await execute(
      sketch({
        first: { does: chainOfUpdates[0]?.[1] },
        push: { needs: ['first'], does: updaterOf(({ list }) => void list.push(1)) },
        early: {
          needs: ['first'],
          does: {
            spec: { inputs: z.object({ state: z.any() }), outputs: z.object({ early: z.any() }) },
            run: ({ inputs }) => ({ early: (inputs as { state: State }).state.list }),
          },
        },
        late: {
          needs: ['push', 'early'],
          does: {
            spec: { inputs: z.object({ state: z.any() }), outputs: z.object({ late: z.any() }) },
            run: ({ inputs }) => ({ late: (inputs as { state: State }).state.list }),
          },
        },
      }),
      { concurrency: 1 },
    );
    expect([result.context.get('early'), result.context.get('late')]).toEqual([[0], [0, 1]]);
  });

  it('of 3,000 stages costs the same per stage as a short one', async () => {
    const stages = Array.from({ length: 3000 }, (_, n): [string, SketchedStage] => [
      `s${n}`,
      n === 0
        ? { does: chainOfUpdates[0]?.[1] }
        : { needs: [`s${n - 1}`], does: updaterOf(({ list }) => void list.splice(0, 1, n)) },
    ]);
    const began = performance.now();
    const { result } = await execute(sketch(Object.fromEntries(stages)));
    expect(result.context.get('state')).toEqual({ list: [2999] });
    // Looking at every earlier writer would take minutes.
    expect(performance.now() - began).toBeLessThan(15_000);
  }, 60_000);
});
