import { describe, expect, test } from '@jest/globals';
import { ConfigSource, locationOf } from '../source/config-source.ts';
import { Problems } from '../source/problems.ts';
import type { ConfigNode } from '../tree/config-node.ts';
import { nodeAt, spanAt } from '../tree/locate.ts';
import { toPlain } from '../tree/to-plain.ts';
import { readToml } from './toml-reader.ts';

interface Read {
  readonly root: ConfigNode | undefined;
  readonly problems: readonly string[];
  readonly messages: readonly string[];
}

function read(text: string): Read {
  const problems = new Problems();
  const root = readToml(new ConfigSource('file', 'x.toml', text), problems);
  const sorted = problems.sorted();
  return {
    root,
    problems: sorted.map(({ code, at }) => `${code} ${at?.line}:${at?.column}`),
    messages: sorted.map(({ message, help }) =>
      help === undefined ? message : `${message} (${help})`,
    ),
  };
}

function plain(text: string): unknown {
  const { root, problems } = read(text);
  expect(problems).toEqual([]);
  return root === undefined ? undefined : toPlain(root);
}

function place(text: string, path: readonly (string | number)[], pointsAtKey = false): string {
  const { root } = read(text);
  if (root === undefined) return 'nothing';
  const span = spanAt(root, path, pointsAtKey);
  const { line, column } = locationOf(span);
  return `${line}:${column} ${span.source.text.slice(span.start, span.end)}`;
}

describe('values', () => {
  test('of every kind are read, dates as the text that was written', () => {
    expect(
      plain(
        'a = 1\nb = 1.5\nc = true\nd = "x\\ty\\u00e9"\ne = \'C:\\n\'\nf = 1979-05-27T07:32:00Z\ng = 1979-05-27\nh = 07:32:00.5\ni = [1, ["x"], # c\n {}]\nj = { k = 1, l.m = 2 }\n',
      ),
    ).toEqual({
      a: 1,
      b: 1.5,
      c: true,
      d: 'x\tyé',
      e: 'C:\\n',
      f: '1979-05-27T07:32:00Z',
      g: '1979-05-27',
      h: '07:32:00.5',
      i: [1, ['x'], {}],
      j: { k: 1, l: { m: 2 } },
    });
  });

  test('that are texts of several lines are joined as TOML says', () => {
    expect(
      plain(
        'a = """\nx\ny\\\n   z"""\nb = \'\'\'\n[not] # a "header"\'\'\'\nc = """a"b""c"""""\nd = 1\n',
      ),
    ).toEqual({ a: 'x\nyz', b: '[not] # a "header"', c: 'a"b""c""', d: 1 });
  });

  test('that are numbers keep what was written where they print as something else', () => {
    const { root } = read('a = [1.10, 1_000, 0x1F, +1, inf, -inf, nan, 1e3, 7]\n');
    const list = root === undefined ? undefined : nodeAt(root, ['a']);
    const items = list?.kind === 'list' ? list.items : [];
    expect(items.map((item) => (item.kind === 'scalar' ? [item.value, item.written] : []))).toEqual(
      [
        [1.1, '1.10'],
        [1000, '1_000'],
        [31, '0x1F'],
        [1, '+1'],
        [Number.POSITIVE_INFINITY, 'inf'],
        [Number.NEGATIVE_INFINITY, '-inf'],
        [Number.NaN, 'nan'],
        [1000, '1e3'],
        [7, undefined],
      ],
    );
  });

  test('behind CRLF line ends are the same', () => {
    expect(plain('a = 1\r\n[b]\r\nc = [\r\n  "x",\r\n]\r\n')).toEqual({ a: 1, b: { c: ['x'] } });
  });
});

describe('tables', () => {
  test('come from headers, keys with dots and lists of tables, in any order', () => {
    expect(
      plain(
        'a.b.c = 1\na.b.d = 2\n[stages.x.with]\nk = 1\n[stages.x]\nuses = "u"\n[[list]]\nid = 1\n[[list.inner]]\nn = 1\n[[list]]\n[list.inner]\nn = 2\n[ "q r" . s ]\n',
      ),
    ).toEqual({
      a: { b: { c: 1, d: 2 } },
      stages: { x: { with: { k: 1 }, uses: 'u' } },
      list: [{ id: 1, inner: [{ n: 1 }] }, { inner: { n: 2 } }],
      'q r': { s: {} },
    });
  });

  test('may have names that objects inherit', () => {
    const value = plain('[__proto__]\npolluted = 1\n[constructor]\nx.__proto__.y = 2\n') as object;
    expect(Object.keys(value)).toEqual(['__proto__', 'constructor']);
    expect(Object.getPrototypeOf(value)).toBe(Object.prototype);
    expect(Reflect.get({}, 'polluted')).toBeUndefined();
  });

  test('are not there in a file without any entry', () => {
    expect(plain('')).toBeUndefined();
    expect(plain('\n# nothing\r\n\n')).toBeUndefined();
  });
});

