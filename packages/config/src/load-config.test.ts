import { existsSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { ModelPipeline } from '@millrace/core';
import { loadConfig, loadConfigOrThrow } from './load-config.ts';
import { renderDiagnostics } from './report/render-diagnostics.ts';
import { accepted, placesOf, refusal, refusedPlaces } from './testing-local/outcome.ts';
import { Project } from './testing-local/project.ts';
import { specSource, stageSource } from './testing-local/stage-source.ts';

let project: Project;

beforeEach(async () => {
  project = await Project.create({ 'stages/a.ts': stageSource() });
});

afterEach(() => project.remove());

const YAML = `# a comment
name: demo
description: all fields
store: sqlite:runs.db
concurrency: 2
durability: pipelined
failureMode: continue
onFailure: undo
logging: { level: debug, dir: logs }
params: { w: 30 }
context: { seed: [1, { x: null }] }
inputs: [given]
stages:
  first:
    uses: ./stages/a.ts
    with: { window: "\${w}" }
    retry: { attempts: 3, backoff: linear, delay: 1s, maxDelay: 2s, jitter: false }
    timeout: 5m
    grace: 250ms
    critical: false
  "1.10":
    uses: ./stages/a.ts#Named
    needs: [first]
    fallback: { x: 1 }
`;

const VALUE = {
  name: 'demo',
  description: 'all fields',
  store: 'sqlite:runs.db',
  concurrency: 2,
  durability: 'pipelined',
  failureMode: 'continue',
  onFailure: 'undo',
  logging: { level: 'debug', dir: 'logs' },
  params: { w: 30 },
  context: { seed: [1, { x: null }] },
  inputs: ['given'],
  stages: {
    first: {
      uses: './stages/a.ts',
      with: { window: `\${w}` },
      retry: { attempts: 3, backoff: 'linear', delay: '1s', maxDelay: '2s', jitter: false },
      timeout: '5m',
      grace: '250ms',
      critical: false,
    },
    '1.10': { uses: './stages/a.ts#Named', needs: ['first'], fallback: { x: 1 } },
  },
};

/** Without places, which differ from format to format. */
function withoutPlaces(definition: unknown): unknown {
  return JSON.parse(JSON.stringify(definition, (key, value) => (key === 'at' ? undefined : value)));
}

describe('a config', () => {
  test('leaves the code of its stages unread where nothing shall ever be resumed', async () => {
    await project.write({ 'millrace.config.yaml': YAML });
    const loaded = await accepted(project, { digestCode: false });
    expect(loaded.code.size).toBe(0);
    expect(loaded.definition.stages.map(({ code }) => code)).toEqual([undefined, undefined]);
    expect(loaded.pipeline.stages).toHaveLength(2);
  });

  test('becomes a checked pipeline with its definition', async () => {
    await project.write({ 'millrace.config.yaml': YAML });
    const loaded = await accepted(project);
    expect(loaded.pipeline).toBeInstanceOf(ModelPipeline);
    expect(loaded.store).toBe('sqlite:runs.db');
    expect(loaded.logging).toEqual({ level: 'debug', dir: 'logs' });
    expect(loaded.params).toEqual({ w: 30 });
    expect(loaded.file).toBe(project.path('millrace.config.yaml'));
    expect(loaded.warnings).toEqual([]);
    expect(loaded.modules.get('./stages/a.ts#Named')).toEqual({
      file: project.path('stages/a.ts'),
      exportName: 'Named',
    });
    expect(withoutPlaces(loaded.definition)).toEqual({
      name: 'demo',
      description: 'all fields',
      concurrency: 2,
      durability: 'pipelined',
      failureMode: 'continue',
      onFailure: 'undo',
      context: { seed: [1, { x: null }] },
      inputs: ['given'],
      stages: [
        {
          id: 'first',
          uses: './stages/a.ts',
          code: loaded.code.get('./stages/a.ts'),
          with: { window: 30 },
          needs: [],
          options: {
            retry: {
              attempts: 3,
              backoff: 'linear',
              delayMs: 1000,
              maxDelayMs: 2000,
              jitter: false,
            },
            timeoutMs: 300_000,
            graceMs: 250,
            critical: false,
          },
        },
        {
          id: '1.10',
          uses: './stages/a.ts#Named',
          code: expect.objectContaining({ hash: expect.stringMatching(/^[0-9a-f]{32}$/) }),
          with: {},
          needs: ['first'],
          options: {},
          fallback: { kind: 'value', outputs: { x: 1 } },
        },
      ],
    });
  });

  test('remembers where its stages are written', async () => {
    await project.write({ 'millrace.config.yaml': YAML });
    const { definition } = await accepted(project);
    expect(definition.stages[1]?.at).toEqual({ file: 'millrace.config.yaml', line: 21, column: 3 });
  });

  test('means the same in every format', async () => {
    const json = JSON.stringify(VALUE, null, 2);
    await project.write({
      'a.pipeline.yaml': YAML,
      'a.yml': json,
      'a.json': json,
      'a.ts': `const value: object = ${json};\nexport default value;`,
      'a.mjs': `export default async () => (${json});`,
      'a.cjs': `module.exports = ${json};`,
      '.millracerc': YAML,
      'sub/package.json': JSON.stringify({ name: 'x', millrace: VALUE }, null, 2).replaceAll(
        './stages',
        '../stages',
      ),
      'list.yaml': YAML.replace('  first:', '  - id: first').replace('  "1.10":', '  - id: 1.10'),
    });
    const definitions: unknown[] = [];
    for (const file of [
      'a.pipeline.yaml',
      'a.yml',
      'a.json',
      'a.ts',
      'a.mjs',
      'a.cjs',
      '.millracerc',
      'list.yaml',
    ]) {
      definitions.push(withoutPlaces((await accepted(project, { file })).definition));
    }
    for (const definition of definitions) expect(definition).toEqual(definitions[0]);
    expect(
      placesOf(await refusal(project, { file: 'sub/package.json' }), 'sub/package.json'),
    ).toEqual(['USES_OUTSIDE 31:17', 'USES_OUTSIDE 47:17']);
  });

  test('that is a function is called with the environment and the params', async () => {
    await project.write({
      'a.ts': `export default ({ env, params }) => ({ name: env.WHO + params.p, params: { p: 0 }, stages: { s: { uses: './stages/a.ts' } } });`,
    });
    const loaded = await accepted(project, { file: 'a.ts', env: { WHO: 'me' }, params: { p: 1 } });
    expect(loaded.definition.name).toBe('me1');
  });

  test('keeps ids and keys as written, also those that objects inherit', async () => {
    await project.write({
      'millrace.config.yaml': `name: x
context: { __proto__: { polluted: 1 }, constructor: 2, then: 3 }
stages:
  1.10: { uses: ./stages/a.ts }
  1.1: { uses: ./stages/a.ts, needs: [1.10] }
  __proto__: { uses: ./stages/a.ts, needs: [1.1] }
  constructor: { uses: ./stages/a.ts, needs: [__proto__], fallback: { __proto__: 1 } }
  toString: { uses: ./stages/a.ts, needs: [constructor] }
  日本 語: { uses: ./stages/a.ts, needs: [toString] }
`,
    });
    const { definition } = await accepted(project);
    expect(definition.stages.map(({ id, needs }) => [id, ...needs].join(' < '))).toEqual([
      '1.10',
      '1.1 < 1.10',
      '__proto__ < 1.1',
      'constructor < __proto__',
      'toString < constructor',
      '日本 語 < toString',
    ]);
    expect(Object.keys(definition.context)).toEqual(['__proto__', 'constructor', 'then']);
    expect(Object.getPrototypeOf(definition.context)).toBe(Object.prototype);
    const { fallback } = definition.stages[3] ?? {};
    expect(fallback?.kind === 'value' ? Object.keys(fallback.outputs) : []).toEqual(['__proto__']);
    expect(Reflect.get({}, 'polluted')).toBeUndefined();
  });
});

describe('finding', () => {
  const minimal = 'name: found\nstages: { a: { uses: /stages/a.ts } }';

  test.each([
    'millrace.config.yaml',
    'millrace.config.yml',
    'millrace.config.json',
    'millrace.config.ts',
    'millrace.config.mjs',
    '.millracerc',
    '.millracerc.json',
    '.config/millracerc.yaml',
    'package.json',
  ])('reads %s from a folder below', async (name) => {
    const value = { name: 'found', stages: { a: { uses: project.path('stages/a.ts') } } };
    const json = JSON.stringify(name === 'package.json' ? { millrace: value } : value);
    await project.write({
      [name]: /s$/.test(name) ? `export default ${json}` : json,
      'deep/er/x.txt': minimal,
    });
    const loaded = await accepted(project, { cwd: project.path('deep/er') });
    expect(loaded.file).toBe(project.path(name));
  });

  test('stops at the nearest package.json', async () => {
    await project.write({ 'millrace.config.yaml': YAML, 'deep/package.json': '{ broken' });
    const [found] = await refusal(project, { cwd: project.path('deep') });
    expect(found?.code).toBe('CONFIG_NOT_FOUND');
    expect(found?.expected).toMatch('millrace.config.yaml');
  });

  test('suggests a near name for a file that does not exist', async () => {
    await project.write({ 'daily.yaml': YAML });
    const [found] = await refusal(project, { file: 'dialy.yaml' });
    expect(found).toMatchObject({ code: 'CONFIG_NOT_FOUND', help: 'did you mean "daily.yaml"?' });
  });

  test.each([
    ['a folder', 'stages', 'CONFIG_UNREADABLE'],
    ['an ending that is no config', 'x.ini', 'CONFIG_FORMAT'],
    ['a package.json without the key', 'package.json', 'CONFIG_EMPTY package.json:1:1'],
  ])('refuses %s', async (_name, file, expected) => {
    await project.write({ 'x.ini': 'a = 1' });
    expect(placesOf(await refusal(project, { file }))).toEqual([expected]);
  });
});

describe('a module as config', () => {
  test.each([
    ['that throws', `throw new TypeError('boom')`, 'CONFIG_IMPORT_FAILED'],
    ['that cannot be read', `export default {`, 'CONFIG_IMPORT_FAILED'],
    [
      'whose function throws',
      `export default () => { throw new TypeError('boom') }`,
      'CONFIG_IMPORT_FAILED',
    ],
    ['without a default export', `export const a = 1`, 'CONFIG_EXPORT_MISSING'],
    [
      'with a class instance',
      `export default { name: 'x', stages: { a: { with: { d: new Date() } } } }`,
      'CONFIG_NOT_PLAIN',
    ],
    ['with a function inside', `export default { name: () => 'x' }`, 'CONFIG_NOT_PLAIN'],
    ['that holds itself', `const a = {}; a.a = a; export default a`, 'CONFIG_NOT_PLAIN'],
    ['that is a list', `export default []`, 'CONFIG_NOT_A_MAP'],
  ])('%s is refused', async (_name, text, code) => {
    await project.write({ 'm.mjs': text });
    expect(placesOf(await refusal(project, { file: 'm.mjs' }), 'm.mjs')).toEqual([`${code} 1:1`]);
  });
});

describe('the shape', () => {
  const stages = 'stages: { a: { uses: ./stages/a.ts } }\n';
  test.each([
    ['an empty file', '# nothing\n', 'CONFIG_EMPTY 1:1'],
    ['a list', '\n- a\n', 'CONFIG_NOT_A_MAP 2:1'],
    ['no name', stages, 'CONFIG_NAME_MISSING 1:1'],
    ['no stages', 'name: x\n', 'STAGES_MISSING 1:1'],
    ['stages that are text', 'name: x\nstages: a\n', 'STAGES_WRONG_TYPE 2:9'],
    ['stages left out', 'name: x\nstages:\n', 'STAGES_WRONG_TYPE 2:1'],
    ['no stage at all', 'name: x\nstages: {}\n', 'PIPELINE_EMPTY 2:9'],
    ['a stage left out', 'name: x\nstages:\n  a:\n', 'STAGE_WRONG_TYPE 3:3'],
    ['a stage that is text', 'name: x\nstages:\n  a: ./stages/a.ts\n', 'STAGE_WRONG_TYPE 3:6'],
    ['a listed stage that is text', 'name: x\nstages: [a]\n', 'STAGE_WRONG_TYPE 2:10'],
    [
      'a listed stage without id',
      'name: x\nstages:\n  - uses: ./stages/a.ts\n',
      'STAGE_ID_MISSING 3:5',
    ],
    [
      'listed stages of one id',
      `name: x\nstages:\n  - { id: a, uses: ./stages/a.ts }\n  - { id: a, uses: ./stages/a.ts }\n`,
      'STAGE_DUPLICATE 4:11',
    ],
    ['a stage without uses', 'name: x\nstages:\n  a: { needs: [] }\n', 'STAGE_USES_MISSING 3:3'],
    ['an unknown key', `name: x\nconcurency: 4\n${stages}`, 'CONFIG_UNKNOWN_KEY 2:1'],
    [
      'an unknown key of a stage',
      'name: x\nstages:\n  a:\n    uses: ./stages/a.ts\n    tmeout: 5m\n',
      'CONFIG_UNKNOWN_KEY 5:5',
    ],
    [
      'an unknown key deeper down',
      'name: x\nstages:\n  a: { uses: ./stages/a.ts, retry: { tries: 5 } }\n',
      'CONFIG_UNKNOWN_KEY 3:38',
    ],
    ['a wrong type', `name: x\nconcurrency: many\n${stages}`, 'CONFIG_TYPE 2:14'],
    ['a value left out', `name:\n${stages}`, 'CONFIG_TYPE 1:1'],
    [
      'a duration without unit',
      'name: x\nstages:\n  a: { uses: ./stages/a.ts, timeout: 30 }\n',
      'CONFIG_TYPE 3:38',
    ],
    [
      'a duration with a wrong unit',
      'name: x\nstages:\n  a: { uses: ./stages/a.ts, timeout: 30sec }\n',
      'CONFIG_VALUE 3:38',
    ],
    ['a value out of range', `name: x\nconcurrency: 0\n${stages}`, 'CONFIG_VALUE 2:14'],
    [
      'a value that is none of those allowed',
      `name: x\ndurability: strickt\n${stages}`,
      'CONFIG_VALUE 2:13',
    ],
    ['a store of an unknown kind', `name: x\nstore: mysql:x\n${stages}`, 'CONFIG_VALUE 2:8'],
    [
      'a store that is not there yet',
      `name: x\nstore: postgres://u:p@host/db\n${stages}`,
      'STORE_NOT_AVAILABLE 2:8',
    ],
    ['a param with a wrong name', `name: x\nparams: { "a b": 1 }\n${stages}`, 'CONFIG_VALUE 2:11'],
    [
      'a fallback that is text',
      'name: x\nstages:\n  a: { uses: ./stages/a.ts, fallback: b }\n',
      'CONFIG_TYPE 3:39',
    ],
    [
      'a stage id with a control character',
      `name: x\nstages:\n  "a\\tb": { uses: ./stages/a.ts }\n`,
      'STAGE_ID_INVALID 3:3',
    ],
  ])('with %s is refused at its place', async (_name, yaml, expected) => {
    expect(await refusedPlaces(project, yaml)).toEqual([expected]);
  });

  test('is explained in words', async () => {
    await project.write({
      'millrace.config.yaml': `name: x\nconcurency: 4\ndurability: strickt\n${stages}`,
    });
    expect(await refusal(project)).toMatchObject([
      { message: 'unknown key "concurency"', help: 'did you mean "concurrency"?' },
      {
        message: 'durability must be one of "strict", "pipelined", "none"',
        got: 'the text "strickt"',
        help: 'did you mean "strict"?',
      },
    ]);
  });
});

describe('all that is wrong', () => {
  const wrong = `name: x
concurrency: 0
stages:
  a:
    uses: ./stages/a.ts
    timeout: 5
    with: { window: "\${nope}" }
  b:
    needs: [c, b, zz]
  c:
    uses: ./stages/missing.ts
    needs: [b]
`;

  test('with text, values and graph is reported together, in the order of the text', async () => {
    expect(await refusedPlaces(project, wrong)).toEqual([
      'CONFIG_VALUE 2:14',
      'CONFIG_TYPE 6:14',
      'PARAM_UNKNOWN 7:22',
      'STAGE_USES_MISSING 8:3',
      'GRAPH_CYCLIC 9:13',
      'DEPENDENCY_SELF 9:16',
      'DEPENDENCY_UNKNOWN 9:19',
      'USES_FILE_MISSING 11:11',
    ]);
  });

  test('with classes, params and graph is reported together as well', async () => {
    expect(
      await refusedPlaces(
        project,
        `name: x
stages:
  a: { uses: ./stages/a.ts, with: { window: 1 }, needs: [nope] }
  b: { uses: ./stages/b.ts }
  c: { uses: ./stages/a.ts#Nmed, with: { window: few } }
  d: { uses: ./stages/a.ts, with: { widow: 5 } }
`,
      ),
    ).toEqual([
      'PARAMS_INVALID 3:45',
      'DEPENDENCY_UNKNOWN 3:58',
      'USES_FILE_MISSING 4:14',
      'USES_EXPORT_MISSING 5:14',
      'PARAMS_INVALID 6:37',
    ]);
  });

  test('of ten kinds is reported together, a stage declared twice among them', async () => {
    await project.write({
      'stages/none.ts': 'export default class None { run() {} }',
      'stages/write.ts': specSource('outputs: z.object({ out: z.number() })'),
      'stages/read.ts': specSource('inputs: z.object({ out: z.number() })'),
    });
    expect(
      await refusedPlaces(
        project,
        `name: x
stages:
  first: { uses: ./stages/write.ts }
  first: { uses: ./stages/write.ts }
  lost: { uses: ./stages/lost.ts }
  none: { uses: ./stages/none.ts }
  self: { uses: ./stages/a.ts, needs: [self] }
  round: { uses: ./stages/a.ts, needs: [about] }
  about: { uses: ./stages/a.ts, needs: [round] }
  typo: { uses: ./stages/a.ts, needs: [frist], with: { window: few } }
  rival: { uses: ./stages/write.ts }
  reader: { uses: ./stages/read.ts }
`,
      ),
    ).toEqual([
      'STAGE_DUPLICATE 4:3',
      'USES_FILE_MISSING 5:17',
      'STAGE_NOT_A_STAGE 6:17',
      'DEPENDENCY_SELF 7:40',
      'GRAPH_CYCLIC 8:41',
      'DEPENDENCY_UNKNOWN 10:40',
      'PARAMS_INVALID 10:64',
      'WRITE_CONFLICT 11:3',
      'INPUT_MISSING 12:3',
    ]);
  });

  test('is thrown as one error on demand', async () => {
    await project.write({ 'millrace.config.yaml': wrong });
    const thrown = loadConfigOrThrow({ cwd: project.folder, env: {} });
    await expect(thrown).rejects.toMatchObject({
      code: 'CONFIG_INVALID',
      message: expect.stringMatching(/--> millrace\.config\.yaml:6:14[\s\S]*8 errors$/),
      details: { diagnostics: expect.any(Array) },
    });
  });
});

describe('nothing is executed', () => {
  const withSideEffect = (p: Project): string =>
    stageSource(
      `import { writeFileSync } from 'node:fs'; writeFileSync(${JSON.stringify(p.path('ran'))}, '');`,
    );

  test.each([
    ['cannot be read', 'name: x\nstages:\n\ta: { uses: ./stages/effect.ts }\n'],
    ['has a duplicate key', 'name: x\nname: y\nstages: { a: { uses: ./stages/effect.ts } }\n'],
    [
      'has a wrong value',
      'name: x\nconcurrency: -1\nstages: { a: { uses: ./stages/effect.ts } }\n',
    ],
    ['lacks a variable', `name: "\${env:NOPE}"\nstages: { a: { uses: ./stages/effect.ts } }\n`],
    [
      'has an unknown key in another stage',
      'name: x\nstages: { a: { uses: ./stages/effect.ts }, b: { use: x } }\n',
    ],
  ])('of the stages when the file %s', async (_name, yaml) => {
    await project.write({ 'stages/effect.ts': withSideEffect(project) });
    expect(await refusedPlaces(project, yaml)).toHaveLength(1);
    expect(existsSync(project.path('ran'))).toBe(false);
  });

  test('twice: a module that two stages use is imported once', async () => {
    await project.write({
      'stages/effect.ts': withSideEffect(project),
      'millrace.config.yaml':
        'name: x\nstages: { a: { uses: ./stages/effect.ts }, b: { uses: ./stages/effect.ts#Named } }\n',
    });
    await accepted(project);
    expect(existsSync(project.path('ran'))).toBe(true);
  });
});

describe('several pipelines in one file', () => {
  const several = `store: memory
concurrency: 7
params: { a: 1, b: 2 }
pipelines:
  daily:
    params: { b: 3 }
    stages: { s: { uses: ./stages/a.ts, with: { window: "\${b}", label: "\${a}-\${b}" } } }
  weekly:
    name: every week
    concurrency: 1
    stages: { s: { uses: ./stages/a.ts } }
  broken: [1]
  nothing:
`;

  test('are chosen by name and share what stands beside them', async () => {
    await project.write({ 'millrace.config.yaml': several });
    const daily = await accepted(project, { pipeline: 'daily' });
    expect(daily.definition).toMatchObject({
      name: 'daily',
      concurrency: 7,
      stages: [{ with: { window: 3, label: '1-3' } }],
    });
    expect(daily.params).toEqual({ a: 1, b: 3 });
    expect(daily.store).toBe('memory');
    expect(daily.pipelineNames).toEqual(['daily', 'weekly', 'broken', 'nothing']);
    const weekly = await accepted(project, { pipeline: 'weekly' });
    expect(weekly.definition).toMatchObject({ name: 'every week', concurrency: 1 });
  });

  test('of which there is one need no choice', async () => {
    await project.write({
      'millrace.config.yaml': `pipelines:\n  only:\n    ${'stages: { s: { uses: ./stages/a.ts } }'}\n`,
    });
    expect((await accepted(project)).definition.name).toBe('only');
  });

  test.each([
    ['none was chosen', several, undefined, 'PIPELINE_NOT_CHOSEN 5:3'],
    ['the name is unknown', several, 'dayly', 'PIPELINE_UNKNOWN 5:3'],
    ['the name is one that objects inherit', several, 'constructor', 'PIPELINE_UNKNOWN 5:3'],
    ['the one chosen is a list', several, 'broken', 'PIPELINES_WRONG_TYPE 12:11'],
    ['the one chosen is nothing', several, 'nothing', 'PIPELINES_WRONG_TYPE 13:3'],
    ['the section is text', 'pipelines: daily\n', 'daily', 'PIPELINES_WRONG_TYPE 1:12'],
    [
      'there is no such section',
      'name: x\nstages: { a: { uses: ./stages/a.ts } }\n',
      'daily',
      'PIPELINES_MISSING 1:7',
    ],
    [
      'there are stages as well',
      'pipelines: {}\nstages: {}\n',
      undefined,
      'PIPELINES_AND_STAGES 2:1',
    ],
    [
      'a field cannot be shared',
      'inputs: [a]\npipelines: { p: { stages: { a: { uses: ./stages/a.ts } } } }\n',
      undefined,
      'CONFIG_UNKNOWN_KEY 1:1',
    ],
    [
      'the one chosen has no stages',
      'pipelines:\n  p: { name: x }\n',
      undefined,
      'STAGES_MISSING 2:3',
    ],
  ])('are refused when %s', async (_name, yaml, pipeline, expected) => {
    expect(await refusedPlaces(project, yaml, { pipeline })).toEqual([expected]);
  });

  test('suggest a near name', async () => {
    await project.write({ 'millrace.config.yaml': several });
    expect(await refusal(project, { pipeline: 'dayly' })).toMatchObject([
      { help: 'did you mean "daily"?' },
    ]);
  });
});

describe('overrides', () => {
  const text = `name: x
params: { w: 5, unused: 1 }
stages:
  a.b: { uses: ./stages/a.ts, with: { window: "\${w}" } }
  c: { uses: ./stages/a.ts, needs: [a.b] }
`;

  beforeEach(() => project.write({ 'millrace.config.yaml': text }));

  test('of params replace those of the file, with their type', async () => {
    const { definition } = await accepted(project, { params: { w: 9 } });
    expect(definition.stages[0]?.with).toEqual({ window: 9 });
  });

  test('of values are set by path, where there is nothing yet as well', async () => {
    const { definition } = await accepted(project, {
      set: {
        'stages."a.b".with.window': 30,
        'stages.c.with.label': 'l',
        'stages.c.timeout': '1s',
        concurrency: 9,
        name: `n\${w}`,
      },
    });
    expect(definition).toMatchObject({
      name: 'n5',
      concurrency: 9,
      stages: [{ with: { window: 30 } }, { with: { label: 'l' }, options: { timeoutMs: 1000 } }],
    });
  });

  test('are blamed when they are what is wrong', async () => {
    const found = await refusal(project, {
      set: { 'stages.c.with.window': 1, 'stages.c.needs[0]': 'ab' },
    });
    expect(placesOf(found)).toEqual([
      'DEPENDENCY_UNKNOWN --set stages.c.needs[0]=ab',
      'PARAMS_INVALID --set stages.c.with.window=1',
    ]);
  });

  test.each([
    ['an unknown param', { params: { v: 1 } }, 'PARAM_UNKNOWN --param v=1'],
    ['a path that cannot be read', { set: { 'a..b': 1 } }, 'SET_PATH --set a..b=1'],
    ['a path through text', { set: { 'name.x': 1 } }, 'SET_PATH --set name.x=1'],
    [
      'a path past the end of a list',
      { set: { 'stages.c.needs[3]': 'c' } },
      'SET_PATH --set stages.c.needs[3]=c',
    ],
    [
      'an unknown stage',
      { set: { 'stages.d.timeout': '1s' } },
      'SET_STAGE_UNKNOWN --set stages.d.timeout=1s',
    ],
    [
      'an unknown key',
      { set: { 'stages.c.timout': '1s' } },
      'CONFIG_UNKNOWN_KEY --set stages.c.timout=1s',
    ],
    [
      'what is no plain data',
      { set: { 'stages.c.with.label': 1n } },
      'CONFIG_NOT_PLAIN --set stages.c.with.label',
    ],
  ])('with %s are refused', async (_name, options, expected) => {
    expect(placesOf(await refusal(project, options))).toEqual([expected]);
  });

  test('are shown as the flag that was typed, without lines of a file', async () => {
    const loaded = await loadConfig({ cwd: project.folder, params: { v: 1 }, env: {} });
    const { diagnostics, sources } = loaded.ok
      ? { diagnostics: [], sources: undefined }
      : loaded.problem;
    expect(renderDiagnostics(diagnostics, sources === undefined ? {} : { sources })).toMatch(
      /^error\[PARAM_UNKNOWN\]: [^\n]*\n {2}--> --param v=1\n {2}= expected: /,
    );
  });

  test('touch no prototype', async () => {
    await refusal(project, {
      set: { '__proto__.polluted': 1, 'stages.c.with.__proto__.polluted': 1 },
    });
    expect(Reflect.get({}, 'polluted')).toBeUndefined();
  });
});

describe('secrets', () => {
  test('are filled in, registered, and appear in no diagnostic', async () => {
    await project.write({
      'millrace.config.yaml': `name: x\nstages:\n  a: { uses: ./stages/a.ts, with: { label: "\${secret:TOKEN}", window: "\${secret:TOKEN}" } }\n`,
    });
    const loaded = await loadConfig({ cwd: project.folder, env: { TOKEN: 'hunter2' } });
    expect(loaded.ok).toBe(false);
    expect(JSON.stringify(loaded)).toMatch('PARAMS_INVALID');
    expect(JSON.stringify(loaded)).not.toMatch('hunter2');
    const fine = await accepted(project, {
      env: { TOKEN: 'hunter2' },
      set: { 'stages.a.with.window': 5 },
    });
    expect(fine.definition.stages[0]?.with).toEqual({ label: 'hunter2', window: 5 });
    expect(fine.secrets.values).toEqual(['hunter2']);
  });
});
