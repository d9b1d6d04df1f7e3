import type { TextLine } from './text-line.ts';
import type { YamlRepair } from './yaml-repair.ts';

/** A line as it may have been meant. */
interface Spelling {
  readonly words: string;
  /** Where in the old line the slip is. Default: its start. */
  readonly from?: number;
  readonly message: string;
  readonly help: string;
}

/** What signs may be missing from a line, or stand in it without need; the likeliest slips first. */
export function* spellingRepairs(text: string, line: TextLine): Iterable<YamlRepair> {
  for (const respell of [quotedPlaceholders, closed, withColon, withSpace, withoutDash]) {
    const found = respell(line.words);
    if (found === undefined) continue;
    const { words, from = 0, message, help } = found;
    const after = text.slice(0, line.start) + words + text.slice(line.end);
    yield { text: after, offset: line.start + from, message, help, oddity: 0 };
  }
}

const BARE_PLACEHOLDER = /(?<=[\s,[{:])[^\s,[\]{}"']*\$\{[^{}"']*\}[^\s,[\]{}"']*/g;

/** Between brackets the brace of a placeholder is one of YAML's own. */
function quotedPlaceholders(words: string): Spelling | undefined {
  const first = words.search(BARE_PLACEHOLDER);
  if (first === -1 || !/[[{]/.test(words.slice(0, first))) return undefined;
  const [bare = ''] = words.match(BARE_PLACEHOLDER) ?? [];
  return {
    words: words.replaceAll(BARE_PLACEHOLDER, (found) => JSON.stringify(found)),
    from: first,
    message: 'a placeholder inside { } or [ ] stands without quotes',
    help: `write ${JSON.stringify(bare)}`,
  };
}

const CLOSING: Readonly<Record<string, string>> = { '[': ']', '{': '}' };

/** Closes what is still open at the end of a line. */
function closed(words: string): Spelling | undefined {
  const open = openSigns(words);
  const last = open.at(-1);
  if (last === undefined) return undefined;
  const signs = open.map(({ sign }) => CLOSING[sign] ?? sign).reverse();
  return {
    words: words + signs.join(''),
    from: last.at,
    message: `${last.sign} is not closed`,
    help: `close it with ${CLOSING[last.sign] ?? last.sign}`,
  };
}

interface OpenSign {
  readonly sign: string;
  readonly at: number;
}

/** Brackets and, last, the quote that a line leaves open. */
function openSigns(words: string): readonly OpenSign[] {
  const open: OpenSign[] = [];
  let isAtValue = true;
  for (let at = 0; at < words.length; at++) {
    const sign = words.charAt(at);
    if (/["']/.test(sign) && isAtValue) {
      const end = closingQuote(words, at);
      if (end === undefined) return [...open, { sign, at }];
      at = end;
    } else if (/[[{]/.test(sign) && isAtValue) open.push({ sign, at });
    else if (sign === '#' && /\s/.test(words.charAt(at - 1))) break;
    else if (/[\]}]/.test(sign) && CLOSING[open.at(-1)?.sign ?? ''] === sign) open.pop();
    if (/\S/.test(sign)) isAtValue = leadsToValue(sign, words.charAt(at + 1), isAtValue);
  }
  return open;
}

/** Whether a value may begin behind a sign: only there quotes and brackets mean something. */
function leadsToValue(sign: string, next: string, isAtValue: boolean): boolean {
  if (sign === ':') return /\s/.test(next);
  if (sign === '-') return isAtValue && next === ' ';
  return /[[{,]/.test(sign);
}

function closingQuote(words: string, opening: number): number | undefined {
  const quote = words.charAt(opening);
  for (let at = opening + 1; at < words.length; at++) {
    if (quote === '"' && words.charAt(at) === '\\') at += 1;
    else if (words.charAt(at) === quote) return at;
  }
  return undefined;
}

const KEY = String.raw`(?:- )?(?:[^\s:#"'[\]{},&*!|>%@\x60-][^\s:,[\]{}]*|"[^"]*"|'[^']*')`;
const WITHOUT_COLON = new RegExp(String.raw`^(${KEY})(?:\s*[=;]\s*|\s+|$)(.*)$`);
const WITHOUT_SPACE = new RegExp(String.raw`^(${KEY}):(?=\S)(.*)$`);

function withColon(words: string): Spelling | undefined {
  const [, key, value = ''] = WITHOUT_COLON.exec(words) ?? [];
  if (key === undefined || value.startsWith(':')) return undefined;
  const better = `${key}:${value === '' ? '' : ` ${value}`}`;
  return { words: better, message: 'a key without a ":" behind it', help: 'write `key: value`' };
}

function withSpace(words: string): Spelling | undefined {
  const [, key, value] = WITHOUT_SPACE.exec(words) ?? [];
  if (key === undefined) return undefined;
  return {
    words: `${key}: ${value}`,
    from: key.length,
    message: 'no space behind the ":" of a key',
    help: 'write `key: value`',
  };
}

function withoutDash(words: string): Spelling | undefined {
  if (!words.startsWith('- ')) return undefined;
  return {
    words: words.slice(2),
    message: 'a "- " among keys',
    help: 'only the items of a list have one',
  };
}