describe('places', () => {
  const text =
    '# config\nname = "x"\n[stages."a b".with]\nwindow = 30\nk = { l = [1,\n   "two"] }\n[[list]]\nid = 1.10\n';

  test('of keys and values are those of the text', () => {
    expect(place(text, ['name'])).toBe('2:8 "x"');
    expect(place(text, ['name'], true)).toBe('2:1 name');
    expect(place(text, ['stages'], true)).toBe('3:2 stages');
    expect(place(text, ['stages', 'a b'], true)).toBe('3:9 "a b"');
    expect(place(text, ['stages', 'a b', 'with', 'window'])).toBe('4:10 30');
    expect(place(text, ['stages', 'a b', 'with', 'k', 'l', 1])).toBe('6:4 "two"');
    expect(place(text, ['list', 0, 'id'])).toBe('8:6 1.10');
    expect(place(text, ['list', 0])).toBe('7:1 [[list]]');
  });

  test('of a table are those of its own header, not of one inside of it', () => {
    expect(place('[a.b]\n[a]\nx = 1\n', ['a'], true)).toBe('2:2 a');
  });
});

describe('refused with its place', () => {
  const cases: readonly (readonly [string, string, string])[] = [
    ['a bare word', 'a = 1\nb = yes\n', 'CONFIG_SYNTAX 2:5'],
    ['a path without quotes', 'a = ./x.ts\n', 'CONFIG_SYNTAX 1:5'],
    ['a colon', 'name: x\n', 'CONFIG_SYNTAX 1:5'],
    ['a key without a value', 'a =\nb = 1\n', 'CONFIG_SYNTAX 1:4'],
    ['a key alone', 'a\nb = 1\n', 'CONFIG_SYNTAX 1:2'],
    ['two entries on a line', 'a = 1 b = 2\n', 'CONFIG_SYNTAX 1:7'],
    ['an open quote', 'a = "x\nb = 1\n', 'CONFIG_SYNTAX 1:7'],
    ['an open text of several lines', 'a = """x\nb = 1\n', 'CONFIG_SYNTAX 3:1'],
    ['an open bracket', 'a = [1, 2\nb = 3\n', 'CONFIG_SYNTAX 2:1'],
    ['an open brace', 'a = { x = 1\n[b]\n', 'CONFIG_SYNTAX 2:1'],
    ['an open header', '[a\nb = 1\n', 'CONFIG_SYNTAX 2:1'],
    ['a header without a name', '[]\n', 'CONFIG_SYNTAX 1:2'],
    ['a space between brackets', '[ [a]]\n', 'CONFIG_SYNTAX 1:3'],
    ['an unknown escape', 'a = "\\q"\n', 'CONFIG_SYNTAX 1:7'],
    ['half a surrogate pair', 'a = "\\uD800"\n', 'CONFIG_SYNTAX 1:11'],
    ['a leading zero', 'a = 01\n', 'CONFIG_SYNTAX 1:5'],
    ['an underscore at the end', 'a = 1_\n', 'CONFIG_SYNTAX 1:7'],
    ['a date that does not exist', 'a = 2024-02-30\n', 'CONFIG_SYNTAX 1:14'],
    ['a time that does not exist', 'a = 25:00:00\n', 'CONFIG_SYNTAX 1:12'],
    ['two dots', 'a..b = 1\n', 'CONFIG_SYNTAX 1:2'],
    ['a dot at the end', 'a. = 1\n', 'CONFIG_SYNTAX 1:2'],
    ['a dot at the start', '[.a]\n', 'CONFIG_SYNTAX 1:2'],
    ['a line end of old Macs', 'a = 1\rb = 2\n', 'CONFIG_SYNTAX 1:6'],
    ['quotes too many', 'a = """x""""""\n', 'CONFIG_SYNTAX 1:9'],
    ['a missing comma', 'a = [1 2]\n', 'CONFIG_SYNTAX 1:8'],
    ['a duplicate key', 'a = 1\nb = 2\n"a" = 3\n', 'CONFIG_DUPLICATE_KEY 3:1'],
    ['a duplicate header', '[a]\n[b]\n[a]\nx = 1\n', 'CONFIG_DUPLICATE_KEY 3:2'],
    ['a duplicate stage', '[stages.a]\n[stages.a]\n', 'STAGE_DUPLICATE 2:9'],
    ['a header of what is no table', 'a = 1\n[a]\n', 'CONFIG_DUPLICATE_KEY 2:2'],
    ['a header of what has dots', 'a.b = 1\n[a]\n', 'CONFIG_DUPLICATE_KEY 2:2'],
    ['a header of a list', '[[a]]\n[a]\n', 'CONFIG_DUPLICATE_KEY 2:2'],
    ['a list that is a table', '[a]\n[[a]]\n', 'CONFIG_DUPLICATE_KEY 2:3'],
    ['more of a list that is written out', 'a = [{}]\n[[a]]\n', 'CONFIG_DUPLICATE_KEY 2:3'],
    ['more of a table that is written out', 'a = {}\n[a.b]\n', 'CONFIG_DUPLICATE_KEY 2:2'],
    ['dots into a table with a header', '[a.b]\n[a]\nb.c = 1\n', 'CONFIG_DUPLICATE_KEY 3:1'],
    ['a whole number past 53 bits', 'a = 9007199254740993\n', 'CONFIG_NUMBER 1:5'],
    ['a number past all bounds', 'a = [1e999]\n', 'CONFIG_NUMBER 1:6'],
    ['a number that would be 0', 'a = 1e-999\n', 'CONFIG_NUMBER 1:5'],
  ];
  test.each(cases)('%s', (_name, text, expected) => {
    expect(read(text).problems).toEqual([expected]);
  });

  test.each([
    ['{ x = 1, y = { z = 1 }, x = 2 }', '1:29', '1:7', ['a', 'x']],
    ['{ x = 1, y = { z = 1, "z" = 2 } }', '1:27', '1:20', ['a', 'y', 'z']],
    ['{ x.y = 1, x.z = 1, x.y = 2 }', '1:27', '1:9', ['a', 'x', 'y']],
    ['{ x.y = 1, x = 2 }', '1:16', '1:7', ['a', 'x']],
    ['[{ x = 1 }, { x = 1, x = 2 }]', '1:26', '1:19', ['a', 1, 'x']],
  ])('a duplicate key inside %s, with its first place', (value, at, first, path) => {
    const problems = new Problems();
    readToml(new ConfigSource('file', 'x.toml', `a = ${value}\n`), problems);
    const [found, ...more] = problems.sorted();
    expect(more).toEqual([]);
    expect(`${found?.at?.line}:${found?.at?.column}`).toBe(at);
    const [related] = found?.related ?? [];
    expect(`${related?.at?.line}:${related?.at?.column}`).toBe(first);
    expect(found?.path).toEqual(path);
  });

  test('a stage that an inline table holds twice, as such', () => {
    expect(read('stages = { a = {}, a = {} }\n').problems).toEqual(['STAGE_DUPLICATE 1:20']);
  });

  test('all of several faults in different entries', () => {
    expect(read('a = yes\n[b]\nc = "x\nd = 1e999\nd = 1\n').problems).toEqual([
      'CONFIG_SYNTAX 1:5',
      'CONFIG_SYNTAX 3:7',
      'CONFIG_NUMBER 4:5',
      'CONFIG_DUPLICATE_KEY 5:1',
    ]);
  });

  test('ten faults at most, for then the file is in another format', () => {
    expect(read('name: x\n'.repeat(1000)).problems).toHaveLength(10);
  });

  test('with words that name the fault and what to do', () => {
    const words = (text: string): string | undefined => read(text).messages[0];
    expect(words('a = yes\n')).toBe('yes is no TOML value (put text in double quotes)');
    expect(words('a: 1\n')).toBe('a ":" where TOML has "=" (write key = value)');
    expect(words('a = "x\n')).toMatch('a text that is not closed by its quote');
    expect(words('a = 1 2\n')).toMatch('"2" behind the end of an entry');
    expect(words('a = @\n')).toMatch('"@" cannot stand here');
  });
});

