import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { refusal } from '../testing-local/outcome.ts';
import { Project } from '../testing-local/project.ts';
import { specSource, stageSource } from '../testing-local/stage-source.ts';
import { type ConfigJsonSchema, configJsonSchema } from './config-json-schema.ts';
import { schemaFaults } from './testing-local/schema-faults.ts';
import { yamlValue } from './testing-local/yaml-value.ts';

let project: Project;

beforeEach(async () => {
  project = await Project.create({ 'stages/a.ts': stageSource() });
});

afterEach(() => project.remove());

async function schemaOf(
  yaml: string,
  options: { readonly registry?: ReadonlyMap<string, unknown>; readonly cwd?: string } = {},
): Promise<ConfigJsonSchema> {
  await project.write({ 'millrace.config.yaml': yaml });
  return configJsonSchema({ cwd: project.folder, env: {}, ...options });
}

const faultsOf = ({ schema }: ConfigJsonSchema, yaml: string): string[] =>
  schemaFaults(schema, yamlValue(yaml));

const ONE = 'name: x\nstages:\n  s: { uses: ./stages/a.ts, with: { window: 5 } }\n';
const wrong = (yaml: string): string => yaml.replace('window: 5', 'window: five');

describe('the schema of a config', () => {
  test('knows the params of its stages', async () => {
    const made = await schemaOf(ONE);
    expect(made).toMatchObject({
      file: project.path('millrace.config.yaml'),
      stages: ['./stages/a.ts'],
      unsaid: [],
      diagnostics: [],
    });
    expect(faultsOf(made, ONE)).toEqual([]);
    expect(faultsOf(made, wrong(ONE)).join()).toContain('stages.s.with.window');
  });

  test('knows the stages of a list, of several pipelines, of fallbacks and of environments', async () => {
    const uses = (name: string): string => `{ uses: "./stages/a.ts#${name}" }`;
    await project.write({
      'stages/a.ts': stageSource(
        ['A', 'B', 'C', 'D'].map((name) => `export class ${name} extends Named {}`).join('\n'),
      ),
    });
    const made = await schemaOf(`
pipelines:
  one: { stages: [{ id: a, uses: "./stages/a.ts#A" }] }
  two: { stages: { b: { uses: "./stages/a.ts#B", fallback: ${uses('C')} } } }
environments: { prod: { pipelines: {}, stages: { d: ${uses('D')} } } }
`);
    expect(made.diagnostics).toEqual([]);
    expect(made.stages.toSorted()).toEqual(['A', 'B', 'C', 'D'].map((n) => `./stages/a.ts#${n}`));
  });

  test('knows a registered stage, and one whose `uses` holds a placeholder as it is written', async () => {
    const { Named } = await import(project.path('stages/a.ts'));
    const made = await schemaOf(
      `name: x\nparams: { file: a }\nstages:\n  s: { uses: "./stages/\${file}.ts" }\n  t: { uses: Mine }\n`,
      { registry: new Map([['Mine', Named]]) },
    );
    expect(made.stages).toEqual([`./stages/\${file}.ts`, 'Mine']);
    expect(made.diagnostics).toEqual([]);
  });

  test('knows the stages of the files that it extends by their id', async () => {
    await project.write({
      'shared/base.yaml': 'name: x\nstages: { s: { uses: ../stages/a.ts } }\n',
    });
    const extending = 'extends: ./shared/base.yaml\nstages:\n  s: { with: { window: 5 } }\n';
    const made = await schemaOf(extending);
    expect(made).toMatchObject({ stages: ['../stages/a.ts'], diagnostics: [] });
    expect(faultsOf(made, extending)).toEqual([]);
    expect(faultsOf(made, wrong(extending)).join()).toContain('stages.s.with.window');
    // What is written there is another path here.
    expect(JSON.stringify(made.schema)).not.toContain('../stages/a.ts');
  });

  test('says nothing of an id that stands for two classes', async () => {
    await project.write({ 'stages/b.ts': specSource('params: z.object({ other: z.string() })') });
    const made = await schemaOf(`
pipelines:
  one: { stages: { s: { uses: ./stages/a.ts } } }
  two: { stages: { s: { uses: ./stages/b.ts, with: { other: x } } } }
`);
    const extending =
      'extends: ./x.yaml\npipelines: { two: { stages: { s: { with: { other: y } } } } }';
    expect(faultsOf(made, extending)).toEqual([]);
  });
});

