import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from '@jest/globals';
import { parse, type Token } from 'acorn';
import fc from 'fast-check';
import { reduceSource } from './reduce-source.ts';
import { stripTypes } from './strip-types.ts';

const CORNERS = `'use strict';
label: for (const [a, { b = 1, ...c }] of d ?? []) { if (a) continue label; else break }
const t = tag\`x\${ a ? \`y\${b}\` : /[/]\\//g }z\`, u = a / b / c, v = a++ + ++b - -c;
export default async function* gen() { yield; yield* await x; return }
class A extends (B, C) { static #p = 1; static { this.#p }; get 'q'() { return 2 } async *r() {} [k] = v; static async s() {} }
const o = { get a() { return 1 }, async b() {}, 'c-d': 1, ...e, f, [g]: h, async: 1, get: 2 }
const w = async x => x, y = async (x) => { await x }
do x++; while (x < 5) var z = a?.b?.[c]?.(d)
throw new Error
`;

/** Real sources, after their types, and all the corners of the syntax. */
const corpus: readonly string[] = [
  CORNERS,
  ...sourcesOf(fileURLToPath(new URL('..', import.meta.url))),
];

function sourcesOf(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'))
    .map((name) => stripTypes(readFileSync(join(folder, name), 'utf8')));
}

const hashOf = (text: string): string => {
  const { hash, fault } = reduceSource('/x.mjs', Buffer.from(text), () => undefined);
  expect(fault).toBeUndefined();
  return hash;
};

function tokensOf(text: string): Token[] {
  const tokens: Token[] = [];
  parse(text, { ecmaVersion: 'latest', sourceType: 'module', onToken: tokens });
  return tokens.filter(({ start, end, type }) => end > start || type.label === 'template');
}

/** A line break after or before one of these could end the statement. */
const KEEPS_LINE =
  /^(?:return|throw|break|continue|yield|async|await|using|let|static|get|set|do)$/;
const KEPT_ON_LINE = /^(?:=>|\+\+|--)$/;

const SAME_LINE = ['', ' ', '\t', ' /* c */ ', '  /**/'];
const NEW_LINE = ['\n', '\n\n', ' // c\n', ' /* a\n b */ ', '\r\n', '\u2028'];

/** The same tokens with other space and comments between them, as `choose` picks, and other quotes. */
function reformat(text: string, choose: (count: number) => number): string {
  let out = '';
  let last: Token | undefined;
  for (const token of tokensOf(text)) {
    const before = last === undefined ? '' : text.slice(last.end, token.start);
    const isInTemplate = token.type.label === 'template' || last?.type.label === 'template';
    if (last !== undefined && !isInTemplate) out += gap(before, last, token);
    out += spelled(token);
    last = token;
  }
  return out;

  function gap(before: string, from: Token, to: Token): string {
    const mustBreak = /[\n\u2028]/.test(before);
    const mayBreak =
      !KEEPS_LINE.test(text.slice(from.start, from.end)) &&
      !KEPT_ON_LINE.test(text.slice(to.start, to.end));
    const choices = mustBreak ? NEW_LINE : mayBreak ? [...SAME_LINE, ...NEW_LINE] : SAME_LINE;
    return (before === '' ? '' : ' ') + (choices[choose(choices.length)] ?? '');
  }

  function spelled(token: Token): string {
    const { type, start, end } = token;
    const value = Reflect.get(token, 'value');
    if (type.label !== 'string' || value === 'use strict') return text.slice(start, end);
    const quoted = JSON.stringify(value);
    return choose(2) === 0
      ? quoted
      : `'${quoted.slice(1, -1).replaceAll("'", "\\'").replaceAll('\\"', '"')}'`;
  }
}

test('a hash survives other space, comments and quotes between any two tokens', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...corpus),
      fc.infiniteStream(fc.nat({ max: 1_000_000 })),
      (text, stream) => {
        const choose = (count: number): number => Number(stream.next().value) % count;
        expect(hashOf(reformat(text, choose))).toBe(hashOf(text));
      },
    ),
    { numRuns: 200, examples: [[CORNERS, fc.stream(Array(5000).fill(9).values())]] },
  );
});

test('a hash does not survive another name, string or number', () => {
  fc.assert(
    fc.property(fc.constantFrom(...corpus), fc.nat(), (text, pick) => {
      const tokens = tokensOf(text).filter(({ type }) =>
        ['name', 'string', 'num'].includes(type.label),
      );
      const token = tokens[pick % Math.max(1, tokens.length)];
      if (token === undefined) return;
      const { end, type } = token;
      const at = type.label === 'string' ? end - 1 : end;
      const edited = `${text.slice(0, at)}7${text.slice(at)}`;
      expect(reduceSource('/x.mjs', Buffer.from(edited), () => undefined).hash).not.toBe(
        hashOf(text),
      );
    }),
    { numRuns: 300 },
  );
});
