import { describe, expect, test } from '@jest/globals';
import { SeededRandom } from '@millrace/core';
import { Interpolator } from '../interpolate/interpolator.ts';
import { readYaml } from '../parse/yaml-reader.ts';
import { ConfigSource } from '../source/config-source.ts';
import { Problems } from '../source/problems.ts';
import type { ConfigNode } from '../tree/config-node.ts';
import { fromValue } from '../tree/from-value.ts';
import { toPlain } from '../tree/to-plain.ts';
import { writeYaml } from './write-yaml.ts';

function nodeOf(value: unknown): ConfigNode {
  const at = new ConfigSource('file', 'x').span(0);
  const node = fromValue(value, { at, problems: new Problems() });
  if (node === undefined) throw new TypeError('no plain data');
  return node;
}

/** What a config of the text would hold, placeholders filled in. */
function readBack(yaml: string): unknown {
  const problems = new Problems();
  const read = readYaml(new ConfigSource('file', 'x.yaml', yaml), problems);
  const interpolator = new Interpolator({
    params: undefined,
    env: {},
    secrets: new Map(),
    problems,
  });
  const filled = read && interpolator.resolve(read);
  expect({ yaml, faults: problems.sorted() }).toEqual({ yaml, faults: [] });
  return filled && toPlain(filled);
}

test('a config is written as a person would write it', () => {
  const value = {
    name: 'daily macro',
    store: 'sqlite:runs/daily.db',
    timeout: '5m',
    empty: {},
    none: [],
    nothing: null,
    symbols: ['SPY', 'QQQ', 3, true],
    stages: { 'a b': { uses: './stages/a.ts#Load', with: [{ x: 1, z: [] }, [1, [2]]] } },
  };
  expect(writeYaml(nodeOf(value))).toBe(`name: daily macro
store: sqlite:runs/daily.db
timeout: 5m
empty: {}
none: []
nothing: null
symbols: [SPY, QQQ, 3, true]
stages:
  a b:
    uses: ./stages/a.ts#Load
    with:
      - x: 1
        z: []
      - - 1
        - [2]
`);
});

describe('what is written reads as the same', () => {
  test.each([
    '',
    ' ',
    'true',
    'No',
    'null',
    '~',
    '1.10',
    '0x1f',
    '1e3',
    '.5',
    '.inf',
    '2024-03-14',
    '5m',
    '10MiB',
    'a: b',
    'a:',
    ':a',
    'a #b',
    '#a',
    'package#Export',
    '@scope/name#Export',
    '- a',
    '-',
    '---',
    '...',
    '? a',
    '[a]',
    '{a}',
    'a, b',
    '*a',
    '&a',
    '!a',
    '%a',
    '<<',
    "it's",
    '"quoted"',
    'line\nline\n',
    '\ttab',
    'back\\slash',
    '日本 語',
    '\u0085\u2028\u2029\ufeff\u007f',
    `\${x}`,
    `a$\${x} \${`,
    '__proto__',
  ])('as text %j, also as a key and in a list', (text) => {
    const value = {
      [text === '__proto__' ? 'key' : `k${text}`]: text,
      l: [text, [text]],
      t: { [`${text}x`]: 1 },
    };
    expect(readBack(writeYaml(nodeOf(value)))).toEqual(value);
  });

  test.each([0, -0, 1.5, -1e21, 1e-7, 2 ** 53 - 1, Number.NaN, Infinity, -Infinity])(
    'as the number %p',
    (number) => {
      expect(readBack(writeYaml(nodeOf({ number, list: [number] })))).toEqual({
        number: Object.is(number, -0) ? 0 : number,
        list: [Object.is(number, -0) ? 0 : number],
      });
    },
  );

  test('for values by chance', () => {
    const random = new SeededRandom(11);
    const signs = [...'abXY019 .:-#,[]{}&*!|>%@`"\'\\\n\t~$', '\u00e9', '日', '😀', '${'];
    const pick = <T>(from: readonly T[]): T => from[random.integer(from.length)] as T;
    const text = (): string =>
      Array.from({ length: random.integer(8) }, () => pick(signs)).join('');
    const value = (depth: number): unknown => {
      const kind = random.integer(depth > 3 ? 4 : 7);
      if (kind === 0) return text();
      if (kind === 1) return random.integer(2000) / 8 - 100;
      if (kind === 2) return pick([true, false, null]);
      if (kind === 3) return text();
      if (kind === 4) return Array.from({ length: random.integer(4) }, () => value(depth + 1));
      return map(depth);
    };
    const map = (depth: number): object =>
      Object.fromEntries(
        Array.from({ length: random.integer(5) }, () => [`${text()}k`, value(depth + 1)]),
      );
    for (let trial = 0; trial < 500; trial++) {
      const whole = map(0);
      expect({ trial, back: readBack(writeYaml(nodeOf(whole))) }).toEqual({ trial, back: whole });
    }
  });
});

test('a value made of a secret is written with its placeholder, whatever it is', () => {
  const secret = { ...nodeOf({ pass: 'tiger' }), redacted: `\${secret:DB|json}` };
  const tree = nodeOf({ db: 1, list: [1] });
  if (tree.kind !== 'map') throw new TypeError('no map');
  const entries = new Map(
    [...tree.entries].map(([key, entry]) => [key, { ...entry, value: secret }]),
  );
  expect(writeYaml({ ...tree, entries })).toBe(
    `db: "\${secret:DB|json}"\nlist: "\${secret:DB|json}"\n`,
  );
});

test('a number keeps the digits that it was written with', () => {
  const text = 'a: 1.10\nb: 0x1f\nc: 0o17\nd: True\ne: 1e3\n';
  const read = readYaml(new ConfigSource('file', 'x', text), new Problems());
  expect(read && writeYaml(read)).toBe(text);
});
