import { authoredPipelineFieldsSchema, authoredStageSchema } from '@millrace/core';

/** One small change to a text after which it may be readable, and what it would tell of the slip. */
export interface YamlRepair {
  readonly text: string;
  /** Where the slip is. */
  readonly offset: number;
  readonly message: string;
  readonly help: string;
  /** How unlike its new neighbours a line would be that is moved: the smaller the likelier. */
  readonly oddity: number;
}

/** A line that says something: no comment, and not empty. */
interface Line {
  readonly start: number;
  readonly end: number;
  readonly indent: number;
  readonly words: string;
}

/** Lines before the one at which the parser gave up that are looked at. */
const LINES_BEFORE = 3;
const USUAL_INDENT = 2;

/** All repairs near the place at which the parser gave up, those of the likeliest slips first. */
export function* yamlRepairs(text: string, offset: number): Iterable<YamlRepair> {
  const lines = linesOf(text);
  const at = lines.findLastIndex(({ start }) => start <= offset);
  const first = firstOfBlock(lines, at);
  const near = [...lines.slice(Math.max(0, at - LINES_BEFORE), at + 1).reverse()];
  if (first !== undefined && !near.includes(first)) near.push(first);
  for (const line of near) yield* spellingRepairs(text, line);
  for (const line of near.filter(isEntry)) yield* indentRepairs(text, line, lines);
  const here = lines[at];
  if (here !== undefined && first !== undefined && first.indent > here.indent)
    yield blockRepair(text, first, here);
}

function linesOf(text: string): readonly Line[] {
  const lines: Line[] = [];
  for (const { 0: whole, 1: space = '', index } of text.matchAll(/^( *)[^\s#].*$/gm)) {
    const words = whole.slice(space.length).trimEnd();
    const start = index + space.length;
    lines.push({ start, end: start + words.length, indent: space.length, words });
  }
  return lines;
}

/** Other lines go on with the value above them, wherever they start. */
function isEntry({ words }: Line): boolean {
  return /:(?:\s|$)|^- /.test(words);
}

/** The line right below the key that the lines around `at` stand under. */
function firstOfBlock(lines: readonly Line[], at: number): Line | undefined {
  const here = lines[at];
  if (here === undefined) return undefined;
  const owner = lines.findLastIndex(({ indent }, index) => index < at && indent < here.indent);
  const first = lines[owner + 1];
  return first === here ? undefined : first;
}

function* spellingRepairs(text: string, line: Line): Iterable<YamlRepair> {
  for (const repair of [quotedPlaceholders, closed, withColon, withSpace, withoutDash]) {
    const found = repair(line.words);
    if (found === undefined) continue;
    const { words, from = 0, message, help } = found;
    const after = text.slice(0, line.start) + words + text.slice(line.end);
    yield { text: after, offset: line.start + from, message, help, oddity: 0 };
  }
}

interface Spelling {
  readonly words: string;
  /** Where in the old line the slip is. Default: its start. */
  readonly from?: number;
  readonly message: string;
  readonly help: string;
}

const BARE_PLACEHOLDER = /(?<=[\s,[{:])[^\s,[\]{}"']*\$\{[^{}"']*\}[^\s,[\]{}"']*/g;

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
    const isKeyEnd = sign === ':' && /\s/.test(words.charAt(at + 1));
    const isItem = sign === '-' && isAtValue && words.charAt(at + 1) === ' ';
    if (/\S/.test(sign)) isAtValue = isKeyEnd || isItem || /[[{,]/.test(sign);
  }
  return open;
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

function* indentRepairs(text: string, line: Line, lines: readonly Line[]): Iterable<YamlRepair> {
  const at = lines.indexOf(line);
  const before = lines[at - 1];
  const around = [before?.indent ?? 0, lines[at + 1]?.indent ?? 0];
  const below = before === undefined ? 0 : before.indent + unitOf(lines);
  const owners = lines.slice(0, at).map(({ indent }) => indent);
  for (const indent of new Set([...around, below, ...owners])) {
    if (indent === line.indent) continue;
    const start = line.start - line.indent;
    yield {
      text: text.slice(0, start) + ' '.repeat(indent) + text.slice(line.start),
      offset: line.start,
      ...misplaced(line.indent, indent),
      oddity: oddityOf(lines, at, indent),
    };
  }
}

/** A step of an unusual width is odd, a key of another kind than those around it, and a long way there. */
function oddityOf(lines: readonly Line[], at: number, indent: number): number {
  const owner = lines.findLastIndex((line, index) => index < at && line.indent < indent);
  const expected = owner === -1 ? 0 : (lines[owner]?.indent ?? 0) + unitOf(lines);
  const end = lines.findIndex((line, index) => index > at && line.indent < indent);
  const block = lines.slice(owner + 1, end === -1 ? undefined : end);
  const fields = block.filter((line) => line.indent === indent && line !== lines[at]).map(isField);
  const share = fields.filter(Boolean).length / Math.max(1, fields.length);
  const here = lines[at];
  if (here === undefined) return 0;
  const unlike = Math.abs((isField(here) ? 1 : 0) - share);
  return Math.abs(indent - expected) + unlike + Math.abs(indent - here.indent) / FAR;
}

/** No line is indented deeper, so that a long way counts less than anything else. */
const FAR = 10_000;

const FIELDS = new Set([
  ...Object.keys(authoredPipelineFieldsSchema.shape),
  ...Object.keys(authoredStageSchema.shape),
  ...['stages', 'pipelines', 'environments', 'extends', 'params', 'store', 'logging'],
  ...['pipeline', 'matrix', 'foreach'],
]);

/** Whether a line gives one of the keys that Millrace knows, rather than one that an author chose. */
function isField({ words }: Line): boolean {
  return FIELDS.has(/^(?:- )?([A-Za-z]+)\s*:/.exec(words)?.[1] ?? '');
}

/** By how much a block is indented in this text, as a rule. */
function unitOf(lines: readonly Line[]): number {
  const counts = new Map<number, number>();
  for (const [at, { indent }] of lines.entries()) {
    const by = indent - (lines[at - 1]?.indent ?? 0);
    if (by > 0) counts.set(by, (counts.get(by) ?? 0) + 1);
  }
  return [...counts].sort(([, one], [, other]) => other - one)[0]?.[0] ?? USUAL_INDENT;
}

/** A whole block that starts too far right, as when the key above it is gone. */
function blockRepair(text: string, first: Line, here: Line): YamlRepair {
  const start = first.start - first.indent;
  const by = first.indent - here.indent;
  const end = here.start - here.indent;
  const block = text.slice(start, end).replaceAll(new RegExp(`^ {${by}}`, 'gm'), '');
  return {
    text: text.slice(0, start) + block + text.slice(end),
    offset: first.start,
    ...misplaced(first.indent, here.indent),
    oddity: by,
  };
}

function misplaced(got: number, expected: number): Pick<YamlRepair, 'message' | 'help'> {
  return {
    message: `bad indentation: ${spaces(got)} where ${expected} would fit`,
    help: 'entries that belong together start in the same column',
  };
}

function spaces(count: number): string {
  return count === 1 ? '1 space' : `${count} spaces`;
}
