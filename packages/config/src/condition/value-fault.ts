import type { CelFault } from './cel.ts';

/** What to tell of an expression that these params and inputs give no value. */
export interface ValueFault {
  readonly message: string;
  readonly help: string;
}

const OPERATOR = /^no such overload: (.+?) (==|!=|<=|>=|<|>|\+|-|\*|\/|%|in) (.+)$/s;
const SIGN_BEFORE = /^no such overload: ([!-])(.+)$/s;
const LOGIC = /^logical operator requires bool operands, got '(.+)'$/is;
const CHOICE = /^ternary condition must be bool, got '(.+)'$/is;

/** Says of values of the wrong type which they are, and how they can be asked. */
export function valueFault({ message }: Pick<CelFault, 'message'>): ValueFault {
  const [, left, sign, right] = OPERATOR.exec(message) ?? [];
  if (left !== undefined && sign !== undefined && right !== undefined)
    return sidesFault(sign, typeWords(left), typeWords(right));
  const [, before, operand] = SIGN_BEFORE.exec(message) ?? [];
  if (before !== undefined && operand !== undefined)
    return {
      message: `"${before}" stands before ${typeWords(operand)}`,
      help: before === '!' ? COMPARE : 'a minus stands before a number only',
    };
  const [, taken] = LOGIC.exec(message) ?? [];
  if (taken !== undefined)
    return {
      message: `a side of "&&" or "||" is ${typeWords(taken)}, not true or false`,
      help: COMPARE,
    };
  const [, asked] = CHOICE.exec(message) ?? [];
  if (asked !== undefined)
    return { message: `what stands before "?" is ${typeWords(asked)}`, help: COMPARE };
  return { message, help: 'ask first whether a name is there: has(inputs.x) && inputs.x > 0' };
}

const COMPARE = 'compare it, so that it is true or false: inputs.count > 0, params.mode == "full"';

function sidesFault(sign: string, left: string, right: string): ValueFault {
  return {
    message: `the two sides of "${sign}" are ${left} and ${right}`,
    help: sidesHelp(sign, left, right),
  };
}

function sidesHelp(sign: string, left: string, right: string): string {
  if (sign === 'in') return 'behind "in" stands a list or a map: params.mode in ["full", "fast"]';
  const sides = [left, right];
  if (sides.includes('null'))
    return 'ask first whether it is there: inputs.x != null && inputs.x > 0';
  const other = sides.find((side) => side !== 'a number');
  if (!sides.includes('a number') || other === undefined) return ONE_TYPE;
  if (other === 'a text')
    return 'make both of one type: write the number without quotes, or turn the text into one with double(...)';
  return other === 'a list' || other === 'a map'
    ? 'ask for its size: size(inputs.rows) > 0'
    : ONE_TYPE;
}

const ONE_TYPE = 'both sides must be of one type: params.count == 2, params.mode == "full"';

const WORDS: Readonly<Record<string, string>> = {
  bool: 'true or false',
  bytes: 'bytes',
  double: 'a number',
  'google.protobuf.Duration': 'a duration',
  'google.protobuf.Timestamp': 'a time',
  int: 'a number',
  list: 'a list',
  map: 'a map',
  null: 'null',
  string: 'a text',
  uint: 'a number',
};

/** `dyn<list<double>>` is what the language calls a list of which nothing was known before. */
function typeWords(type: string): string {
  const [, known = type] = /^dyn<(.+)>$/s.exec(type) ?? [];
  const name = known.replace(/<.*$/s, '');
  return Object.hasOwn(WORDS, name) ? (WORDS[name] ?? name) : name;
}