describe('the schema of a config with errors', () => {
  test('has what can be resolved, and tells what cannot', async () => {
    const made = await schemaOf(
      `${ONE.replace('name: x', 'nmae: x')}  t: { uses: ./stages/b.ts }\n  u: 5\n`,
    );
    expect(made.stages).toEqual(['./stages/a.ts']);
    expect(made.diagnostics).toMatchObject([
      {
        code: 'USES_FILE_MISSING',
        at: { file: 'millrace.config.yaml', line: 4, column: 14 },
        help: 'did you mean "./stages/a.ts"?',
      },
    ]);
    expect(made.sources.get('millrace.config.yaml')).toContain('nmae');
  });

  test.each([
    ['throws', `throw new RangeError('boom')`, 'USES_IMPORT_FAILED'],
    ['exports no stage', `export default class Plain {}`, 'STAGE_NOT_A_STAGE'],
    ['declares what is no schema', specSource(`params: { safeParse() {} }`), 'STAGE_NOT_A_STAGE'],
    ['reads what is no object', specSource(`inputs: z.string()`), 'STAGE_NOT_A_STAGE'],
  ])('does without a stage whose module %s', async (_name, source, code) => {
    await project.write({ 'stages/b.ts': source });
    const made = await schemaOf(
      `${ONE}  t: { uses: ./stages/b.ts, with: { a: 1 }, reads: { b: c } }\n`,
    );
    expect(made.stages).toEqual(['./stages/a.ts']);
    expect(made.diagnostics.map((diagnostic) => diagnostic.code)).toEqual([code]);
    expect(faultsOf(made, `${ONE}  t: { uses: ./stages/b.ts, with: { a: 1 } }\n`)).toEqual([]);
  });

  test('accepts any params where their schema cannot be said', async () => {
    await project.write({
      'stages/b.ts': specSource(
        `params: z.object({ a: z.string().meta({ id: 'same' }), b: z.number().meta({ id: 'same' }) })`,
      ),
    });
    const yaml = 'name: x\nstages: { s: { uses: ./stages/b.ts, with: { c: 1 } } }\n';
    const made = await schemaOf(yaml);
    expect(made).toMatchObject({ stages: ['./stages/b.ts'], unsaid: ['./stages/b.ts'] });
    expect(faultsOf(made, yaml)).toEqual([]);
  });

  test('is the general one when the text cannot be read, and imports nothing then', async () => {
    await project.write({ 'stages/a.ts': `throw new Error('was imported')` });
    const made = await schemaOf(`${ONE}  s: [`);
    expect(made.stages).toEqual([]);
    expect(made.diagnostics.map(({ code }) => code)).toEqual(['CONFIG_SYNTAX']);
    expect(faultsOf(made, ONE)).toEqual([]);
  });

  test('imports nothing when a stage lies outside of the project', async () => {
    const made = await schemaOf(`${ONE}  t: { uses: ../../x.ts }\n`);
    expect(made.stages).toEqual([]);
    expect(made.diagnostics.map(({ code }) => code)).toEqual(['USES_OUTSIDE']);
  });
});

test('without a config the schema is the general one', async () => {
  const made = await configJsonSchema({ cwd: project.folder, env: {} });
  expect(made).toMatchObject({ file: undefined, stages: [], diagnostics: [] });
  expect(faultsOf(made, wrong(ONE))).toEqual([]);
  expect(faultsOf(made, 'name: 5')).not.toEqual([]);
});

test('a config that was asked for and is not there is told', async () => {
  const made = await configJsonSchema({ cwd: project.folder, env: {}, file: 'none.yaml' });
  expect(made.file).toBeUndefined();
  expect(made.diagnostics.map(({ code }) => code)).toEqual(['CONFIG_NOT_FOUND']);
});

