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

/** The names that a condition may ask for; undefined where the class of the stage does not tell. */
interface KnownNames {
  readonly inputs: readonly string[] | undefined;
  readonly params: readonly string[] | undefined;
}

const KINDS = {
  inputs: {
    code: 'CONDITION_INPUT_UNKNOWN',
    noun: 'input',
    fault: 'does not declare',
    instead: 'a condition on params',
  },
  params: {
    code: 'CONDITION_PARAM_UNKNOWN',
    noun: 'param',
    fault: 'does not have',
    instead: 'a condition on inputs',
  },
} as const;

/** Reports the inputs and params that a condition asks for and the class of its stage does not have; true for none. */
export function checkConditionNames(
  { expression, node, path, stageId }: StageExpression,
  names: KnownNames,
  problems: Problems,
): boolean {
  let isSound = true;
  for (const variable of ['params', 'inputs'] as const) {
    const known = names[variable];
    if (known === undefined) continue;
    const { code, noun, fault, instead } = KINDS[variable];
    for (const mentioned of expression[variable]) {
      if (known.includes(mentioned.name)) continue;
      isSound = false;
      problems.report({
        code,
        message: `the condition of stage ${JSON.stringify(stageId)} asks for the ${noun} ${JSON.stringify(mentioned.name)}, which the stage ${fault}`,
        at: expressionSpan(node.span, expression.text, mentioned),
        path,
        expected: known.length === 0 ? instead : `one of ${known.join(', ')}`,
        help: problems.suggest(mentioned.name, known),
      });
    }
  }
  return isSound;
}
