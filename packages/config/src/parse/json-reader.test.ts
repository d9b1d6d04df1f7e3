import { describe, expect, test } from '@jest/globals';
import { ConfigSource, locationOf } from '../source/config-source.ts';
import { Problems } from '../source/problems.ts';
import { spanAt } from '../tree/locate.ts';
import { toPlain } from '../tree/to-plain.ts';
import { readJson } from './json-reader.ts';

function read(text: string): {
  plain: unknown;
  problems: string[];
  place: (path: (string | number)[]) => string;
} {
  const problems = new Problems();
  const root = readJson(new ConfigSource('file', 'x.json', text), problems);
  return {
    plain: root === undefined ? undefined : toPlain(root),
    problems: problems.sorted().map(({ code, at }) => `${code} ${at?.line}:${at?.column}`),
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
