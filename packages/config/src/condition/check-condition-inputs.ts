import type { PathSegment } from '@millrace/core';
import type { Problems } from '../source/problems.ts';
import type { ConfigNode } from '../tree/config-node.ts';
import type { Expression } from './expression.ts';
import { expressionSpan } from './expression-span.ts';

/** An expression of a stage, with its place. */
export interface StageExpression {
  readonly expression: Expression;
  readonly node: ConfigNode;
  readonly path: readonly PathSegment[];
  readonly stageId: string;
}

/**
 * Reports the inputs that a condition asks for and the class of its stage does not declare.
 * @param known the declared inputs
 */
export function checkConditionInputs(
  { expression, node, path, stageId }: StageExpression,
  known: readonly string[],
  problems: Problems,
): void {
  for (const input of expression.inputs) {
    if (known.includes(input.name)) continue;
    problems.report({
      code: 'CONDITION_INPUT_UNKNOWN',
      message: `the condition of stage ${JSON.stringify(stageId)} asks for the input ${JSON.stringify(input.name)}, which the stage does not declare`,
      at: expressionSpan(node.span, expression.text, input),
      path,
      expected: known.length === 0 ? 'a condition on params' : `one of ${known.join(', ')}`,
      help: problems.suggest(input.name, known),
    });
  }
}
