import {
  type Answer,
  type HostileCase,
  loaded,
  refused,
  refusedAfterImport,
} from './hostile-case.ts';

type Text = string | Uint8Array;
type Ending = 'yaml' | 'json' | 'json5' | 'toml';
/** Texts that get the answer of the row, or one of their own. */
type Texts = Readonly<Partial<Record<Ending, Text | readonly [Text, Answer]>>>;

function row(shape: string, answer: Answer, texts: Texts): HostileCase[] {
  return Object.entries(texts).map(([ending, entry]) => {
    const isText = typeof entry === 'string' || entry instanceof Uint8Array;
    const [text, own] = isText ? [entry, answer] : entry;
    return { shape, file: `h.${ending}`, content: () => text, answer: own };
  });
}

/** One sound stage, and what is added to it, all from the third line on. */
const yaml = (added: string): string => `name: x\nstages: { a: { uses: ./stage.ts } }\n${added}`;
const json = (added: string): string =>
  `{ "name": "x",\n "stages": { "a": { "uses": "./stage.ts" } },\n${added} }`;
const json5 = (added: string): string =>
  `{ name: 'x',\n stages: { a: { uses: './stage.ts' } },\n${added} }`;
const toml = (added: string): string => `name = "x"\nstages.a.uses = "./stage.ts"\n${added}`;

const latin1 = (text: string): Uint8Array => Buffer.from(text, 'latin1');

const INHERITED = ['__proto__', 'constructor', 'toString'];
const NUMBERED = ['1.1', '1.10', '1e1'];
const PATHS = ['../../etc/passwd', '/etc/passwd', 'a\\..\\b'];

const stagesIn: Readonly<Record<Ending, (ids: readonly string[]) => string>> = {
  yaml: (ids) =>
    `name: x\ncontext: { __proto__: { bad: 1 } }\nstages:\n${ids.map((id) => `  ${id}: { uses: ./stage.ts }\n`).join('')}`,
  json: (ids) =>
    `{ "name": "x", "context": { "__proto__": { "bad": 1 } },\n "stages": { ${ids.map((id) => `${JSON.stringify(id)}: { "uses": "./stage.ts" }`).join(', ')} } }`,
  json5: (ids) =>
    `{ name: 'x', context: { __proto__: { bad: 1 } },\n stages: { ${ids.map((id) => `${JSON.stringify(id)}: { uses: './stage.ts' }`).join(', ')} } }`,
  toml: (ids) =>
    `name = "x"\ncontext.__proto__.bad = 1\n${ids.map((id) => `[stages.${JSON.stringify(id)}]\nuses = "./stage.ts"\n`).join('')}`,
};

function stages(shape: string, ids: readonly string[]): HostileCase[] {
  const texts: Texts = Object.fromEntries(
    Object.entries(stagesIn).map(([ending, write]) => [ending, write(ids)]),
  );
  return row(shape, loaded(...ids), texts);
}

const ALIAS_BOMB = [
  'name: x',
  'a0: &a0 [x, x, x, x, x, x, x, x, x, x]',
  ...Array.from({ length: 20 }, (_, i) => `a${i + 1}: &a${i + 1} [${`*a${i}, `.repeat(10)}]`),
].join('\n');

const NAMES: readonly HostileCase[] = [
  ...stages('ids that objects inherit', INHERITED),
  ...stages('ids 1.1 and 1.10', NUMBERED),
  ...stages('paths as ids', PATHS),
  ...row('toString as a dependency', refusedAfterImport('toString', 'DEPENDENCY_UNKNOWN 3'), {
    yaml: 'name: x\nstages: { a: { uses: ./stage.ts,\n needs: [toString] } }\n',
    json: '{ "name": "x",\n "stages": { "a": { "uses": "./stage.ts",\n "needs": ["toString"] } } }',
    json5: "{ name: 'x',\n stages: { a: { uses: './stage.ts',\n needs: ['toString'] } } }",
    toml: 'name = "x"\nstages.a.uses = "./stage.ts"\nstages.a.needs = ["toString"]\n',
  }),
  ...row('a path out of the project in `uses`', refused('../../../etc/passwd', 'USES_OUTSIDE 2'), {
    yaml: 'name: x\nstages: { a: { uses: ../../../etc/passwd } }\n',
    json: '{ "name": "x",\n "stages": { "a": { "uses": "../../../etc/passwd" } } }',
    json5: "{ name: 'x',\n stages: { a: { uses: '../../../etc/passwd' } } }",
    toml: 'name = "x"\nstages.a.uses = "../../../etc/passwd"\n',
  }),
  ...row('NUL and ESC by escapes in `uses`', refused('\\u001b', 'USES_FILE_MISSING 2'), {
    yaml: 'name: x\nstages: { a: { uses: "./\\0\\e[2J.ts" } }\n',
    json: '{ "name": "x",\n "stages": { "a": { "uses": "./\\u0000\\u001b[2J.ts" } } }',
    json5: "{ name: 'x',\n stages: { a: { uses: './\\0\\x1b[2J.ts' } } }",
    toml: 'name = "x"\nstages.a.uses = "./\\u0000\\u001b[2J.ts"\n',
  }),
];

