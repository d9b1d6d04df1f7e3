/** Only texts with one of these can hold an escaped form. */
export const ESCAPE_SIGN = /[%\\&+]/;

/** Longer ones would make patterns that take milliseconds to build. Their raw form is still found. */
const LONGEST = 8192;

const SHORT_ESCAPES: Readonly<Record<string, string>> = {
  '\n': 'n',
  '\r': 'r',
  '\t': 't',
  '\b': 'b',
  '\f': 'f',
  '\v': 'v',
};

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&(?:amp|#38|#x26);',
  '<': '&(?:lt|#60|#x3[cC]);',
  '>': '&(?:gt|#62|#x3[eE]);',
  '"': '&(?:quot|#34|#x22);',
  "'": '&(?:apos|#39|#x27);',
};

/**
 * Finds a text that was escaped for a URL, for JSON or for HTML, also twice or in parts: each sign may
 * be raw or escaped. Undefined for plain letters and digits, which all of these leave as they are.
 * Every repeat is bounded, and there is one way to match a text, so that no input makes it slow.
 */
export function escapedPattern(text: string): RegExp | undefined {
  if (/^[A-Za-z0-9]*$/.test(text) || text.length > LONGEST) return undefined;
  // Backslashes go with the sign that they precede: apart, a run of them could be shared in many ways.
  const pieces = text.matchAll(/(\\*)([^\\]|$)/gsu);
  const patterns = Array.from(pieces, ([, run = '', sign = '']) => piecePattern(run.length, sign));
  return new RegExp(patterns.join(''), 'g');
}

/** For a part of a pattern that matches just this text. */
export function escapeLiteral(text: string): string {
  return text.replaceAll(/[\\^$.*+?()[\]{}|/-]/g, '\\$&');
}

function piecePattern(backslashes: number, sign: string): string {
  if (backslashes === 0) return signPattern(sign);
  const raw = [escapeLiteral(sign), ...backslashForms(sign), ...bareForms(sign)].join('|');
  const escaped = '(?:%(?:25){0,3}5[cC]|\\\\{1,8}(?:u00|x)5[cC])';
  return (
    `(?:\\\\{${backslashes},${backslashes * 8 + 8}}(?:${raw})` +
    `|${escaped}{${backslashes}}${signPattern(sign)})`
  );
}

function signPattern(sign: string): string {
  if (/^[A-Za-z0-9]?$/.test(sign)) return sign;
  return `(?:${[
    `\\\\{0,8}${escapeLiteral(sign)}`,
    `\\\\{1,8}(?:${backslashForms(sign).join('|')})`,
    ...bareForms(sign),
  ].join('|')})`;
}

/** What follows the backslashes in an escape. */
function backslashForms(sign: string): string[] {
  if (/^[A-Za-z0-9]?$/.test(sign)) return [];
  const units = Array.from({ length: sign.length }, (_, index) => sign.charCodeAt(index));
  const forms = [units.map((unit) => `u${hexPattern(unit, 4)}`).join('\\\\{1,8}')];
  const [first = 0] = units;
  if (units.length === 1 && first < 256) forms.push(`x${hexPattern(first, 2)}`);
  const short = SHORT_ESCAPES[sign];
  if (short !== undefined) forms.push(short);
  return forms;
}

/** Escapes without backslashes: of URLs, forms and HTML. */
function bareForms(sign: string): string[] {
  if (/^[A-Za-z0-9]?$/.test(sign)) return [];
  const bytes = Array.from(Buffer.from(sign, 'utf8'));
  const forms = [bytes.map((byte) => `%(?:25){0,3}${hexPattern(byte, 2)}`).join('')];
  const entity = ENTITIES[sign];
  if (entity !== undefined) forms.push(entity);
  if (sign === ' ') forms.push('\\+');
  // The inspection of a value gives each line of a text quotes of its own: `'one\n' +` and the next.
  if (sign === '\n') forms.push('\\\\n[\'"`] \\+\\n {0,99}[\'"`]');
  return forms;
}

/** `%2F` and `%2f` are the same. */
function hexPattern(value: number, digits: number): string {
  const hex = value.toString(16).padStart(digits, '0');
  return hex.replaceAll(/[a-f]/g, (digit) => `[${digit}${digit.toUpperCase()}]`);
}
