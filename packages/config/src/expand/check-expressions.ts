import type { PipelineDefinition } from '@millrace/core';
import { checkConditionNames, type StageExpression } from '../condition/check-condition-names.ts';
import type { Problems } from '../source/problems.ts';
import { declaredKeys } from './keys/declared-keys.ts';

/** Checks what the conditions of stages ask for, now that their classes are known; those that are sound come back. */
export function checkExpressions(
  expressions: readonly StageExpression[],
  { stages }: PipelineDefinition,
  {
    classes,
    problems,
  }: { readonly classes: ReadonlyMap<string, unknown>; readonly problems: Problems },
): readonly StageExpression[] {
  if (expressions.length === 0) return [];
  const usesById = new Map<string, string>(stages.map(({ id, uses }) => [id, uses]));
  return expressions.filter((expression) => {
    const stageClass = classes.get(usesById.get(expression.stageId) ?? '');
    const declared = declaredKeys(stageClass);
    return declared === undefined || checkConditionNames(expression, declared, problems);
  });
}
