import { describe, expect, test } from '@jest/globals';
import { ConfigSource, locationOf } from '../source/config-source.ts';
import { Problems } from '../source/problems.ts';
import type { ConfigNode } from '../tree/config-node.ts';
import { spanAt } from '../tree/locate.ts';
import { toPlain } from '../tree/to-plain.ts';
import { readYaml } from './yaml-reader.ts';

function read(text: string): {
  root: ConfigNode | undefined;
  problems: string[];
  messages: string[];
} {
  const problems = new Problems();
  const root = readYaml(new ConfigSource('file', 'x.yaml', text), problems);
  const sorted = problems.sorted();
  return {
    root,
    problems: sorted.map(({ code, at }) => `${code} ${at?.line}:${at?.column}`),
    messages: sorted.map(({ message }) => message),
  };
}

function plain(text: string): unknown {
  const { root, problems } = read(text);
  expect(problems).toEqual([]);
  return root === undefined ? undefined : toPlain(root);
}

function place(text: string, path: readonly (string | number)[], key = false): string {
  const { root } = read(text);
  if (root === undefined) return 'nothing';
  const { line, column } = locationOf(spanAt(root, path, key));
  return `${line}:${column}`;
}

describe('values', () => {
  test('follow the core schema of YAML 1.2', () => {
    expect(
      plain(
        'a: 1\nb: 1.5\nc: true\nd: null\ne: ~\nf:\ng: no\nh: 2024-01-01\ni: 0x10\nj: "1"\nk: \'x\'\nl: .inf\nm: 010',
      ),
    ).toEqual({
      a: 1,
      b: 1.5,
      c: true,
      d: null,
      e: null,
      f: null,
      g: 'no',
      h: '2024-01-01',
      i: 16,
      j: '1',
      k: 'x',
      l: Number.POSITIVE_INFINITY,
      m: 10,
    });
  });

  test('of block scalars and multi-line texts are joined as YAML says', () => {
    expect(plain('a: |\n  x\n   y\nb: >-\n  x\n  y\nc: "x\n  y"\nd: x\n  y\n')).toEqual({
      a: 'x\n y\n',
      b: 'x y',
      c: 'x y',
      d: 'x y',
    });
  });

  test('with standard tags are read as tagged', () => {
    expect(plain('a: !!str 1\nb: !!int "7"\nc: ! 1\nd: !!map {}\ne: !!seq []')).toEqual({
      a: '1',
      b: 7,
      c: '1',
      d: {},
      e: [],
    });
  });

  test('behind CRLF line ends and a byte order mark directive of 1.2 are the same', () => {
    expect(plain('%YAML 1.2\r\n---\r\na: 1\r\nb:\r\n  - x\r\n  - y\r\n...\r\n')).toEqual({
      a: 1,
      b: ['x', 'y'],
    });
  });

  test('that an alias names are shared, not copied', () => {
    expect(plain('a: &x { y: 1 }\nb: *x\nc: [*x, *x]')).toEqual({
      a: { y: 1 },
      b: { y: 1 },
      c: [{ y: 1 }, { y: 1 }],
    });
  });
});

describe('keys', () => {
  test('are text as written', () => {
    expect(plain('1.1: a\n1.10: b\ntrue: c\n0x1: d\n~: e\n"": f\n12345678901234567890: g')).toEqual(
      {
        '1.1': 'a',
        '1.10': 'b',
        true: 'c',
        '0x1': 'd',
        '~': 'e',
        '': 'f',
        '12345678901234567890': 'g',
      },
    );
  });

  test('that objects inherit are ordinary', () => {
    const value = plain('__proto__: { polluted: 1 }\nconstructor: 2\ntoString: 3') as object;
    expect(Object.keys(value)).toEqual(['__proto__', 'constructor', 'toString']);
    expect(Object.getPrototypeOf(value)).toBe(Object.prototype);
    expect(Reflect.get({}, 'polluted')).toBeUndefined();
  });
});

describe('places', () => {
  const text =
    'name: x\nstages:\n  a:\n    with: { window: 30, "k": [1,\n      two] }\n    text: |\n      hello\n';

  test('of values and keys are where they are written', () => {
    expect(place(text, ['name'])).toBe('1:7');
    expect(place(text, ['stages', 'a'], true)).toBe('3:3');
    expect(place(text, ['stages', 'a', 'with'])).toBe('4:11');
    expect(place(text, ['stages', 'a', 'with', 'window'])).toBe('4:21');
    expect(place(text, ['stages', 'a', 'with', 'k'], true)).toBe('4:25');
    expect(place(text, ['stages', 'a', 'with', 'k', 1])).toBe('5:7');
    expect(place(text, ['stages', 'a', 'text'])).toBe('6:11');
  });

  test('of what is missing are those of the nearest key', () => {
    expect(place(text, ['stages', 'a', 'needs', 0])).toBe('3:3');
  });

  test('of an alias are its own, of the values inside those of the anchor', () => {
    expect(place('a: &x { y: 1 }\nb: *x', ['b'])).toBe('2:4');
    expect(place('a: &x { y: 1 }\nb: *x', ['b', 'y'])).toBe('1:12');
  });

  test('count UTF-16 units behind CRLF line ends', () => {
    expect(place('日本: 1\r\n"😀": { b: 2 }\r\n', ['😀', 'b'])).toBe('2:12');
  });
});

