import type { StageDefinition } from '@millrace/core';
import { oneOf } from '../../source/one-of.ts';
import type { Problems } from '../../source/problems.ts';
import { childOf } from '../../tree/config-node.ts';
import { type PlannedPipeline, type Scope, stagesOf } from '../scope.ts';
import type { WrittenKeys } from './written-keys.ts';

interface GivenKeysContext {
  readonly stages: readonly StageDefinition[];
  readonly written: WrittenKeys;
  readonly problems: Problems;
}

/** Reports keys that a pipeline inside is to give, under `writes`, and that none of its stages writes. */
export function checkGivenKeys(scope: Scope, context: GivenKeysContext): void {
  const byId = new Map<string, StageDefinition>(context.stages.map((stage) => [stage.id, stage]));
  const visit = ({ planned }: Scope): void => {
    for (const item of planned) {
      if (item.kind === 'stage') continue;
      if (childOf(item.entry.value, 'writes') !== undefined) checkPipeline(item, byId, context);
      visit(item.inner);
    }
  };
  visit(scope);
}

function checkPipeline(
  { id, entry, inner }: PlannedPipeline,
  byId: ReadonlyMap<string, StageDefinition>,
  { written, problems }: GivenKeysContext,
): void {
  const keys = new Set<string>();
  for (const { id: stageId } of stagesOf(inner)) {
    const stage = byId.get(stageId);
    const own = stage && written.of(stage);
    // A stage that declares nothing may write any key.
    if (own === undefined) return;
    for (const key of own) keys.add(key);
  }
  const known = [...keys].flatMap((key) =>
    key.startsWith(inner.keys.prefix) ? [key.slice(inner.keys.prefix.length)] : [],
  );
  const given = childOf(entry.value, 'writes');
  if (given?.kind !== 'map') return;
  for (const [name, { keySpan }] of given.entries) {
    const key = inner.keys.keyOf(name);
    const isWritten = keys.values().some((own) => own === key || own.startsWith(`${key}[`));
    if (isWritten) continue;
    problems.report({
      code: 'PIPELINE_OUTPUT_UNKNOWN',
      message: `the pipeline of stage ${JSON.stringify(id)} writes no ${JSON.stringify(name)} to give`,
      at: keySpan,
      path: ['stages', id, 'writes', name],
      expected: oneOf(known),
      help: problems.suggest(name, known),
    });
  }
}
