import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { Diagnostic } from '@millrace/core';
import { refusal } from './testing-local/outcome.ts';
import { Project } from './testing-local/project.ts';
import { specSource, stageSource } from './testing-local/stage-source.ts';

let project: Project;

beforeEach(async () => {
  project = await Project.create({
    'stages/a.ts': stageSource(),
    'stages/a.test.ts': '',
    'shared/one.yaml': 'name: one\nstages: { s: { uses: ../stages/a.ts } }\n',
    'shared/two.yaml':
      'pipelines:\n  prep: { stages: { s: { uses: ../stages/a.ts } } }\n  load: { stages: { s: { uses: ../stages/a.ts } } }\n',
  });
});

afterEach(() => project.remove());

async function refused(stages: string, params = '{ d: x }'): Promise<Diagnostic | undefined> {
  await project.write({
    'millrace.config.yaml': `name: x\nparams: ${params}\nstages:\n${stages}`,
  });
  const [found, ...others] = await refusal(project);
  expect(others).toEqual([]);
  return found;
}

describe('a placeholder is answered with how it is written', () => {
  test.each([
    ['matrix.r', 'the stage is not repeated here: add matrix: { r: [...] }'],
    ['params.d', `a param is written without "params.": \${d}`],
    ['params.zzz', `a param is written \${zzz}; declare it under \`params:\``],
    ['env.HOME', `an environment variable is written \${env:HOME}`],
    ['secret.KEY', `a secret is written \${secret:KEY}`],
    [
      'inputs.rows',
      'a placeholder is filled in before anything runs: name what the stage takes under reads',
    ],
    ['env:X:default', `write \${env:X:-default}`],
    ['env:X-5', `write \${env:X:-5}`],
    ['env:X|int:5', `write \${env:X|int:-5}`],
    ['env:X=5', `write \${env:X:-5}`],
    ['env:X Y', 'write $${ for a plain ${'],
  ])('%s', async (name, help) => {
    const found = await refused(`  s: { uses: ./stages/a.ts, with: { label: "\${${name}}" } }\n`);
    expect(found?.help).toBe(help);
  });
});

test('a param may not be named like a variable of a repeated stage', async () => {
  const found = await refused('  s: { uses: ./stages/a.ts }\n', '{ matrix.x: 1 }');
  expect(found).toMatchObject({ code: 'CONFIG_VALUE', at: { line: 2, column: 11 } });
  expect(found?.message).toContain('must not begin with "matrix." or "foreach."');
});

describe('a folder in place of a stage file is answered with', () => {
  test('the stage files in it', async () => {
    expect(await refused('  s: { uses: ./stages/ }\n')).toMatchObject({
      code: 'USES_FILE_MISSING',
      message: '"./stages/" is a folder, not the file of a stage',
      expected: 'a file of it, such as ./stages/a.ts',
      help: 'name one of its files: uses: ./stages/a.ts',
    });
  });

  test('the endings of modules where it has none', async () => {
    expect(await refused('  s: { uses: ./shared }\n')).toMatchObject({
      message: '"./shared" is a folder, not the file of a stage',
      expected: 'a file that ends in .ts .mts .cts .js .mjs .cjs',
    });
  });
});

describe('a pipeline that a file does not have is answered with', () => {
  test.each([
    [
      './shared/one.yaml#x',
      'shared/one.yaml',
      'the file is one pipeline, so leave the name out: ./shared/one.yaml',
    ],
    ['./shared/two.yaml#x', 'shared/two.yaml', 'name one of its pipelines: ./shared/two.yaml#prep'],
    ['./shared/two.yaml#prpe', 'shared/two.yaml', 'did you mean "prep"?'],
  ])('%s', async (pipeline, file, help) => {
    const found = await refused(`  s: { pipeline: "${pipeline}" }\n`);
    expect(found?.message).toMatch(new RegExp(`^there is no pipeline "\\w+" in ${file}$`));
    expect(found?.help).toBe(help);
  });
});

describe('a stage that is no map is answered with how it is written', () => {
  test.each([
    ['  s: ./stages/a.ts\n', 's: { uses: ./stages/a.ts }'],
    ['  s: [./stages/a.ts]\n', 's: { uses: ./stages/a.ts }'],
    ['  s: ./shared/one.yaml\n', 's: { pipeline: ./shared/one.yaml }'],
    ['  "a b":\n', '"a b": { uses: ./stages/my-stage.ts }'],
    ['  - ./stages/a.ts\n', '- { id: my-stage, uses: ./stages/a.ts }'],
  ])('%j', async (stages, help) => {
    expect(await refused(stages)).toMatchObject({ code: 'STAGE_WRONG_TYPE', help });
  });

  test.each([
    [
      '  - prices: { uses: ./stages/a.ts }\n',
      'write prices as its id, - { id: prices, ... }, or make `stages` a map without "-"',
    ],
    ['  - { uses: ./stages/a.ts }\n', 'add one: - { id: my-stage, ... }'],
    ['  - { id: [s], uses: ./stages/a.ts }\n', 'put it in quotes, or name the stage otherwise'],
  ])('and with its id: %j', async (stages, help) => {
    expect(await refused(stages)).toMatchObject({ code: 'STAGE_ID_MISSING', help });
  });
});

