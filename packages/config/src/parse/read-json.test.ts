import { describe, expect, test } from '@jest/globals';
import { ConfigSource, locationOf } from '../source/config-source.ts';
import { Problems } from '../source/problems.ts';
import { spanAt } from '../tree/locate.ts';
import { toPlain } from '../tree/to-plain.ts';
import { readJson, readJson5, readJsonc } from './read-json.ts';

interface Read {
  readonly plain: unknown;
  readonly problems: readonly string[];
  readonly messages: readonly string[];
  readonly place: (path: (string | number)[]) => string;
}

function read(text: string, reader = readJson): Read {
  const problems = new Problems();
  const root = reader(new ConfigSource('file', 'x.json', text), problems);
  const sorted = problems.sorted();
  return {
    plain: root === undefined ? undefined : toPlain(root),
    problems: sorted.map(({ code, at }) => `${code} ${at?.line}:${at?.column}`),
    messages: sorted.map(({ message, help }) => `${message} (${help})`),
    place: (path) => {
      if (root === undefined) return 'nothing';
      const { line, column } = locationOf(spanAt(root, path));
      return `${line}:${column}`;
    },
  };
}

describe('JSON', () => {
  test.each([
    '{}',
    ' [1, -0.5e+3, 1E2, true, false, null, "", "a\\u00e9\\n\\"\\\\\\/"] ',
    '{"a": {"b": [[], {}]}, "": 0, "__proto__": {"x": 1}, "constructor": 1}',
    '\t{"a"\r\n:\t1}\r\n',
    '"\\ud83d\\ude00"',
  ])('is read as JSON.parse reads it: %s', (text) => {
    const { plain, problems } = read(text);
    expect(problems).toEqual([]);
    expect(JSON.stringify(plain)).toBe(JSON.stringify(JSON.parse(text)));
  });

  test('keeps the place of every value', () => {
    const { place } = read('{\n  "a": [1, {"b": "x"}],\n  "c": null\n}');
    expect(place(['a', 0])).toBe('2:9');
    expect(place(['a', 1, 'b'])).toBe('2:18');
    expect(place(['c'])).toBe('3:8');
  });

  test.each([
    ['a comma behind the last entry', '{\n "a": 1,\n}', 'CONFIG_SYNTAX 2:8'],
    ['a comma behind the last item', '[1,]', 'CONFIG_SYNTAX 1:3'],
    ['a missing comma', '{"a": 1\n"b": 2}', 'CONFIG_SYNTAX 2:1'],
    ['a missing colon', '{"a" 1}', 'CONFIG_SYNTAX 1:6'],
    ['a comment', '{\n// no\n"a": 1}', 'CONFIG_SYNTAX 2:1'],
    ['single quotes', "{'a': 1}", 'CONFIG_SYNTAX 1:2'],
    ['a bare key', '{a: 1}', 'CONFIG_SYNTAX 1:2'],
    ['a bare word', '{"a": yes}', 'CONFIG_SYNTAX 1:7'],
    ['NaN', '[NaN]', 'CONFIG_SYNTAX 1:2'],
    ['a text over two lines', '{"a": "x\ny"}', 'CONFIG_SYNTAX 1:7'],
    ['a tab in a text', '["a\tb"]', 'CONFIG_SYNTAX 1:2'],
    ['an unknown escape', '["\\x41"]', 'CONFIG_SYNTAX 1:2'],
    ['a leading zero', '[01]', 'CONFIG_SYNTAX 1:3'],
    ['a plus sign', '[+1]', 'CONFIG_SYNTAX 1:2'],
    ['an end too early', '{"a": [1', 'CONFIG_SYNTAX 1:9'],
    ['text behind the end', '{}\n{}', 'CONFIG_SYNTAX 2:1'],
    ['a duplicate key', '{"a": 1,\n "a": 2}', 'CONFIG_DUPLICATE_KEY 2:2'],
    ['a duplicate stage', '{"stages": {"a": {}, "a": {}}}', 'STAGE_DUPLICATE 1:22'],
    ['a number that cannot be held', '[9007199254740993]', 'CONFIG_NUMBER 1:2'],
    ['nesting', `${'['.repeat(10_000)}`, 'CONFIG_TOO_DEEP 1:201'],
  ])('refuses %s', (_name, text, expected) => {
    expect(read(text).problems).toEqual([expected]);
  });

  test('of one long text costs time in proportion', () => {
    const startedAt = performance.now();
    expect(read(`["${'\\n'.repeat(2_000_000)}"]`).problems).toEqual([]);
    expect(performance.now() - startedAt).toBeLessThan(2000);
  });
});

