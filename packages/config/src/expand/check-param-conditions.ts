import { MillraceError, type ModelPipeline } from '@millrace/core';
import type { StageExpression } from '../condition/check-condition-names.ts';
import { blamedSpan } from '../condition/with-condition-place.ts';
import type { Problems } from '../source/problems.ts';

/**
 * Works out the conditions that ask for params only, now that these are read: one that has no value, or
 * none that is true or false, would fail its stage in every run.
 */
export function checkParamConditions(
  expressions: readonly StageExpression[],
  pipeline: ModelPipeline,
  problems: Problems,
): void {
  for (const { expression, node, path, stageId } of expressions) {
    if (!expression.isConstant) continue;
    const { params } = pipeline.stage(stageId);
    const owner = `stage ${JSON.stringify(stageId)}`;
    try {
      expression.holds({ params: params.value, inputs: {} }, owner);
    } catch (error) {
      if (!(error instanceof MillraceError)) throw error;
      problems.report({
        code: error.code,
        message: `the condition of ${owner} cannot be decided: ${error.message}`,
        at: blamedSpan(error, node.span),
        path,
        help: error.help,
      });
    }
  }
}
