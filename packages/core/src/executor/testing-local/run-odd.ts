import type { StageParts } from '../../runner/testing-local/stage-of.ts';
import { type Ended, execute, type SketchedStage, sketch } from './run-pipeline.ts';

/** A fault, the stage that commits it, and what is expected of the failure. */
export type OddCase = readonly [
  string,
  StageParts | StageParts['run'],
  Readonly<Record<string, unknown>>,
];

/** Runs the odd stage between a healthy one that it needs and others that go their own way. */
export async function runOdd(odd: SketchedStage): Promise<Ended> {
  return execute(
    sketch(
      {
        before: () => ({ list: [1, 2, 3] }),
        odd: { needs: ['before'], ...odd },
        beside: { needs: ['before'], does: () => ({ fine: 'fine' }) },
        after: { needs: ['odd'], does: () => ({ never: 'never' }) },
      },
      { failureMode: 'continue' },
    ),
  );
}
