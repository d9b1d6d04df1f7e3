import { symlink } from 'node:fs/promises';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { Project } from '../../testing-local/project.ts';
import { type ExpandedText, expandText, expectBlamed } from '../testing-local/expand-text.ts';
import { findDataFiles } from './find-data-files.ts';

let project: Project;

beforeEach(async () => {
  project = await Project.create({
    'data/b.csv': '',
    'data/a.csv': '',
    'data/more/c.csv': '',
    'data/x[1].csv': '',
    'node_modules/pack/d.csv': '',
    'sub/own.csv': '',
    'sub/prep.yaml': 'stages: { x: { uses: a, files: [own.csv, ../data/a.csv] } }',
  });
});

afterEach(() => project.remove());

const stage = (files: string): string => `stages:\n  s: { uses: a, files: ${files} }\n`;

async function expand(text: string): Promise<ExpandedText> {
  return expandText(text, { folder: project.folder });
}

/** Relative to the project. */
async function filesOf(text: string, id = 's'): Promise<string[] | undefined> {
  const { expansion, diagnostics } = await expand(text);
  expect(diagnostics).toEqual([]);
  return expansion.facts.get(id)?.files?.map((file) => file.replace(`${project.folder}/`, ''));
}

describe('the files of a stage', () => {
  test.each([
    ['[data/b.csv, ./data/a.csv]', ['data/a.csv', 'data/b.csv']],
    ['["data/*.csv"]', ['data/a.csv', 'data/b.csv', 'data/x[1].csv']],
    ['["data/[ab].csv", data/a.csv]', ['data/a.csv', 'data/b.csv']],
    ['["data/x[1].csv"]', ['data/x[1].csv']],
    [
      '["**/*.csv"]',
      ['data/a.csv', 'data/b.csv', 'data/more/c.csv', 'data/x[1].csv', 'sub/own.csv'],
    ],
    ['["node_modules/*/*.csv"]', ['node_modules/pack/d.csv']],
    ['["{data,sub}/{a,own}.csv"]', ['data/a.csv', 'sub/own.csv']],
    ['[]', []],
  ])('are %s, absolute and sorted', async (files, expected) => {
    expect(await filesOf(stage(files))).toEqual(expected);
  });

  test('differ from instance to instance', async () => {
    const text = `stages:\n  s: { uses: a, matrix: { k: [a, b] }, files: ["data/\${matrix.k}.csv"] }\n`;
    expect(await filesOf(text, 's[a]')).toEqual(['data/a.csv']);
    expect(await filesOf(text, 's[b]')).toEqual(['data/b.csv']);
  });

  test('lie beside the file that names them', async () => {
    const text = 'stages:\n  p: { pipeline: ./sub/prep.yaml }\n';
    expect(await filesOf(text, 'p/x')).toEqual(['data/a.csv', 'sub/own.csv']);
  });

  test('may lie outside of the project where they are named absolutely', async () => {
    const outside = await Project.create({ 'x.csv': '', 'y.csv': '' });
    expect(await filesOf(stage(`["${outside.path('x.csv')}"]`))).toEqual([outside.path('x.csv')]);
    expect(await filesOf(stage(`["${outside.path('*.csv')}"]`))).toEqual([
      outside.path('x.csv'),
      outside.path('y.csv'),
    ]);
    await outside.remove();
  });
});

describe('a file of a stage is refused', () => {
  test.each([
    ['that is not there', '[data/b.csv, data/c.csv]', 'FILES_MISSING data/c.csv'],
    ['that is a folder', '[data]', 'FILES_MISSING data'],
    ['that nothing matches', '["data/*.parquet"]', 'FILES_MISSING "data/*.parquet"'],
    ['out of the project', '[../x.csv]', 'FILES_OUTSIDE ../x.csv'],
    ['by a pattern out of the project', '["../*.csv"]', 'FILES_OUTSIDE "../*.csv"'],
    ['by a pattern that climbs', '["*/../../*.csv"]', 'FILES_OUTSIDE "*/../../*.csv"'],
    ['of an unknown name', `["\${nope}"]`, `PARAM_UNKNOWN \${nope}`],
  ])('%s, at its place', async (_name, files, expected) => {
    const text = stage(files);
    const result = await expand(text);
    expectBlamed(text, result, [expected]);
    expect(result.expansion.facts.get('s')?.files).toBeUndefined();
  });

  test('with what was probably meant', async () => {
    const helpOf = async (files: string): Promise<string | undefined> =>
      (await expand(stage(files))).diagnostics[0]?.help;
    expect(await helpOf('[data/aa.csv]')).toBe('did you mean "data/a.csv"?');
    expect(await helpOf('[data/]')).toBe('for all files in it write data/**');
  });

  test('that a link leads to, out of the project', async () => {
    const outside = await Project.create({ 'x.csv': '' });
    await symlink(outside.folder, project.path('data/link'));
    for (const files of ['data/link/x.csv', '"data/link/*.csv"']) {
      const text = stage(`[${files}]`);
      expectBlamed(text, await expand(text), [`FILES_OUTSIDE ${files}`]);
    }
    await outside.remove();
  });

  test('with more files than a run should read', async () => {
    const request = { folder: project.folder, root: project.folder, maxMatches: 2 };
    expect(await findDataFiles({ ...request, text: 'data/?.csv' })).toMatchObject({ ok: true });
    expect(await findDataFiles({ ...request, text: 'data/*.csv' })).toMatchObject({
      ok: false,
      problem: { code: 'FILES_TOO_MANY', expected: expect.stringMatching('at most 2 files') },
    });
  });
});
