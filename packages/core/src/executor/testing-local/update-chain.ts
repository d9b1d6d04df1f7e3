import type { AttemptScope } from '../../attempt/index.ts';
import type { RunId } from '../../base/ids.ts';
import { z } from '../../base/zod.ts';
import type { WriteRecord } from '../../checkpoint/index.ts';
import type { ModelPipeline } from '../../pipeline/index.ts';
import type { StageParts } from '../../runner/testing-local/stage-of.ts';
import type { RecordingStore } from './recording-store.ts';
import { type SketchedStage, sketch } from './run-pipeline.ts';

export type State = { list: number[]; at?: Date };

/** Changes the key `state`, each change in an update of its own; kept as patches while it is plain data. */
export function updaterOf(...changes: ((state: State) => void)[]): StageParts {
  return {
    spec: { updates: z.object({ state: z.any() }) },
    run: ({ context }) => {
      for (const change of changes) {
        context.update((draft: { state: State }) => {
          change(draft.state);
        });
      }
    },
  };
}

export const chainOfUpdates: readonly [string, StageParts][] = [
  [
    'first',
    { spec: { outputs: z.object({ state: z.any() }) }, run: () => ({ state: { list: [0] } }) },
  ],
  ['push', updaterOf(({ list }) => void list.push(1))],
  [
    'twice',
    updaterOf(
      ({ list }) => void list.push(2),
      ({ list }) => void list.push(3),
    ),
  ],
  [
    'mixed',
    updaterOf(
      ({ list }) => void list.push(30),
      (state) => void Object.assign(state, { at: new Date(4) }),
    ),
  ],
  [
    'mixed back',
    updaterOf(
      (state) => {
        delete state.at;
      },
      ({ list }) => void list.pop(),
    ),
  ],
  ['whole', updaterOf((state) => void Object.assign(state, { at: new Date(5) }))],
  [
    'exotic',
    updaterOf(({ at, list }) => {
      at?.setTime(6);
      list.push(4);
    }),
  ],
  [
    'plain',
    updaterOf((state) => {
      delete state.at;
      state.list.shift();
    }),
  ],
  ['last', updaterOf(({ list }) => void list.push(5))],
];

/** The chain with a stage that fails while `broken.at` names it. */
export function updateChain(broken: { at: string }): ModelPipeline {
  const stages = chainOfUpdates.map(([id, parts], at): [string, SketchedStage] => [
    id,
    {
      needs: at === 0 ? [] : [chainOfUpdates[at - 1]?.[0] ?? ''],
      does: {
        ...parts,
        run: (scope: AttemptScope, instance) => {
          if (broken.at === id) throw new RangeError('broken');
          return parts.run?.(scope, instance);
        },
      },
    },
  ]);
  return sketch(Object.fromEntries(stages));
}

/** What each stage is on record to have written. */
export function writesOf(
  store: RecordingStore,
  runId: RunId,
): Record<string, readonly WriteRecord[]> {
  const stages = store.inner.loadStages(runId);
  return Object.fromEntries(stages.map(({ stage, writes }) => [stage, writes]));
}
