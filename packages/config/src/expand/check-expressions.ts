import type { PipelineDefinition } from '@millrace/core';
import { checkConditionNames, type StageExpression } from '../condition/check-condition-names.ts';
import type { Problems } from '../source/problems.ts';
import { declaredKeys } from './keys/declared-keys.ts';

/** Checks what the conditions of stages ask for, now that their classes are known. */
export function checkExpressions(
  expressions: readonly StageExpression[],
  { stages }: PipelineDefinition,
  {
    classes,
    problems,
  }: { readonly classes: ReadonlyMap<string, unknown>; readonly problems: Problems },
): void {
  if (expressions.length === 0) return;
  const usesById = new Map<string, string>(stages.map(({ id, uses }) => [id, uses]));
  for (const expression of expressions) {
    const stageClass = classes.get(usesById.get(expression.stageId) ?? '');
    const declared = declaredKeys(stageClass);
    if (declared !== undefined) checkConditionNames(expression, declared, problems);
  }
}
