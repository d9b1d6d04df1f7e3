import { chmod, symlink } from 'node:fs/promises';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { Project } from '../testing-local/project.ts';
import { type CodeDigest, CodeDigests } from './code-digests.ts';

const STAGE = `import { PipelineStage } from 'kit';
import { readFileSync } from 'node:fs';
import type { Bar } from './types.ts';
import { rank } from '../lib/rank.ts';
import table from '../lib/table.json' with { type: 'json' };

interface Out { readonly scores: readonly number[] }

// Scores the bars.
export default class Score extends PipelineStage {
  async run({ bars }: { bars: Bar[] }): Promise<Out> {
    const factor = 1000;
    readFileSync('x');
    return { 'scores': rank(bars, table.weight * factor) }
  }
}
`;

const PROJECT = {
  'stages/score.ts': STAGE,
  'stages/types.ts': 'export interface Bar { close: number }\nexport const unused = 1;\n',
  'stages/other.ts': 'export const other = 1;\n',
  'lib/rank.ts':
    "import { sort } from './sort.ts';\nexport const rank = (xs: unknown[], w: number) => sort(xs, w);\n",
  'lib/sort.ts': "export * from './deep/compare.ts';\nexport const sort = (xs, w) => xs;\n",
  'lib/deep/compare.ts': 'export const compare = (a: number, b: number): number => a - b;\n',
  'lib/table.json': '{ "weight": 2 }\n',
  'node_modules/kit/package.json': '{ "name": "kit", "version": "1.0.0" }',
  'node_modules/kit/index.js': 'export class PipelineStage {}\n',
};

let project: Project;

beforeEach(async () => {
  project = await Project.create(PROJECT);
});

afterEach(() => project.remove());

const digestOf = (file = 'stages/score.ts'): Promise<CodeDigest> =>
  new CodeDigests({ root: project.folder }).of(file);

async function digestOfFiles(
  files: Readonly<Record<string, string | Uint8Array>>,
  entry: string = Object.keys(files)[0] ?? '',
): Promise<CodeDigest> {
  await project.write(files);
  return digestOf(entry);
}

const edit = (from: string, to: string): Record<string, string> => {
  expect(STAGE).toContain(from);
  return { 'stages/score.ts': STAGE.replace(from, to) };
};

