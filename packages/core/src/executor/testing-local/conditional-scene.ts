import type { ModelPipeline } from '../../pipeline/index.ts';
import { verifyEvents } from '../../run/index.ts';
import { type Inputs, keyed } from './keyed.ts';
import { type Ended, execute, type SketchedStage, sketch } from './run-pipeline.ts';

/** Writes x. */
export const one = { does: keyed([], ['x'], () => ({ x: 1 })) };

/** `s` writes y from x if its condition says so. */
export function conditional(
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
    { context: { start: 7 }, failureMode: 'continue' },
  );
}

/** Runs it to its end, and checks what its events promise. */
export async function runConditional(pipeline: ModelPipeline): Promise<Ended> {
  const ended = await execute(pipeline);
  verifyEvents(pipeline.graph, ended.events);
  return ended;
}

export const asksX = ({ inputs }: { inputs: Inputs }): boolean => inputs.x === 1;