const KEYS: readonly HostileCase[] = [
  ...row('a key twice', refused('"concurrency"', 'CONFIG_DUPLICATE_KEY 4'), {
    yaml: yaml('concurrency: 1\nconcurrency: 2\n'),
    json: json('"concurrency": 1,\n"concurrency": 2'),
    json5: json5("concurrency: 1,\n'concurrency': 2"),
    toml: toml('concurrency = 1\n"concurrency" = 2\n'),
  }),
  ...row('a nested key twice', refused('"bad"', 'CONFIG_DUPLICATE_KEY 4'), {
    yaml: yaml('context: { k: [{ bad: 1,\n bad: 2 }] }\n'),
    json: json('"context": { "k": [{ "bad": 1,\n "bad": 2 }] }'),
    json5: json5('context: { k: [{ bad: 1,\n bad: 2 }] }'),
    toml: toml('context = { k = [{ bad = 1,\n bad = 2 }] }\n'),
  }),
  ...row('`__proto__` twice', refused('"__proto__"', 'CONFIG_DUPLICATE_KEY 4'), {
    yaml: yaml('__proto__: { bad: 1 }\n__proto__: 2\n'),
    json: json('"__proto__": { "bad": 1 },\n"__proto__": 2'),
    json5: json5('__proto__: { bad: 1 },\n__proto__: 2'),
    toml: toml('__proto__.bad = 1\n__proto__ = 2\n'),
  }),
  ...row('an unknown key', refused('"constructor"', 'CONFIG_UNKNOWN_KEY 3'), {
    yaml: yaml('constructor: { prototype: { bad: 1 } }\n'),
    json: json('"constructor": { "prototype": { "bad": 1 } }'),
    json5: json5('constructor: { prototype: { bad: 1 } }'),
    toml: toml('constructor.prototype.bad = 1\n'),
  }),
  ...row('a merge key', refused('<<', 'CONFIG_MERGE_KEY 3'), {
    yaml: yaml('<<: { __proto__: 1 }\n'),
  }),
];

const VALUES: readonly HostileCase[] = [
  ...row('a whole number past 53 bits', refused('90071992547409930', 'CONFIG_NUMBER 3'), {
    yaml: yaml('context: { k: 90071992547409930 }\n'),
    json: json('"context": { "k": 90071992547409930 }'),
    json5: json5('context: { k: 90071992547409930 }'),
    toml: toml('context.k = 90071992547409930\n'),
  }),
  ...row('a number past all bounds', refused('1e99999', 'CONFIG_NUMBER 3'), {
    yaml: yaml('context: { k: 1e99999 }\n'),
    json: json('"context": { "k": 1e99999 }'),
    json5: json5('context: { k: 1e99999 }'),
    toml: toml('context.k = 1e99999\n'),
  }),
  ...row('a number of 30,000 digits', refused('7777', 'CONFIG_NUMBER 3'), {
    yaml: yaml(`context: { k: ${'7'.repeat(30_000)} }\n`),
    json: json(`"context": { "k": ${'7'.repeat(30_000)} }`),
    json5: json5(`context: { k: ${'7'.repeat(30_000)} }`),
    toml: [
      toml(`context.k = ${'7'.repeat(30_000)}\n`),
      refused('context', 'CONFIG_TEXT_TOO_LONG 3'),
    ],
  }),
  ...row('an unknown tag', refused('!!js/function', 'CONFIG_TAG 3'), {
    yaml: yaml('context: { k: !!js/function "process.exit(1)" }\n'),
  }),
  ...row('aliases that stand for billions', refused('*a3', 'CONFIG_EXPANSION 6'), {
    yaml: ALIAS_BOMB,
  }),
  ...row('an anchor in a cycle', refused('*k', 'CONFIG_ALIAS_CYCLE 3'), {
    yaml: yaml('context: { k: &k [1, *k] }\n'),
  }),
  ...row('nesting 10,000 deep', refused('200 levels', 'CONFIG_TOO_DEEP 3'), {
    yaml: yaml(`context: ${'['.repeat(10_000)}${']'.repeat(10_000)}\n`),
    json: json(`"context": ${'['.repeat(10_000)}${']'.repeat(10_000)}`),
    json5: json5(`context: ${'{a:'.repeat(10_000)}1${'}'.repeat(10_000)}`),
    toml: toml(`context = ${'{a='.repeat(10_000)}1${'}'.repeat(10_000)}\n`),
  }),
];