describe('a digest', () => {
  test('names the files and the packages that a stage runs', async () => {
    const digest = await digestOf();
    expect(digest.hash).toMatch(/^[0-9a-f]{32}$/);
    expect(digest.files.map(({ file }) => file)).toEqual([
      'lib/deep/compare.ts',
      'lib/rank.ts',
      'lib/sort.ts',
      'lib/table.json',
      'stages/score.ts',
    ]);
    expect(digest.packages).toEqual([{ name: 'kit', version: '1.0.0' }]);
    expect(digest.unknown).toEqual([]);
  });

  test.each<[string, () => Record<string, string>]>([
    ['a comment', () => edit('// Scores the bars.', '/* Ranks\n the bars. */')],
    ['a comment inside an expression', () => edit('table.weight *', 'table /* x */ .weight *')],
    ['line breaks', () => edit('{ bars }:', '{\n  bars\n}:')],
    ['CRLF', () => ({ 'stages/score.ts': STAGE.replaceAll('\n', '\r\n') })],
    ['a byte order mark', () => ({ 'stages/score.ts': `\uFEFF${STAGE}` })],
    ['quotes', () => edit("'../lib/rank.ts'", '"../lib/rank.ts"')],
    ['quotes around a key', () => edit("'scores':", 'scores:')],
    ['a trailing comma', () => edit('* factor)', '* factor,)')],
    ['a semicolon', () => edit('factor) }', 'factor) };;')],
    ['parentheses', () => edit('table.weight * factor', '(table.weight * (factor))')],
    ['the spelling of a number', () => edit('1000', '1_000.0')],
    ['a type annotation', () => edit('factor = ', 'factor: number = ')],
    ['a type assertion', () => edit('bars, table', 'bars as unknown[], table')],
    ['an interface', () => edit('// Scores', 'export interface More { a: 1 }\n// Scores')],
    ['an export of a type', () => edit('// Scores', 'export { type Out };\n// Scores')],
    ['an import of a type', () => edit('type { Bar }', 'type { Bar, Foo }')],
    ['a type in an import', () => edit('{ rank }', '{ rank, type Rank }')],
    ['a file that only types come from', () => ({ 'stages/types.ts': 'export const a = 2;' })],
    ['an unrelated file', () => ({ 'stages/other.ts': 'export const other = 2;' })],
    ['a file inside a package', () => ({ 'node_modules/kit/index.js': 'export const a = 1;' })],
    [
      'a comment three imports deep',
      () => ({
        'lib/deep/compare.ts': `// new\n${PROJECT['lib/deep/compare.ts']}`,
      }),
    ],
  ])('stays the same when %s changes', async (_name, files) => {
    const before = await digestOf();
    const changed = files();
    for (const [name, content] of Object.entries(changed)) {
      expect(content).not.toBe(Reflect.get(PROJECT, name));
    }
    await project.write(changed);
    expect(await digestOf()).toEqual(before);
  });

  test.each<[string, string, () => Record<string, string>]>([
    ['a literal', 'stages/score.ts', () => edit('1000', '1001')],
    [
      'the name of a variable',
      'stages/score.ts',
      () => ({
        'stages/score.ts': STAGE.replaceAll('factor', 'scale'),
      }),
    ],
    ['an operator', 'stages/score.ts', () => edit('weight * factor', 'weight + factor')],
    [
      'a helper three imports deep',
      'lib/deep/compare.ts',
      () => ({
        'lib/deep/compare.ts': 'export const compare = (a: number, b: number): number => b - a;\n',
      }),
    ],
    ['an imported JSON file', 'lib/table.json', () => ({ 'lib/table.json': '{ "weight": 3 }\n' })],
  ])('changes with %s, and tells the file', async (_name, file, files) => {
    const before = await digestOf();
    await project.write(files());
    const after = await digestOf();
    expect(after.hash).not.toBe(before.hash);
    const known = new Map(before.files.map((entry) => [entry.file, entry.hash]));
    const changed = after.files.filter((entry) => known.get(entry.file) !== entry.hash);
    expect(changed.map((entry) => entry.file)).toEqual([file]);
  });

  test('changes with the version of a package', async () => {
    const before = await digestOf();
    await project.write({
      'node_modules/kit/package.json': '{ "name": "kit", "version": "1.0.1" }',
    });
    const after = await digestOf();
    expect(after.hash).not.toBe(before.hash);
    expect(after.files).toEqual(before.files);
    expect(after.packages).toEqual([{ name: 'kit', version: '1.0.1' }]);
  });

  test('depends neither on the root nor on where the project lies', async () => {
    const before = await digestOf();
    const elsewhere = await Project.create(PROJECT);
    const moved = await new CodeDigests({ root: elsewhere.folder }).of('stages/score.ts');
    const deeper = await new CodeDigests({ root: project.path('stages') }).of('score.ts');
    await elsewhere.remove();
    expect(moved).toEqual(before);
    expect(deeper.hash).toBe(before.hash);
    expect(deeper.files.map(({ file }) => file)).toContain(project.path('lib/rank.ts'));
  });

  test('stands for one moment, however often it is asked for', async () => {
    const digests = new CodeDigests({ root: project.folder });
    const [before, at] = await Promise.all([
      digests.of('stages/score.ts'),
      digests.of('stages/types.ts'),
    ]);
    await project.write({ 'stages/score.ts': 'export {}', 'lib/rank.ts': 'export {}' });
    expect(await digests.of(project.path('stages/score.ts'))).toBe(before);
    expect(at.files).toHaveLength(1);
    expect((await digestOf()).hash).not.toBe(before.hash);
  });
});

