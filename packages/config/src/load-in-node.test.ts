import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import type { Diagnostic } from '@millrace/core';
import { Project } from './testing-local/project.ts';
import { stageSource } from './testing-local/stage-source.ts';

let project: Project;

beforeEach(async () => {
  project = await Project.create();
});

afterEach(() => project.remove());

interface Answer {
  readonly stages?: readonly unknown[];
  readonly diagnostics?: readonly Diagnostic[];
}

async function loadInNode(): Promise<Answer> {
  const script = join(import.meta.dirname, 'testing-local/load-in-node.ts');
  const { stdout } = await promisify(execFile)(process.execPath, [
    '--no-warnings',
    script,
    project.folder,
  ]);
  return JSON.parse(stdout) as Answer;
}

test('a TypeScript config loads TypeScript stages and packages in plain Node', async () => {
  await project.write({
    'stages/a.ts': stageSource('export const typed: number = 1;'),
    'node_modules/pack/package.json':
      '{ "name": "pack", "type": "module", "exports": { "import": "./x.js" } }',
    'node_modules/pack/x.js': stageSource(),
    'millrace.config.ts': `interface Params { readonly window: number }
const params: Params = { window: 7 };
export default { name: 'x', stages: { a: { uses: './stages/a.ts', with: params }, b: { uses: 'pack#Named', needs: ['a'] } } };`,
  });
  expect(await loadInNode()).toEqual({
    stages: [
      { id: 'a', params: { window: 7 } },
      { id: 'b', params: { window: 20 } },
    ],
  });
});

test('what Node refuses to import is reported with its file and line', async () => {
  await project.write({
    'stages/throws.ts': `\nthrow new RangeError('boom');`,
    'stages/js-syntax.mjs': `const a = 1;\nconst = 2;`,
    'stages/ts-syntax.ts': `const a: = 2;`,
    'stages/missing.ts': `import 'no-such-package';`,
    'stages/names.ts': `import { nope } from './other.ts';`,
    'stages/other.ts': 'export const yes = 1;',
    'millrace.config.yaml': `name: x
stages:
  a: { uses: ./stages/throws.ts }
  b: { uses: ./stages/js-syntax.mjs }
  c: { uses: ./stages/ts-syntax.ts }
  d: { uses: ./stages/missing.ts }
  e: { uses: ./stages/names.ts }
`,
  });
  const { diagnostics = [] } = await loadInNode();
  const told = diagnostics.map(({ code, at, message, related }) => {
    const cause = related?.[0]?.at;
    return [
      `${code} ${at?.line}`,
      cause === undefined ? '' : `${cause.file}:${cause.line}`,
      message,
    ] as const;
  });
  expect(told).toEqual([
    ['USES_IMPORT_FAILED 3', 'stages/throws.ts:2', expect.stringMatching('RangeError: boom')],
    [
      'USES_IMPORT_FAILED 4',
      'stages/js-syntax.mjs:2',
      expect.stringMatching('SyntaxError: Unexpected token'),
    ],
    ['USES_IMPORT_FAILED 5', 'stages/ts-syntax.ts:1', expect.stringMatching('SyntaxError')],
    [
      'USES_IMPORT_FAILED 6',
      expect.any(String),
      expect.stringMatching("Cannot find package 'no-such-package'"),
    ],
    ['USES_IMPORT_FAILED 7', 'stages/names.ts:1', expect.stringMatching('nope')],
  ]);
});

test('what a newcomer writes in an import is answered with what to write', async () => {
  await project.write({
    'lib/csv.ts': 'export const csv = 1;\nexport type Row = number;',
    'lib/deep/index.ts': 'export const deep = 1;',
    'stages/bare.ts': `import '@millrace/core';\nimport { csv } from '../lib/csv';\nexport default csv;`,
    'stages/js.ts': `import { csv } from '../lib/csv.js';\nexport default csv;`,
    'stages/folder.ts': `import { deep } from '../lib/deep';\nexport default deep;`,
    'stages/type.ts': `import { csv, Row } from '../lib/csv.ts';\nexport default (row: Row) => csv;`,
    'stages/name.ts': `import { csb } from '../lib/csv.ts';\nexport default csb;`,
    'stages/enum.ts': 'export enum Color { red }',
    'stages/syntax.ts': 'export const a = 1;\nconst x = = 2;',
    'stages/pack.ts': `\nimport 'packk';`,
    'node_modules/pack/package.json': '{ "name": "pack" }',
    'millrace.config.yaml': `name: x
stages:
${['bare', 'js', 'folder', 'type', 'name', 'enum', 'syntax', 'pack'].map((name) => `  ${name}: { uses: ./stages/${name}.ts }\n`).join('')}`,
  });
  const { diagnostics = [] } = await loadInNode();
  const ending = 'An import names a file as it is, with its ending';
  const told = diagnostics.map(({ related, help }) => {
    const at = related?.[0]?.at;
    return [`${at?.file}:${at?.line}:${at?.column}`, help];
  });
  expect(told).toEqual([
    ['stages/bare.ts:2:21', `did you mean "../lib/csv.ts"? ${ending}`],
    ['stages/js.ts:1:21', `did you mean "../lib/csv.ts"? ${ending}`],
    ['stages/folder.ts:1:22', `did you mean "../lib/deep/index.ts"? ${ending}`],
    ['stages/type.ts:1:15', expect.stringContaining("import { type Row } from '../lib/csv.ts'")],
    ['stages/name.ts:1:10', 'did you mean "csv"?'],
    ['stages/enum.ts:1:8', expect.stringContaining('write an object instead')],
    ['stages/syntax.ts:2:11', undefined],
    ['stages/pack.ts:2:8', 'did you mean "pack"?'],
  ]);
  expect(diagnostics[0]?.message).toBe(
    '"./stages/bare.ts" cannot be imported: it imports "../lib/csv", which is no file',
  );
});
