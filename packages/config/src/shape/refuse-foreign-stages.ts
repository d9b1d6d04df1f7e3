import { MAX_KEPT, type Problems } from '../source/problems.ts';
import { childOf, type MapNode } from '../tree/config-node.ts';
import { environmentStageSchema, knownStageKeys } from './config-schema.ts';
import { reportIssue } from './report-issue.ts';

/** The keys of stages of every kind. */
const STAGE_KEYS: ReadonlySet<string> = new Set(Object.keys(environmentStageSchema.shape));

/**
 * Refuses stages of which more hold unknown keys than problems are kept. To work them out and to check
 * them one by one takes twice the memory of the file's tree, and nothing that it finds would be told.
 */
export function refuseForeignStages(pipeline: MapNode, problems: Problems): boolean {
  const stages = childOf(pipeline, 'stages');
  if (stages?.kind !== 'map' || stages.entries.size <= MAX_KEPT) return false;
  if (foreignStages(stages).drop(MAX_KEPT).next().done === true) return false;
  for (const [id, stage] of foreignStages(stages)) {
    const keys = [...stage.entries.keys()].filter((key) => !STAGE_KEYS.has(key));
    reportIssue(
      { code: 'unrecognized_keys', keys, path: [], message: '' },
      {
        root: pipeline,
        path: ['stages', id],
        knownKeys: knownStageKeys,
        problems,
        unfilled: new Set(),
      },
    );
  }
  return true;
}

/** Those with unknown keys. */
function* foreignStages({ entries }: MapNode): Generator<readonly [string, MapNode]> {
  for (const [id, { value }] of entries) {
    if (value.kind === 'map' && value.entries.keys().some((key) => !STAGE_KEYS.has(key)))
      yield [id, value];
  }
}