describe('imports are followed', () => {
  const shown = ({ files }: CodeDigest): string[] => files.map(({ file }) => file);

  test('in a circle, from wherever it is entered', async () => {
    const circle = {
      'a.ts': "import './b.ts';\nexport const a = 1;",
      'b.ts': "import './c.ts';\nimport './a.ts';",
      'c.ts': "import './a.ts';\nimport './c.ts';\nexport const c = 1;",
    };
    const before = await digestOfFiles(circle);
    expect(shown(before)).toEqual(['a.ts', 'b.ts', 'c.ts']);
    expect(shown(await digestOf('c.ts'))).toEqual(['a.ts', 'b.ts', 'c.ts']);
    const after = await digestOfFiles({ ...circle, 'c.ts': "import './a.ts';" });
    expect(after.hash).not.toBe(before.hash);
  });

  test.each([
    ['import of nothing but a type', "import { type T } from './x.ts';", 'x.ts'],
    ['export from', "export { x } from './x.ts';", 'x.ts'],
    ['export all', "export * as y from './x.ts';", 'x.ts'],
    ['import()', "await import('./x.ts');", 'x.ts'],
    ['import() of a template', 'await import((`./x.ts`));', 'x.ts'],
    ['a query', "import './x.ts?v=1';", 'x.ts'],
    ['percent signs', "import './%78.ts';", 'x.ts'],
    ['a file URL', () => `import ${JSON.stringify(`file://${project.path('x.ts')}`)};`, 'x.ts'],
    ['an absolute path', () => `import ${JSON.stringify(project.path('x.ts'))};`, 'x.ts'],
    ['the ending of JavaScript', "import './x.js';", 'x.ts'],
    ['no ending', "import './x';", 'x.ts'],
    ['a link', "import './link.ts';", 'x.ts'],
    ['a made require', "const require = createRequire(import.meta.url); require('./x.ts')", 'x.ts'],
    ['#name', "import '#x';", 'x.ts'],
    ['#name/*', "import '#lib/x';", 'x.ts'],
    ['the own package', "import 'own/x';", 'x.ts'],
    ['a module of wasm', "import './y.wasm';", 'y.wasm'],
  ])('by %s', async (_name, source, file) => {
    await project.write({
      'package.json': JSON.stringify({
        name: 'own',
        type: 'module',
        exports: { './x': './x.ts' },
        imports: { '#x': { require: './y.wasm', default: './x.ts' }, '#lib/*': './*.ts' },
      }),
      'x.ts': 'export const x = 1;',
      'y.wasm': Uint8Array.of(0, 97, 115, 109),
    });
    await symlink(project.path('x.ts'), project.path('link.ts'));
    const digest = await digestOfFiles({
      'entry.ts': typeof source === 'string' ? source : source(),
    });
    expect(shown(digest)).toEqual(['entry.ts', file]);
    expect(digest.unknown).toEqual([]);
  });

  test.each([
    ["require('./x')", 'lib/x.js'],
    ["(require)('./x.js')", 'lib/x.js'],
    ["require('./data')", 'lib/data.json'],
    ["require('./folder')", 'lib/folder/main.js'],
    ["require('./folder/')", 'lib/folder/main.js'],
    ["require('./plain')", 'lib/plain/index.js'],
    ["require('.')", 'lib/index.js'],
    ["require('./')", 'lib/index.js'],
    ["require('..')", 'index.js'],
  ])('by %s in CommonJS', async (source, file) => {
    const digest = await digestOfFiles({
      'lib/entry.cjs': `#!/usr/bin/env node\n'use strict';\nexports.a = ${source};\nreturn;`,
      'lib/x.js': '',
      'lib/data.json': '{}',
      'lib/folder/package.json': '{ "main": "./main" }',
      'lib/folder/main.js': '',
      'lib/folder/index.js': '',
      'lib/plain/index.js': '',
      'lib/index.js': '',
      'index.js': '',
    });
    expect(new Set(shown(digest))).toEqual(new Set(['lib/entry.cjs', file]));
    expect(digest.unknown).toEqual([]);
  });

  test('to another file when the package.json leads elsewhere', async () => {
    const files = { 'entry.ts': "import '#a';\nimport '#b';", 'x.ts': 'a = 1;', 'y.ts': 'b = 1;' };
    const manifest = (a: string, b: string): string =>
      JSON.stringify({ type: 'module', imports: { '#a': a, '#b': b } });
    await project.write({ 'package.json': manifest('./x.ts', './y.ts') });
    const before = await digestOfFiles(files);
    await project.write({ 'package.json': manifest('./y.ts', './x.ts') });
    const after = await digestOf('entry.ts');
    expect(shown(after)).toEqual(shown(before));
    expect(after.hash).not.toBe(before.hash);
  });

  test('to packages by version, as each importing file finds them', async () => {
    const digest = await digestOfFiles({
      'entry.ts': `import 'kit/sub'; import './lib/rank.ts'; import 'none'; import '#kit';
        import fs from 'fs'; import 'node:test'; import 'data:text/javascript,1';`,
      'lib/rank.ts': "import 'kit'; import '@s/p';",
      'lib/node_modules/kit/package.json': '{ "name": "kit", "version": "2.0.0" }',
      'lib/node_modules/@s/p/package.json': '{ "name": "@s/p" }',
      'package.json': '{ "type": "module", "imports": { "#kit": "kit" } }',
    });
    expect(digest.packages).toEqual([
      { name: '@s/p', version: '' },
      { name: 'kit', version: '1.0.0' },
      { name: 'kit', version: '2.0.0' },
    ]);
    expect(digest.unknown).toContain('entry.ts:1: package "none" is not installed');
  });
});

test('an import leads to the files of a package that is linked into node_modules, but for Millrace itself', async () => {
  await project.write({
    'entry.ts': "import { rate } from 'rates'; import { PipelineStage } from 'millrace';",
    'packages/rates/package.json': '{ "name": "rates", "version": "1.0.0", "main": "index.js" }',
    'packages/rates/index.js': "export * from './rate.js';",
    'packages/rates/rate.js': 'export const rate = 1;',
    'packages/millrace/package.json': '{ "name": "millrace", "version": "2.0.0" }',
  });
  for (const name of ['rates', 'millrace'])
    await symlink(project.path(`packages/${name}`), project.path(`node_modules/${name}`));
  const before = await digestOf('entry.ts');
  expect(before.packages).toEqual([{ name: 'millrace', version: '2.0.0' }]);
  expect(before.files.map(({ file }) => file)).toEqual([
    'entry.ts',
    'packages/rates/index.js',
    'packages/rates/rate.js',
  ]);
  await project.write({ 'packages/rates/rate.js': 'export const rate = 2;' });
  expect((await digestOf('entry.ts')).hash).not.toBe(before.hash);
});

describe('a digest that is not complete says so', () => {
  test.each([
    ['a computed import', "a;\nimport('./' + x);", 'e.ts:2: import() of a computed specifier'],
    ['a computed require', 'require(x);', 'e.ts:1: require() of a computed specifier'],
    ['a missing file', "import './no.ts';", 'e.ts:1: "./no.ts" is not found'],
    ['a folder', "import './lib';", 'e.ts:1: "./lib" is not found'],
    ['a NUL', "import './\\0';", 'e.ts:1: "./\\u0000" is not found'],
    ['another host', "import 'https://x.example/y.js';", /e.ts:1: "https:.*" is no local file/],
    ['an unknown #name', "import '#no';", 'e.ts:1: "#no" is not in the imports of package.json'],
    ['a missing package', "import '@a/b/c';", 'e.ts:1: package "@a/b" is not installed'],
    ['a syntax error', 'const = 1;', /^e.ts: its imports are not known, as it is not parsed: ./],
    ['an enum', 'enum A { B }', /^e.ts: .*not parsed.*enum/],
    ['nesting without end', '['.repeat(50_000), /^e.ts: .*not parsed/],
    ['a huge file', ' '.repeat(2 ** 20 + 1), /^e.ts: .*not parsed: it is larger than 1 MiB$/],
  ])('about %s', async (_name, source, gap) => {
    const { unknown, files } = await digestOfFiles({ 'e.ts': source });
    expect(unknown).toEqual([typeof gap === 'string' ? gap : expect.stringMatching(gap)]);
    expect(files).toHaveLength(1);
  });

  test('about an entry that is not there', async () => {
    const digest = await digestOf('no.ts');
    expect(digest).toMatchObject({ files: [], unknown: ['no.ts: cannot be read (ENOENT)'] });
    expect((await digestOfFiles({ 'no.ts': '' })).hash).not.toBe(digest.hash);
  });

  test('about a file that may not be read', async () => {
    await project.write({ 'e.ts': "import './secret.ts';", 'secret.ts': '' });
    await chmod(project.path('secret.ts'), 0);
    // The superuser reads it all the same.
    const expected = process.getuid?.() === 0 ? [] : ['secret.ts: cannot be read (EACCES)'];
    expect((await digestOf('e.ts')).unknown).toEqual(expected);
  });

  test('and still changes with the bytes of what cannot be parsed', async () => {
    const before = await digestOfFiles({ 'e.ts': 'const = 1;' });
    expect((await digestOfFiles({ 'e.ts': 'const  = 1;' })).hash).not.toBe(before.hash);
  });

  test('and changes when the missing file appears', async () => {
    const before = await digestOfFiles({ 'e.ts': "import './late.ts';" });
    await project.write({ 'late.ts': '' });
    expect((await digestOf('e.ts')).hash).not.toBe(before.hash);
  });
});
