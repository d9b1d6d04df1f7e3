import { fileURLToPath } from 'node:url';
import { describe, expect, it } from '@jest/globals';
import { conditional, one, runConditional as run } from './testing-local/conditional-scene.ts';
import { turns } from './testing-local/gate.ts';
import { keyed } from './testing-local/keyed.ts';
import { RecordingStore } from './testing-local/recording-store.ts';
import { execute, type SketchedStage, stageIn, statuses } from './testing-local/run-pipeline.ts';

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
