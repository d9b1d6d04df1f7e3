import { symlink } from 'node:fs/promises';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { accepted, placesOf, refusal } from '../testing-local/outcome.ts';
import { Project } from '../testing-local/project.ts';
import { stageSource } from '../testing-local/stage-source.ts';

let project: Project;

beforeEach(async () => {
  project = await Project.create({ 'stages/a.ts': stageSource('export const helper = 1;') });
});

afterEach(() => project.remove());

const using = (uses: string): string =>
  `name: x\nstages:\n  s: { uses: ${JSON.stringify(uses)} }\n`;

async function problemsOf(
  uses: string,
  registry?: ReadonlyMap<string, unknown>,
): Promise<ReturnType<typeof refusal>> {
  await project.write({ 'millrace.config.yaml': using(uses) });
  return refusal(project, { registry });
}

async function classNameOf(
  uses: string,
  registry?: ReadonlyMap<string, unknown>,
): Promise<string | undefined> {
  await project.write({ 'millrace.config.yaml': using(uses) });
  const { pipeline } = await accepted(project, { registry });
  return pipeline.stages[0]?.blueprint.stageClass.name;
}

describe('a stage class is found', () => {
  test.each(['./stages/a.ts', './stages/a.ts#Named', './stages/../stages/a.ts#default'])(
    'as %s',
    async (uses) => {
      expect(await classNameOf(uses)).toBe('Named');
    },
  );

  test('by an absolute path inside the project', async () => {
    expect(await classNameOf(project.path('stages/a.ts'))).toBe('Named');
  });

  test('by its registered name', async () => {
    const { pipeline } = await (async () => {
      await project.write({ 'millrace.config.yaml': using('./stages/a.ts') });
      return accepted(project);
    })();
    const registry = new Map<string, unknown>([['Mine', pipeline.stages[0]?.blueprint.stageClass]]);
    expect(await classNameOf('Mine', registry)).toBe('Named');
  });

  test.each([
    ['with exports for import only', { exports: { import: './lib/index.js' } }, 'pack#Named'],
    [
      'with conditions',
      { exports: { '.': { node: { import: './lib/index.js' }, default: './no.js' } } },
      'pack#Named',
    ],
    ['with a subpath', { exports: { './stages/*': './lib/*.js' } }, 'pack/stages/index#Named'],
    ['with main only', { main: './lib/index.js' }, 'pack#Named'],
    ['by its default', { exports: './lib/index.js' }, 'pack#default'],
  ])('in a package %s', async (_name, manifest, uses) => {
    await project.write({
      'node_modules/pack/package.json': JSON.stringify({
        name: 'pack',
        type: 'module',
        ...manifest,
      }),
      'node_modules/pack/lib/index.js': stageSource(),
    });
    expect(await classNameOf(uses)).toBe('Named');
  });

  test('in a scoped package of a folder above', async () => {
    await project.write({
      'node_modules/@scope/pack/package.json': JSON.stringify({
        name: '@scope/pack',
        type: 'module',
        exports: './index.js',
      }),
      'node_modules/@scope/pack/index.js': stageSource(),
      'sub/millrace.config.yaml': using('@scope/pack#Named'),
    });
    const { pipeline } = await accepted(project, { cwd: project.path('sub') });
    expect(pipeline.stages[0]?.blueprint.stageClass.name).toBe('Named');
  });

  test('in CommonJS that a compiler wrote', async () => {
    await project.write({
      'stages/c.cjs': `const { PipelineStage } = require('@millrace/core');
Object.defineProperty(exports, '__esModule', { value: true });
Object.assign(exports, { Hidden: class Hidden extends PipelineStage { async run() {} } });`,
    });
    expect(await classNameOf('./stages/c.cjs#Hidden')).toBe('Hidden');
  });
});