describe('JSON5', () => {
  const plain = (text: string): unknown => {
    const found = read(text, readJson5);
    expect(found.problems).toEqual([]);
    return found.plain;
  };

  test('may leave quotes out, have comments and a comma at the end', () => {
    expect(
      plain(
        '// first\n{ $a_1: \'it\\\'s\', "b": "say \\"x\\"", /* in\nbetween */ \\u0063d: [1, 2,], true: null, Infinity: NaN, }',
      ),
    ).toEqual({ $a_1: "it's", b: 'say "x"', cd: [1, 2], true: null, Infinity: Number.NaN });
  });

  test('has numbers of more forms, which keep what was written', () => {
    expect(plain('[0x1F, -0x10, +1, .5, 5., 1e3, Infinity, -Infinity, 1.10, -0]')).toEqual([
      31,
      -16,
      1,
      0.5,
      5,
      1000,
      Number.POSITIVE_INFINITY,
      Number.NEGATIVE_INFINITY,
      1.1,
      -0,
    ]);
    const problems = new Problems();
    const root = readJson5(new ConfigSource('file', 'x.json5', '[1.10, 0x1F, 7]'), problems);
    const items = root?.kind === 'list' ? root.items : [];
    expect(items.map((item) => item.kind === 'scalar' && item.written)).toEqual([
      '1.10',
      '0x1F',
      undefined,
    ]);
  });

  test('has texts with more escapes, also over several lines', () => {
    expect(plain("['\\x41\\v\\0\\u00e9\\q', 'one \\\ntwo \\\r\nthree', '\ttab']")).toEqual([
      'A\v\0\u00e9q',
      'one two three',
      '\ttab',
    ]);
  });

  test('may have keys that objects inherit, also with escapes', () => {
    const value = plain('{ __proto__: { x: 1 }, constructor: 2, \\u005f_x__: 3 }') as object;
    expect(Object.keys(value)).toEqual(['__proto__', 'constructor', '__x__']);
    expect(Object.getPrototypeOf(value)).toBe(Object.prototype);
  });

  test('keeps the place of every value, whatever stands before it', () => {
    const { place } = read("// c\n{ a: [1, /* x\n*/ { b: '\\\n' }, 'z'],\n c: null }", readJson5);
    expect(place(['a', 0])).toBe('2:7');
    expect(place(['a', 1, 'b'])).toBe('3:9');
    expect(place(['a', 2])).toBe('4:6');
    expect(place(['c'])).toBe('5:5');
  });

  test('is empty when it holds but comments', () => {
    expect(read('/* a */ // b', readJson5)).toMatchObject({ plain: undefined, problems: [] });
  });

  test.each([
    ['a bare word', '{ a: yes }', 'CONFIG_SYNTAX 1:6'],
    ['a path without quotes', '{ a: ./x }', 'CONFIG_SYNTAX 1:6'],
    ['a leading zero', '{ a: 01 }', 'CONFIG_SYNTAX 1:6'],
    ['a number cut off', '{ a: 1e }', 'CONFIG_SYNTAX 1:6'],
    ['a sign without a number', '{ a: - }', 'CONFIG_SYNTAX 1:6'],
    ['a key that starts with a digit', '{ 1a: 1 }', 'CONFIG_SYNTAX 1:3'],
    ['a key that is a number', '{ 1: 1 }', 'CONFIG_SYNTAX 1:3'],
    ['a missing comma', '{ a: 1\n b: 2 }', 'CONFIG_SYNTAX 2:2'],
    ['two commas', '[1,, 2]', 'CONFIG_SYNTAX 1:4'],
    ['a text over two lines', "{ a: 'x\ny' }", 'CONFIG_SYNTAX 1:6'],
    ['an unknown escape', "['\\1']", 'CONFIG_SYNTAX 1:3'],
    ['an escape of an octal number', "['\\01']", 'CONFIG_SYNTAX 1:3'],
    ['half an escape', "['\\u12']", 'CONFIG_SYNTAX 1:3'],
    ['a comment of YAML', '{ a: 1 } # c', 'CONFIG_SYNTAX 1:10'],
    ['an open comment', '{ a: 1 /* c }', 'CONFIG_SYNTAX 1:8'],
    ['an end too early', '{ a: [1', 'CONFIG_SYNTAX 1:8'],
    ['text behind the end', '{}\n{}', 'CONFIG_SYNTAX 2:1'],
    ['a dot that hides a quote', "{ a: .'b\\\\', c: \\u@0061 }", 'CONFIG_SYNTAX 1:6'],
    ['a sign of no meaning', '{ a: @ }', 'CONFIG_SYNTAX 1:6'],
    ['a duplicate key', "{ a: 1, 'a': 2 }", 'CONFIG_DUPLICATE_KEY 1:9'],
    ['a duplicate stage', '{ stages: { a: {}, \\u0061: {} } }', 'STAGE_DUPLICATE 1:20'],
    ['a number that cannot be held', '[0x20000000000001]', 'CONFIG_NUMBER 1:2'],
    ['nesting', '['.repeat(10_000), 'CONFIG_TOO_DEEP 1:201'],
    ['nested comments', `${'/**/'.repeat(10_000)}[`, 'CONFIG_SYNTAX 1:40002'],
  ])('refuses %s', (_name, text, expected) => {
    expect(read(text, readJson5).problems).toEqual([expected]);
  });

  test('is told apart from what people take it for', () => {
    const words = (text: string): string | undefined => read(text, readJson5).messages[0];
    expect(words('{ a: yes }')).toBe('yes is no JSON5 value (put text in quotes)');
    expect(words('{ a: 1 # c\n}')).toMatch('a comment in JSON5 starts with //');
    expect(words('{ a: ./x }')).toMatch('put text in quotes');
    expect(words('{ a: -.5 }')).toMatch('write a digit behind the sign');
    expect(words('{ a: [1')).toMatch('a bracket or brace above is not closed');
  });

  test('is read the same wherever it is cut', () => {
    const entry = (i: number): string =>
      `k${i}: ['v${i}', "\\u0041", /* , " */ 0x${i}, -1.5e3], // it's\n`;
    const text = `{${Array.from({ length: 10_000 }, (_, i) => entry(i)).join('')}}`;
    const found = read(text, readJson5);
    expect(found.problems).toEqual([]);
    const values: [string, string[]][] = Object.entries(Object(found.plain));
    expect(values.filter(([key, [first]]) => `v${key.slice(1)}` !== first)).toEqual([]);
    expect(found.place(['k9999'])).toBe('10000:8');
  });

  test('of one long word is refused in little time', () => {
    expect(read(`{ ${'k'.repeat(5_000_000)}: 1 }`, readJson5).problems).toEqual([
      expect.stringMatching(/^CONFIG_SYNTAX 1:/),
    ]);
  });
});

