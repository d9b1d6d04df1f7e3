import { formatPath, type PathSegment, type StageCondition } from '@millrace/core';
import type { Problem, Problems } from '../source/problems.ts';
import type { ConfigNode } from '../tree/config-node.ts';
import type { CelFault } from './cel.ts';
import { conditionHelp } from './condition-help.ts';
import { CONDITION_VARIABLES, type Expression, readExpression } from './expression.ts';
import { expressionSpan } from './expression-span.ts';
import { withConditionPlace } from './with-condition-place.ts';

/** A `when` as it stands in the config, its placeholders filled in. */
export interface WrittenCondition {
  readonly node: ConfigNode;
  /** In the config, for problems. */
  readonly path: readonly PathSegment[];
  /** Whose condition it is: `stage "score"`. */
  readonly owner: string;
}

export interface ReadCondition {
  readonly condition: StageCondition;
  /** Undefined for true and false. */
  readonly expression: Expression | undefined;
}

/** Reads `true`, `false` or an expression; undefined when it is neither, or was reported. */
export async function readCondition(
  { node, path, owner }: WrittenCondition,
  problems: Problems,
): Promise<ReadCondition | undefined> {
  const value = node.kind === 'scalar' ? node.value : undefined;
  if (typeof value === 'boolean') return constant(value);
  // What is neither is refused with the other fields of the stage.
  if (typeof value !== 'string' || value === '') return undefined;
  // Also of an environment variable, which is always text; and it spares the expression language.
  if (value === 'true' || value === 'false') return constant(value === 'true');
  const read = await readExpression(value);
  if (!read.ok) {
    problems.report(toProblem(read.problem, { node, path, text: value }));
    return undefined;
  }
  const expression = read.value;
  return {
    expression,
    condition: {
      text: expression.text,
      isConstant: expression.isConstant,
      holds: (scope) => withConditionPlace(() => expression.holds(scope, owner), node.span),
    },
  };
}

function constant(holds: boolean): ReadCondition {
  const condition = { text: String(holds), isConstant: true, holds: () => holds };
  return { condition, expression: undefined };
}

interface FaultyText {
  readonly node: ConfigNode;
  readonly path: readonly PathSegment[];
  readonly text: string;
}

function toProblem(fault: CelFault, { node, path, text }: FaultyText): Problem {
  const name = fault.unknownVariable;
  const message =
    name === undefined ? fault.message : `there is no variable ${JSON.stringify(name)}`;
  const verb = fault.kind === 'syntax' ? 'cannot be read' : 'cannot be evaluated';
  return {
    code: fault.kind === 'syntax' ? 'CONDITION_SYNTAX' : 'CONDITION_INVALID',
    message: `${formatPath(path)} ${verb}: ${message}`,
    at: expressionSpan(node.span, text, fault),
    path,
    expected:
      name === undefined
        ? 'true, false, or an expression such as params.mode == "full" or size(inputs.rows) > 0'
        : `a name inside one of ${CONDITION_VARIABLES.join(', ')}`,
    help: conditionHelp(fault, text),
  };
}