describe('a stage class that cannot be loaded', () => {
  test.each([
    ['a file that does not exist', './stages/b.ts', 'USES_FILE_MISSING'],
    ['a folder', './stages', 'USES_FILE_MISSING'],
    ['an empty export', './stages/a.ts#', 'USES_INVALID'],
    ['a file URL of another machine', 'file://host/x.ts', 'USES_INVALID'],
    ['a file that is no module', './millrace.config.yaml', 'USES_INVALID'],
    ['a file out of the project', '../x.ts', 'USES_OUTSIDE'],
    ['an absolute file out of the project', '/etc/passwd', 'USES_OUTSIDE'],
    ['a file URL out of the project', 'file:///etc/passwd', 'USES_OUTSIDE'],
    ['a package that is not installed', 'nope#X', 'USES_PACKAGE_MISSING'],
    ['a package of a scope', '@nope/x/y#X', 'USES_PACKAGE_MISSING'],
    ['an export that does not exist', './stages/a.ts#Nmed', 'USES_EXPORT_MISSING'],
    ['an export that objects inherit', './stages/a.ts#toString', 'USES_EXPORT_MISSING'],
    ['a name that is not registered', 'Score', 'USES_UNKNOWN'],
    ['an export that is no class', './stages/a.ts#helper', 'STAGE_NOT_A_STAGE'],
  ])('because it is %s is reported at its place', async (_name, uses, code) => {
    expect(placesOf(await problemsOf(uses))).toEqual([`${code} 3:14`]);
  });

  test('is reported with what was probably meant', async () => {
    const registry = new Map<string, unknown>([['Score', class {}]]);
    const helps = async (uses: string): Promise<string | undefined> =>
      (await problemsOf(uses, registry))[0]?.help;
    expect(await helps('./stages/a.js')).toBe('did you mean "./stages/a.ts"?');
    expect(await helps('./stages/b.ts')).toBe('did you mean "./stages/a.ts"?');
    expect(await helps('./stages/a.ts#Nmed')).toBe('did you mean "Named"?');
    expect(await helps('stages/a.ts')).toMatch('"./stages/a.ts"');
    expect(await helps('Scor')).toBe('did you mean "Score"?');
    expect(await helps('@nope/x/y#X')).toBe('npm install @nope/x');
  });

  test('because its module has no default export is told the exports', async () => {
    await project.write({ 'stages/n.ts': 'export class Only {}' });
    expect(await problemsOf('./stages/n.ts')).toMatchObject([
      { code: 'USES_EXPORT_MISSING', help: 'name an export: ./stages/n.ts#Only' },
    ]);
  });

  test('because its class extends nothing is told so', async () => {
    await project.write({ 'stages/n.ts': 'export default class Plain { run() {} }' });
    expect(await problemsOf('./stages/n.ts')).toMatchObject([
      {
        code: 'STAGE_NOT_A_STAGE',
        message: expect.stringMatching('does not extend PipelineStage'),
      },
    ]);
  });

  test.each([
    ['throws', `\nthrow new RangeError('boom')`, /RangeError: boom/],
    ['throws no error', `throw 7`, /threw 7/],
    ['cannot be read', `export class {`, /cannot be imported/],
    ['imports what is not there', `import './nope.ts'`, /nope/],
  ])('because its module %s is told why', async (_name, source, message) => {
    await project.write({ 'stages/t.ts': source });
    const found = await problemsOf('./stages/t.ts');
    expect(placesOf(found)).toEqual(['USES_IMPORT_FAILED 3:14']);
    expect(found[0]?.message).toMatch(message);
    expect(found[0]?.message).not.toMatch('\n');
  });

  test('because its module throws is told where', async () => {
    await project.write({ 'stages/t.ts': `\n\n  throw new RangeError('boom');` });
    expect(await problemsOf('./stages/t.ts')).toMatchObject([
      { related: [{ message: 'caused here', at: { file: 'stages/t.ts', line: 3, column: 9 } }] },
    ]);
  });

  test('because a link leads out of the project is refused', async () => {
    const outside = await Project.create({ 'x.ts': stageSource() });
    await symlink(outside.path('x.ts'), project.path('stages/link.ts'));
    expect(placesOf(await problemsOf('./stages/link.ts'))).toEqual(['USES_OUTSIDE 3:14']);
    await outside.remove();
  });

  test('by many stages is reported once, with the others named', async () => {
    const stages = Array.from({ length: 50 }, (_, i) => `  s${i}: { uses: ./no.ts }\n`).join('');
    await project.write({ 'millrace.config.yaml': `name: x\nstages:\n${stages}` });
    const found = await refusal(project);
    expect(placesOf(found)).toEqual(['USES_FILE_MISSING 3:15']);
    expect(found[0]?.related).toHaveLength(3);
  });

  test('as a fallback is reported at the fallback', async () => {
    await project.write({
      'millrace.config.yaml':
        'name: x\nstages:\n  s: { uses: ./stages/a.ts, fallback: { uses: ./no.ts } }\n',
    });
    expect(placesOf(await refusal(project))).toEqual(['USES_FILE_MISSING 3:47']);
  });
});
