import type { AttemptScope } from '../../attempt/index.ts';
import type { ModelPipeline } from '../../pipeline/index.ts';
import { type SketchedStage, sketch } from './run-pipeline.ts';

export interface BreakableScene {
  readonly pipeline: (changes?: Record<string, Partial<SketchedStage>>) => ModelPipeline;
  /** Stages in the order in which they ran. */
  readonly ran: string[];
  readonly broken: Set<string>;
}

/** a -> b -> d and a -> c -> d, e apart; any of them can be broken. */
export function breakableScene(): BreakableScene {
  const ran: string[] = [];
  const broken = new Set<string>();
  const stage = (
    id: string,
    needs: string[],
    more: Partial<SketchedStage> = {},
  ): SketchedStage => ({
    needs,
    does: {
      spec: { version: '1' },
      run: ({ inputs }: AttemptScope) => {
        ran.push(id);
        if (broken.has(id)) throw new RangeError(`${id} is broken`);
        return {
          [id]: Object.keys(inputs as object)
            .sort()
            .join(''),
        };
      },
    },
    ...more,
  });
  const pipeline: BreakableScene['pipeline'] = (changes = {}) =>
    sketch(
      {
        a: stage('a', [], changes.a),
        b: stage('b', ['a'], changes.b),
        c: stage('c', ['a'], changes.c),
        d: stage('d', ['b', 'c'], changes.d),
        e: stage('e', [], changes.e),
      },
      { failureMode: 'continue', context: { given: [1] } },
    );
  return { pipeline, ran, broken };
}
