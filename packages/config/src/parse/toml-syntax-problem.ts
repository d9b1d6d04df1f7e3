import type { ConfigSource } from '../source/config-source.ts';
import type { Problem } from '../source/problems.ts';
import type { ParseError } from './toml.ts';

interface Words {
  readonly message: string;
  readonly help?: string;
}

const DUPLICATE = 'Defining a key multiple times is invalid';

/** The parser tells its faults apart by their text only. */
const WORDS: ReadonlyMap<string, Words> = new Map<string, Words>([
  [DUPLICATE, { message: 'a key is written twice in one entry' }],
  [
    'Unterminated string constant',
    {
      message: 'a text that is not closed by its quote',
      help: 'a text of several lines stands between """ and """',
    },
  ],
  [
    'Unterminated table-key',
    { message: 'a header that is not closed by "]"', help: 'write [name] on a line of its own' },
  ],
  ['Unterminated array', { message: 'a list that is not closed by "]"' }],
  ['Unterminated inline table', { message: 'a table that is not closed by "}"' }],
  ['Empty bare keys are not allowed', { message: 'a header without a name' }],
  [
    'Expected equal (=) token',
    { message: 'a key without a "=" behind it', help: 'write key = value' },
  ],
  ['Unspecified values are invalid', { message: 'a key without a value' }],
  ['Expected comma (,) token', { message: 'a comma or a closing bracket is missing' }],
  [
    'The key, equals sign, and value must be on the same line',
    { message: 'a key and its value do not stand on one line' },
  ],
  [
    'Underscores are allowed between digits',
    { message: 'an underscore of a number does not stand between digits' },
  ],
  ['Unexpected spaces', { message: 'a space between the brackets of a header' }],
  ['Three or more quotes are not permitted', { message: 'too many quotes at the end of a text' }],
  ['Unexpected invalid date', { message: 'a date that does not exist' }],
  ['Unexpected invalid time', { message: 'a time that does not exist' }],
  ['Leading zeros are not allowed', { message: 'a number with a leading zero' }],
  [
    'Invalid character in escape sequence',
    { message: 'an unknown escape', help: "write \\t, \\n, \\\\ or \\uXXXX, or use '...'" },
  ],
  ['Consecutive dots are not permitted in keys', { message: 'two dots in a row in a key' }],
  ['Keys cannot end with a dot', { message: 'a key that ends with a dot' }],
  ['Keys cannot start with a dot', { message: 'a key that starts with a dot' }],
]);

const WORD = /[\p{L}_$][\p{L}\p{N}_$]*/uy;

/** A key is written twice inside of one statement. */
export function isDuplicate(error: ParseError): boolean {
  return error.message === DUPLICATE;
}

/** Says in a user's words what the parser ran into at the offset. */
export function tomlSyntaxProblem(
  source: ConfigSource,
  offset: number,
  error: ParseError,
): Problem {
  const words = WORDS.get(error.message) ?? explain(source.text, offset, error.message);
  return { code: 'CONFIG_SYNTAX', ...words, at: source.span(offset, offset + 1) };
}

function explain(text: string, offset: number, reason: string): Words {
  if (reason.startsWith('Invalid code point')) {
    return { message: 'an escape that stands for no character' };
  }
  const sign = text[offset];
  if (sign === undefined || sign === '\n') return { message: 'a line that ends too early' };
  if (sign === ':') return { message: 'a ":" where TOML has "="', help: 'write key = value' };
  if (reason === 'Must be a newline') {
    return {
      message: `${JSON.stringify(sign)} behind the end of an entry`,
      help: 'write one entry a line, and text in quotes',
    };
  }
  WORD.lastIndex = offset;
  const [word] = WORD.exec(text) ?? [];
  if (word !== undefined) {
    return { message: `${word} is no TOML value`, help: 'put text in double quotes' };
  }
  const message = `${JSON.stringify(sign)} cannot stand here`;
  return '=[]{},'.includes(sign) ? { message } : { message, help: 'put text in double quotes' };
}
