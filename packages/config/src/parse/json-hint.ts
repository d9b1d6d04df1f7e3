import type { JsonDialect } from './json-dialect.ts';

/** What the author of a text probably takes the dialect for, told by the sign that does not fit. */
export function jsonHint(sign: string | undefined, { name }: JsonDialect): string | undefined {
  switch (sign) {
    case undefined:
      return 'a bracket or brace above is not closed';
    case '/':
      return name === 'JSON'
        ? 'JSON has no comments; .jsonc, .json5 and YAML configs have'
        : undefined;
    case '#':
      return name === 'JSON'
        ? 'JSON has no comments; a YAML config has'
        : `a comment in ${name} starts with //`;
    case "'":
      return name === 'JSON5' ? undefined : `${name} quotes with double quotes only`;
    case '.':
      return name === 'JSON5' ? 'put text in quotes' : 'put text in double quotes';
    case '-':
    case '+':
      return name === 'JSON5' ? 'write a digit behind the sign, as in -0.5' : undefined;
    default:
      return undefined;
  }
}
