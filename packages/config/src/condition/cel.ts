import type { ASTNode, Environment, ParseResult, SourceRange } from '@marcbachmann/cel-js';
import { problem, type Result, success } from '@millrace/core';

/** A node of a parsed expression. */
export type CelNode = ASTNode;

/** What is wrong with an expression, and where in its text. */
export interface CelFault {
  /** `syntax`: it cannot be read. `type`: it can have no value. `value`: the variables gave it none. */
  readonly kind: 'syntax' | 'type' | 'value';
  /** One line, without the text of the expression. */
  readonly message: string;
  /** The name of a variable that does not exist, when that is the fault. */
  readonly unknownVariable?: string;
  readonly start: number;
  readonly end: number;
}

export interface CelProgram {
  readonly tree: CelNode;
  /** The type of its value as far as it is known without any variable: `bool`, `string`, `dyn`. */
  readonly type: string;
  /** The problem is what only the variables bring about, such as a key that is not there. */
  evaluate(variables: Readonly<Record<string, unknown>>): Result<unknown, CelFault>;
}

/** Reads expressions over maps of the given names. */
export interface Cel {
  compile(text: string): Result<CelProgram, CelFault>;
}

/** The library is loaded on the first call only: most configs hold no expression. */
export async function loadCel(variables: readonly string[]): Promise<Cel> {
  const library = await import('@marcbachmann/cel-js');
  const environment = new library.Environment({ homogeneousAggregateLiterals: false });
  for (const name of variables) environment.registerVariable(name, 'map');
  registerMixedArithmetic(environment);
  return { compile: (text) => compile(text, environment) };
}

const ARITHMETIC: Readonly<Record<string, (a: number, b: number) => number>> = {
  '+': (a, b) => a + b,
  '-': (a, b) => a - b,
  '*': (a, b) => a * b,
  '/': (a, b) => a / b,
  '%': (a, b) => a % b,
};

/**
 * A number of JavaScript is a double and a whole number in an expression is an int, between which the
 * language knows comparison only: `inputs.count - 1` would fail.
 */
function registerMixedArithmetic(environment: Environment): void {
  for (const [sign, calculate] of Object.entries(ARITHMETIC)) {
    const handle = (left: number | bigint, right: number | bigint): number =>
      calculate(Number(left), Number(right));
    environment.registerOperator(`double ${sign} int: double`, handle);
    environment.registerOperator(`int ${sign} double: double`, handle);
  }
  environment.registerOperator('double % double: double', (a: number, b: number) => a % b);
}

function compile(text: string, environment: Environment): Result<CelProgram, CelFault> {
  let parsed: ParseResult;
  try {
    parsed = environment.parse(text);
  } catch (error) {
    return problem(toFault('syntax', error, text));
  }
  const checked = parsed.check();
  if (!checked.valid) return problem(toFault('type', checked.error, text));
  return success({
    tree: parsed.ast,
    type: checked.type ?? 'dyn',
    evaluate: (variables) => {
      try {
        return success(parsed({ ...variables }));
      } catch (error) {
        return problem(toFault('value', error, text));
      }
    },
  });
}

const UNKNOWN_VARIABLE = /^Unknown variable: (.+)$/;
const END_OF_TEXT = /^Unexpected token: EOF$/;

/** The library's errors carry a summary and a range beside a message with a code frame. */
function toFault(kind: CelFault['kind'], error: unknown, text: string): CelFault {
  const { summary, range } = error as {
    readonly summary?: string;
    readonly range?: SourceRange;
  };
  const message = summary ?? String(error);
  const unknownVariable = UNKNOWN_VARIABLE.exec(message)?.[1];
  return {
    kind,
    message: END_OF_TEXT.test(message)
      ? 'it ends too early'
      : `${message.slice(0, 1).toLowerCase()}${message.slice(1)}`,
    ...(unknownVariable === undefined ? {} : { unknownVariable }),
    start: range?.start ?? 0,
    end: range?.end ?? text.length,
  };
}