describe('the schema agrees with the loader', () => {
  const stage = (fields: string): string =>
    `name: x\nstages:\n  first: { uses: ./stages/a.ts }\n  s: { uses: ./stages/a.ts, needs: [first]${fields} }\n`;

  test.each([
    ['with.window', stage(', with: { window: 2 }'), stage(', with: { window: 1 }')],
    ['with', stage(', with: {}'), stage(', with: []')],
    ['nothing in with', stage(', with: null'), stage(', with: 5')],
    ['timeout', stage(', timeout: 1.5h'), stage(', timeout: 1.5 h')],
    ['grace', stage(', grace: 0s'), stage(', grace: 0')],
    ['critical', stage(', critical: true'), stage(', critical: yes')],
    ['retry', stage(', retry: { delay: 1d }'), stage(', retry: { delay: 1w }')],
    ['tags', stage(', tags: [a]'), stage(', tags: a')],
    ['fallback', stage(', fallback: { uses: ./stages/a.ts }'), stage(', fallback: 5')],
    [
      'a key of the fallback',
      stage(', fallback: { uses: ./stages/a.ts, with: { window: 3 } }'),
      stage(', fallback: { uses: ./stages/a.ts, wiht: {} }'),
    ],
    ['ids that are numbers', ONE.replace('  s:', '  1.10:'), ONE.replace('  s:', '  " s":')],
    [
      'a list of stages',
      'name: x\nstages: [{ id: 1.10, uses: ./stages/a.ts }, { id: b, uses: ./stages/a.ts, needs: [1.10] }]',
      'name: x\nstages: [{ uses: ./stages/a.ts }]',
    ],
    [
      'several pipelines',
      'concurrency: 2\npipelines: { a: { stages: { s: { uses: ./stages/a.ts } } } }',
      'context: {}\npipelines: { a: { stages: { s: { uses: ./stages/a.ts } } } }',
    ],
    ['params', `params: { a.b-c: 1 }\n${ONE}`, `params: { 1a: 1 }\n${ONE}`],
    ['store', `store: memory\n${ONE}`, `store: memories\n${ONE}`],
    ['concurrency', `concurrency: 100000\n${ONE}`, `concurrency: 100001\n${ONE}`],
    ['inputs', `inputs: [a]\n${ONE}`, `inputs: [""]\n${ONE}`],
    ['extends', `extends: ./base.yaml\nstages: { b: { critical: false } }`, 'extends: 5'],
    [
      'a stage of a base',
      'extends: [./base.yaml]\nstages: { b: { with: { label: x } } }',
      'extends: [./base.yaml]\nstages: { b: { with: { lable: x } } }',
    ],
    [
      'an environment',
      `environments: { prod: { concurrency: 9, params: { a: 1 } }, dev: null }\n${ONE}`,
      `environments: { prod: { concurency: 9 } }\n${ONE}`,
    ],
    [
      'a stage of an environment',
      `environments: { prod: { stages: { s: { critical: false } } } }\n${ONE}`,
      `environments: { prod: { stages: { s: { critical: 5 } } } }\n${ONE}`,
    ],
    [
      'the name of an environment',
      `environments: { prod-1: {} }\n${ONE}`,
      `environments: { "prod 1": {} }\n${ONE}`,
    ],
    [
      'a layer inside of one',
      `environments: { prod: { stages: [{ id: s, critical: false }] } }\n${ONE}`,
      `environments: { prod: { extends: ./base.yaml } }\n${ONE}`,
    ],
    ['logging', `logging: { level: debug }\n${ONE}`, `logging: debug\n${ONE}`],
  ])('on %s', async (_name, fine, faulty) => {
    await project.write({ 'base.yaml': 'name: x\nstages: { b: { uses: ./stages/a.ts } }\n' });
    const made = await schemaOf(fine);
    expect(await refusal(project)).toEqual([]);
    expect(faultsOf(made, fine)).toEqual([]);
    await project.write({ 'millrace.config.yaml': faulty });
    expect(await refusal(project)).not.toEqual([]);
    expect(faultsOf(made, faulty)).not.toEqual([]);
  });
});