describe('bombs', () => {
  const deep = 10_000;
  const nested: readonly (readonly [string, string])[] = [
    ['brackets', `a = ${'['.repeat(deep)}`],
    ['closed brackets', `a = ${'['.repeat(deep)}${']'.repeat(deep)}\n`],
    ['braces', `a = ${'{a = '.repeat(deep)}`],
    ['dots', `${'a.'.repeat(deep)}a = 1\n`],
    ['dots in a header', `[${'a.'.repeat(deep)}a]\n`],
    ['dots and brackets', `[${'a.'.repeat(150)}a]\nb = ${'['.repeat(100)}${']'.repeat(100)}\n`],
  ];
  test.each(nested)('of nested %s are refused where they are too deep', (_name, text) => {
    expect(read(text).problems.map((problem) => problem.split(' ')[0])).toEqual([
      'CONFIG_TOO_DEEP',
    ]);
  });

  test.each([
    ['text', `a = "${'x'.repeat(200_000)}"\n`],
    ['text of several lines', `a = '''${'x\n'.repeat(200_000)}'''\n`],
    ['number', `a = ${'9'.repeat(200_000)}\n`],
    ['key', `${'k'.repeat(200_000)} = 1\n`],
  ])('of one long %s are refused before the parser overflows', (_name, text) => {
    expect(read(text).problems.map((problem) => problem.split(' ')[0])).toEqual([
      'CONFIG_TEXT_TOO_LONG',
    ]);
  });

  test('of one long comment are none', () => {
    expect(plain(`a = 1 # ${'x'.repeat(200_000)}\n`)).toEqual({ a: 1 });
  });

  test('of many values in one entry are refused', () => {
    expect(read(`a = [\n${'1,\n'.repeat(50_000)}]\n`).problems).toEqual([
      'CONFIG_TOO_MANY_VALUES 20001:2',
    ]);
  });

  test('that a forgotten bracket makes of the rest of a file are refused for the bracket', () => {
    const rest = '[b]\nc = [1, 2, 3]\n'.repeat(20_000);
    expect(read(`a = [1, 2\n${rest}`).problems).toEqual(['CONFIG_SYNTAX 2:1']);
    expect(read(`a = """\n${rest}`).problems).toEqual(['CONFIG_TEXT_TOO_LONG 1:1']);
  });
});