describe('JSONC', () => {
  test('is JSON with comments and a comma at the end', () => {
    const { plain, problems } = read(
      '// c\n{ "a": [1, /* x */ 2,], "b": "\\u00e9\\/" , }',
      readJsonc,
    );
    expect(problems).toEqual([]);
    expect(plain).toEqual({ a: [1, 2], b: 'é/' });
  });

  test.each([
    ['a key without quotes', '{ a: 1 }', 'CONFIG_SYNTAX 1:3'],
    ['single quotes', "{ 'a': 1 }", 'CONFIG_SYNTAX 1:3'],
    ['a number of JSON5', '[.5]', 'CONFIG_SYNTAX 1:2'],
    ['a tab in a text', '["a\tb"]', 'CONFIG_SYNTAX 1:4'],
    ['an escape of JSON5', '["\\x41"]', 'CONFIG_SYNTAX 1:3'],
    ['NaN', '[NaN]', 'CONFIG_SYNTAX 1:2'],
  ])('refuses %s', (_name, text, expected) => {
    expect(read(text, readJsonc).problems).toEqual([expected]);
  });
});

describe('a file that holds too much', () => {
  const readers = [
    ['JSON', readJson],
    ['JSONC', readJsonc],
    ['JSON5', readJson5],
  ] as const;
  test.each(readers)('is refused where it does: %s', (_name, reader) => {
    expect(read(`[${'[],'.repeat(500_000)}[]]`, reader).problems).toEqual([
      'CONFIG_TOO_MANY_VALUES 1:90002',
    ]);
    const map = Array.from({ length: 40_000 }, (_, i) => `"k${i}": "a value"`).join(',\n');
    expect(read(`{${map}}`, reader).problems).toEqual(['CONFIG_TOO_MANY_VALUES 30001:1']);
    expect(read(`{ "stages": {${map}} }`, reader).problems).toEqual([]);
    const list = '"one value of several",\n'.repeat(4000);
    expect(read(`[${`[${list}1],\n`.repeat(40)}1]`, reader).problems).toEqual([
      'CONFIG_TOO_MANY_VALUES 80001:1',
    ]);
  });
});
