import { type ConditionScope, MillraceError, problem, type Result, success } from '@millrace/core';
import { type Cel, type CelFault, type CelProgram, loadCel } from './cel.ts';
import { celValue } from './cel-value.ts';
import { type MentionedName, mentionedNames } from './mentioned-names.ts';
import { valueFault } from './value-fault.ts';

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
   * Whoever asks says whose condition it is, which the messages leave out; `details.part` is what is
   * wrong of the text, where only a part is.
   * @throws MillraceError CONDITION_FAILED, CONDITION_NOT_BOOLEAN
   */
  holds(scope: ConditionScope, owner: string): boolean;
}

/** What an expression may look at. */
export const CONDITION_VARIABLES = ['params', 'inputs'] as const;

const LONGEST_SHOWN = 40;

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
    const { start, end } = result.problem;
    const { message, help } = valueFault(result.problem);
    throw new MillraceError('CONDITION_FAILED', message, {
      details: { ...details, part: { start, end } },
      help,
    });
  }
  if (typeof result.value === 'boolean') return result.value;
  const kind = kindOf(result.value);
  throw new MillraceError(
    'CONDITION_NOT_BOOLEAN',
    `its value must be true or false, and is ${kind}`,
    { details, help: `compare it: ${comparisonOf(text, kind)}` },
  );
}

/** The text of a short expression as it would be compared. */
function comparisonOf(text: string, kind: string): string {
  if (text.length > LONGEST_SHOWN) return 'inputs.count > 0, params.mode == "full"';
  switch (kind) {
    case 'null':
      return `${text} != null`;
    case 'a list':
    case 'a map':
      return `size(${text}) > 0`;
    case 'a number':
      return `${text} > 0`;
    default:
      return `${text} == "full"`;
  }
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