describe('refused with its place', () => {
  const cases: readonly (readonly [string, string, string])[] = [
    ['a tab as indentation', 'a:\n\tb: 1\n', 'CONFIG_SYNTAX 2:1'],
    ['wrong indentation', 'a:\n  b: 1\n c: 2\n', 'CONFIG_SYNTAX 3:2'],
    ['a second colon', 'a: b: c\n', 'CONFIG_SYNTAX 1:5'],
    ['a key without a colon', 'a: 1\nstages\nb: 2\n', 'CONFIG_SYNTAX 2:1'],
    ['a first key without a colon', 'stages\n  a: 1\n', 'CONFIG_SYNTAX 1:1'],
    ['an open bracket', 'a: [1, 2\nb: 3\n', 'CONFIG_SYNTAX 1:4'],
    ['an open quote', 'a: "x\nb: 3\n', 'CONFIG_SYNTAX 1:4'],
    ['a tab between brackets', 'a: [1,\t2]\n', 'CONFIG_SYNTAX 1:7'],
    ['a closing bracket below its key', 'a: [\n  1\n]\n', 'CONFIG_SYNTAX 3:1'],
    ['a directive of YAML 1.1', '%YAML 1.1\n---\na: yes\n', 'CONFIG_SYNTAX 1:1'],
    ['a duplicate key', 'a: 1\nb: 2\na: 3\n', 'CONFIG_DUPLICATE_KEY 3:1'],
    ['a duplicate stage', 'stages:\n  a: {}\n  "a": {}\n', 'STAGE_DUPLICATE 3:3'],
    [
      'a duplicate stage of one of several',
      'pipelines:\n p:\n  stages: {a: {}, a: {}}',
      'STAGE_DUPLICATE 3:19',
    ],
    ['an unknown tag', 'a: !secret x\n', 'CONFIG_TAG 1:4'],
    ['a tag of YAML 1.1', 'a: !!binary aGk=\n', 'CONFIG_TAG 1:4'],
    ['a tag that does not fit', 'a: !!int x\n', 'CONFIG_TAG 1:4'],
    ['a tag that does not fit a list', 'a: !!map [1]\n', 'CONFIG_TAG 1:4'],
    ['a second document', 'a: 1\n---\nb: 2\n', 'CONFIG_SEVERAL_DOCUMENTS 2:1'],
    ['text behind the end', 'a: 1\n...\nfoo\n', 'CONFIG_SEVERAL_DOCUMENTS 2:1'],
    ['an unknown alias', 'a: *x\n', 'CONFIG_ALIAS_UNKNOWN 1:4'],
    ['an alias in a cycle', 'a: &x [1, *x]\n', 'CONFIG_ALIAS_CYCLE 1:11'],
    ['a merge key', 'a: &x {b: 1}\nc:\n  <<: *x\n', 'CONFIG_MERGE_KEY 3:3'],
    ['a key that is a list', '[a]: 1\n', 'CONFIG_KEY_NOT_TEXT 1:1'],
    ['a key that is empty', 'a: 1\n: 2\n', 'CONFIG_KEY_NOT_TEXT 2:1'],
    ['a whole number past 53 bits', 'a: 12345678901234567890\n', 'CONFIG_NUMBER 1:4'],
    ['a number past all bounds', 'a: 1e999\n', 'CONFIG_NUMBER 1:4'],
    ['a number that would be 0', 'a: [1, 1e-999]\n', 'CONFIG_NUMBER 1:8'],
  ];
  test.each(cases)('%s', (_name, text, expected) => {
    expect(read(text).problems).toEqual([expected]);
  });

  test('all of several faults that leave the text readable', () => {
    expect(read('a: !x 1\na: *y\n<<: 1\nb: 1e999\n').problems).toEqual([
      'CONFIG_TAG 1:4',
      'CONFIG_DUPLICATE_KEY 2:1',
      'CONFIG_ALIAS_UNKNOWN 2:4',
      'CONFIG_MERGE_KEY 3:1',
      'CONFIG_NUMBER 4:4',
    ]);
  });

  test('with words that name the fault', () => {
    expect(read('a:\n\tb: 1\n').messages[0]).toMatch('a tab is used for indentation');
    expect(read('a: [\t1]\n').messages[0]).toMatch('a tab in a line with brackets');
    expect(read('a: {\n  b: 1\n}\n').messages[0]).toMatch('a closing bracket stands too far left');
    expect(read('a: b: c\n').messages[0]).toMatch('a second ": " in one entry');
    expect(read('a: 1\nstages\nb: 2\n').messages[0]).toMatch('a key without a ":"');
  });
});

describe('bombs', () => {
  const deep = 10_000;
  const nested: readonly (readonly [string, string])[] = [
    ['brackets', '['.repeat(deep)],
    ['braces', '{a: '.repeat(deep)],
    ['dashes', `${'- '.repeat(deep)}x`],
    ['question marks', `${'? '.repeat(deep)}x`],
    ['indentation', Array.from({ length: 2000 }, (_, i) => `${' '.repeat(i)}a:`).join('\n')],
  ];
  test.each(nested)('of nested %s are refused at the level that is too deep', (_name, text) => {
    expect(read(text).problems).toHaveLength(1);
    expect(read(text).problems[0]).toMatch(/^CONFIG_TOO_DEEP /);
  });

  test('of aliases are refused where they grow too large, in little time', () => {
    let text = 'a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n';
    for (let i = 1; i < 30; i++)
      text += `a${i}: &a${i} [${Array(10)
        .fill(`*a${i - 1}`)
        .join(', ')}]\n`;
    const { problems } = read(text);
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatch(/^CONFIG_EXPANSION 5:/);
  });

  test('of aliases that stack depth are refused', () => {
    const half = `${'['.repeat(150)}1${']'.repeat(150)}`;
    const text = `a: &a ${half}\nb: ${half.replace('1', '*a')}\n`;
    expect(read(text).problems).toEqual(['CONFIG_TOO_DEEP 2:154']);
  });
});