describe('one mistake is told once', () => {
  test('where a value breaks two rules of its schema', async () => {
    await project.write({
      'millrace.config.yaml': 'name: x\nstages: { s: { uses: ./stages/a.ts } }',
    });
    const found = await refusal(project, { set: { name: '' } });
    expect(found).toMatchObject([{ code: 'CONFIG_VALUE', at: { file: '--set name=' } }]);
  });

  test('where a secret stands in place of a number', async () => {
    await project.write({
      'millrace.config.yaml': `name: x\nconcurrency: "\${secret:N}"\nstages: { s: { uses: ./stages/a.ts } }`,
    });
    const found = await refusal(project, { env: { N: '4' } });
    expect(found.map(({ code }) => code)).toEqual(['SECRET_MISPLACED']);
  });

  test.each([
    ['STAGE_SPEC_INVALID', specSource('params: 5 as never')],
    ['STAGE_NOT_A_STAGE', 'export default class Plain {}'],
  ])('where several stages use a class that is wrong: %s', async (code, source) => {
    await project.write({ 'stages/bad.ts': source });
    const found = await refused(`  one: { uses: ./stages/bad.ts, matrix: { k: [1, 2] } }
  two: { uses: ./stages/bad.ts }
  three: { uses: ./stages/bad.ts }
`);
    expect(found).toMatchObject({
      code,
      at: { line: 4 },
      related: [
        { message: 'used here as well', at: { line: 5 } },
        { message: 'used here as well', at: { line: 6 } },
      ],
    });
  });
});

test('a class without run is told so', async () => {
  await project.write({
    'stages/bad.ts': `import { PipelineStage } from '@millrace/core';\nexport default class Bad extends PipelineStage.of({}) {}`,
  });
  expect(await refused('  s: { uses: ./stages/bad.ts }\n')).toMatchObject({
    code: 'STAGE_NOT_A_STAGE',
    expected: 'a method run, which returns the outputs',
  });
});

describe('a file of the same name one folder deeper is suggested', () => {
  test('for the file of a stage', async () => {
    expect((await refused('  s: { uses: ./a.ts }\n'))?.help).toBe('did you mean "./stages/a.ts"?');
  });

  test('for a file to extend', async () => {
    await project.write({ 'millrace.config.yaml': 'extends: ./two.yaml\nname: x\nstages: {}' });
    const [found] = await refusal(project);
    expect(found).toMatchObject({
      code: 'EXTENDS_MISSING',
      help: 'did you mean "./shared/two.yaml"?',
    });
  });
});

test('a params file is suggested relative to the working folder', async () => {
  await project.write({
    'millrace.config.yaml': 'name: x\nstages: { s: { uses: ./stages/a.ts } }',
  });
  const [found] = await refusal(project, { paramsFiles: [project.path('shared/oen.yaml')] });
  expect(found).toMatchObject({
    code: 'PARAMS_FILE_MISSING',
    help: 'did you mean "shared/one.yaml"?',
  });
});

test('units of durations and sizes that are spelt otherwise are answered with ours', async () => {
  await project.write({
    'stages/units.ts': `import { PipelineStage, duration, size, z } from '@millrace/core';
export default class Units extends PipelineStage.of({ params: z.object({ wait: duration().optional(), most: size().optional() }) }) { run() {} }`,
  });
  expect((await refused('  s: { uses: ./stages/a.ts, timeout: 5min }\n'))?.help).toBe(
    'did you mean "5m"?',
  );
  const stage = (params: string): string => `  s: { uses: ./stages/units.ts, with: ${params} }\n`;
  expect((await refused(stage('{ wait: 5 s }')))?.help).toBe('did you mean "5s"?');
  expect((await refused(stage('{ most: 64K }')))?.help).toMatch(/^did you mean "64KiB"/);
});

test('a single value in place of the list of a matrix is put into one', async () => {
  const found = await refused('  s: { uses: ./stages/a.ts, matrix: { r: north } }\n');
  expect(found?.help).toBe('the stage is repeated for each value of the list: r: [north]');
});