const SIGNS: readonly HostileCase[] = [
  ...row('NUL', refused('U+0000', 'CONFIG_CONTROL_CHARACTER 3'), {
    yaml: yaml('# \u0000\n'),
    json: json('"context": { "k": "\u0000" }'),
    json5: json5('/* \u0000 */'),
    toml: toml('# \u0000\n'),
  }),
  ...row('an escape sequence', refused('U+001B', 'CONFIG_CONTROL_CHARACTER 3'), {
    yaml: yaml('context: { k: "\u001b[2J" }\n'),
    json: json('"context": { "k": "\u001b[2J" }'),
    json5: json5("context: { k: '\u001b[2J' }"),
    toml: toml("context.k = '\u001b[2J'\n"),
  }),
  ...row('Latin-1', refused('0xe9', 'CONFIG_ENCODING 3'), {
    yaml: latin1(yaml('description: café\n')),
    json: latin1(json('"description": "café"')),
    json5: latin1(json5("description: 'café'")),
    toml: latin1(toml('description = "café"\n')),
  }),
  ...row('a byte order mark, CRLF and tabs', loaded('a'), {
    yaml: `\ufeff${yaml('context:\t\n  k:\t1\t\n').replaceAll('\n', '\r\n')}`,
    json: `\ufeff${json('\t"context":\t{ "k": 1 }').replaceAll('\n', '\r\n')}`,
    json5: `\ufeff${json5('\tcontext:\t{ k: 1 }').replaceAll('\n', '\r\n')}`,
    toml: `\ufeff${toml('\tcontext.k\t= 1\n').replaceAll('\n', '\r\n')}`,
  }),
  ...row('a tab where it must not be', refused('tab', 'CONFIG_SYNTAX 4'), {
    yaml: yaml('context:\n\tk: 1\n'),
    json: json('"context":\n{ "k": "\t" }'),
  }),
  ...row('text behind the end', refused('behind the end', 'CONFIG_SYNTAX 4'), {
    yaml: [yaml('...\nname: y\n'), refused('behind the end', 'CONFIG_SEVERAL_DOCUMENTS 3')],
    json: `${json('"concurrency": 1')}\n{}`,
    json5: `${json5('concurrency: 1')}\n{}`,
    toml: toml('concurrency = 1\ndurability = "none" {}\n'),
  }),
  ...row('a bracket that is not closed', refused('h.', 'CONFIG_SYNTAX 3'), {
    yaml: yaml('context: { k: [1\nconcurrency: 1\n'),
  }),
  ...row('a bracket that is not closed', refused('h.', 'CONFIG_SYNTAX 4'), {
    json: json('"context": { "k": [1\n"concurrency": 1'),
    json5: json5('context: { k: [1\nconcurrency: 1'),
    toml: toml('context = { k = [1\nconcurrency = 1\n'),
  }),
  ...row('nothing', refused('holds no config', 'CONFIG_EMPTY 1'), {
    yaml: '# nothing\n',
    json: ' \n',
    json5: '// nothing',
    toml: '# nothing\n',
  }),
];

export const SMALL_CASES: readonly HostileCase[] = [...NAMES, ...KEYS, ...VALUES, ...SIGNS];
