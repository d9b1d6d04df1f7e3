import { type ConditionScope, MillraceError, problem, type Result, success } from '@millrace/core';
import { type Cel, type CelFault, type CelProgram, loadCel } from './cel.ts';
import { celValue } from './cel-value.ts';
import { type MentionedName, mentionedNames } from './mentioned-names.ts';

/** A condition as it is written in a config, read once for all stages that share it. */
export interface Expression {
  readonly text: string;
  /** Its value does not depend on any input. */
  readonly isConstant: boolean;
  /** The inputs that it looks up by name. */
  readonly inputs: readonly MentionedName[];
  /** The params that it looks up by name. */
  readonly params: readonly MentionedName[];
  /**
   * Whoever asks says whose condition it is, which the messages leave out.
   * @throws MillraceError CONDITION_FAILED, CONDITION_NOT_BOOLEAN
   */
  holds(scope: ConditionScope, owner: string): boolean;
}

/** What an expression may look at. */
export const CONDITION_VARIABLES = ['params', 'inputs'] as const;

let language: Promise<Cel> | undefined;

export async function readExpression(text: string): Promise<Result<Expression, CelFault>> {
  language ??= loadCel(CONDITION_VARIABLES);
  const compiled = (await language).compile(text);
  if (!compiled.ok) return compiled;
  const program = compiled.value;
  if (program.type !== 'bool' && program.type !== 'dyn') {
    const message = `its value is of type ${program.type}, not true or false`;
    return problem({ kind: 'type', message, start: 0, end: text.length });
  }
  const inputs = mentionedNames(program.tree, 'inputs');
  return success({
    text,
    isConstant: !inputs.isMentioned,
    inputs: inputs.names,
    params: mentionedNames(program.tree, 'params').names,
    holds: (scope, owner) => evaluate(program, text, scope, owner),
  });
}

function evaluate(
  program: CelProgram,
  text: string,
  { params, inputs }: ConditionScope,
  owner: string,
): boolean {
  const result = program.evaluate({
    params: celValue(isObject(params) ? params : {}),
    inputs: celValue(inputs),
  });
  const details = { owner, condition: text };
  if (!result.ok) {
    throw new MillraceError('CONDITION_FAILED', result.problem.message, {
      details,
      help: 'ask first whether a name is there: has(inputs.x) && inputs.x > 0',
    });
  }
  if (typeof result.value === 'boolean') return result.value;
  throw new MillraceError(
    'CONDITION_NOT_BOOLEAN',
    `its value must be true or false, and is ${kindOf(result.value)}`,
    { details, help: 'compare it: inputs.count > 0, params.mode == "full"' },
  );
}

/** Without the value itself, which may be a secret. */
function kindOf(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'a list';
  if (value instanceof Map) return 'a map';
  if (typeof value === 'string') return 'a text';
  return typeof value === 'number' || typeof value === 'bigint' ? 'a number' : 'of another type';
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}
