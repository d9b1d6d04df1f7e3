import { existsSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { accepted, placesOf, refusal, refusedPlaces } from '../testing-local/outcome.ts';
import { Project } from '../testing-local/project.ts';
import { stageSource } from '../testing-local/stage-source.ts';
import { nodeAt } from '../tree/locate.ts';
import { chainOf } from '../tree/replacing.ts';

let project: Project;

beforeEach(async () => {
  project = await Project.create({ 'stages/a.ts': stageSource() });
});

afterEach(() => project.remove());

const CONFIG = 'millrace.config.yaml';

const layered = `name: layered
store: sqlite:dev.db
concurrency: 2
logging: { level: debug, dir: logs }
params: { symbols: [A], w: 5 }
stages:
  a: { uses: ./stages/a.ts, with: { window: "\${w}" }, needs: [] }
environments:
  dev:
  prod:
    store: sqlite:prod.db
    concurrency: 8
    logging: { level: warn }
    params: { w: 30 }
    stages:
      a: { with: { label: prod } }
      extra: { uses: ./stages/a.ts, needs: [a] }
`;

describe('an environment', () => {
  test('is laid over the file: params, settings, stages, and stages of its own', async () => {
    await project.write({ [CONFIG]: layered });
    const { definition, store, logging, params, environment } = await accepted(project, {
      environment: 'prod',
    });
    expect({ store, logging, params, environment }).toEqual({
      store: 'sqlite:prod.db',
      logging: { level: 'warn', dir: 'logs' },
      params: { symbols: ['A'], w: 30 },
      environment: 'prod',
    });
    expect(definition).toMatchObject({
      concurrency: 8,
      stages: [
        { id: 'a', with: { window: 30, label: 'prod' } },
        { id: 'extra', needs: ['a'] },
      ],
    });
  });

  test('is chosen by the variable, which the caller overrules, also with none', async () => {
    await project.write({ [CONFIG]: layered });
    const concurrency = async (given?: string, variable?: string): Promise<unknown> => {
      const loaded = await accepted(project, {
        environment: given,
        env: { MILLRACE_ENV: variable },
      });
      return [loaded.environment, loaded.definition.concurrency];
    };
    expect(await concurrency()).toEqual([undefined, 2]);
    expect(await concurrency(undefined, '')).toEqual([undefined, 2]);
    expect(await concurrency(undefined, 'prod')).toEqual(['prod', 8]);
    expect(await concurrency('dev', 'prod')).toEqual(['dev', 2]);
    expect(await concurrency('', 'prod')).toEqual([undefined, 2]);
  });

  test('may stand in a file beside the config, which wins over the section', async () => {
    await project.write({
      [CONFIG]: layered,
      'millrace.config.prod.json':
        '{ "concurrency": 16, "stages": [{ "id": "a", "timeout": "1s" }] }',
      'millrace.config.local.ts': 'export default { params: { w: 7 } };',
    });
    const prod = await accepted(project, { environment: 'prod' });
    expect(prod.definition).toMatchObject({
      concurrency: 16,
      stages: [{ with: { window: 30 }, options: { timeoutMs: 1000 } }, { id: 'extra' }],
    });
    const local = await accepted(project, { environment: 'local' });
    expect(local.definition.stages[0]?.with).toEqual({ window: 7 });
  });

  test('knows of each value that it came from the environment, and what it replaced', async () => {
    await project.write({
      [CONFIG]: layered,
      'millrace.config.prod.yaml': 'params: { w: 31 }\n',
    });
    const { tree } = await accepted(project, { environment: 'prod' });
    const places = (path: string[]): string[] => {
      const node = nodeAt(tree, path);
      return (node === undefined ? [] : chainOf(node)).map(({ span: { source, start } }) => {
        const { file, line, column } = source.locate(start);
        return `${source.layer} ${file}:${line}:${column}`;
      });
    };
    expect(places(['params', 'w'])).toEqual([
      'environment millrace.config.prod.yaml:1:14',
      `environment ${CONFIG}:14:18`,
      `file ${CONFIG}:5:28`,
    ]);
    expect(places(['stages', 'a', 'with', 'label'])).toEqual([`environment ${CONFIG}:16:27`]);
    expect(places(['stages', 'a', 'with', 'window'])).toEqual([`file ${CONFIG}:7:45`]);
    // A stage stays where it is declared, though the environment changes it.
    expect((await accepted(project, { environment: 'prod' })).definition.stages[0]?.at).toEqual({
      file: CONFIG,
      line: 7,
      column: 3,
    });
  });

  test('that says something of all pipelines wins over what the file says of one', async () => {
    await project.write({
      [CONFIG]: `
store: sqlite:all.db
environments:
  prod:
    store: sqlite:prod.db
    concurrency: 9
    pipelines: { weekly: { concurrency: 3, stages: { s: { with: { window: 4 } } } } }
pipelines:
  daily: { store: sqlite:daily.db, concurrency: 1, stages: { s: { uses: ./stages/a.ts } } }
  weekly: { stages: { s: { uses: ./stages/a.ts } } }
`,
    });
    const load = async (pipeline: string): Promise<unknown> => {
      const { store, definition } = await accepted(project, { pipeline, environment: 'prod' });
      return [store, definition.concurrency, definition.stages[0]?.with];
    };
    expect(await load('daily')).toEqual(['sqlite:prod.db', 9, {}]);
    expect(await load('weekly')).toEqual(['sqlite:prod.db', 3, { window: 4 }]);
  });
});

describe('an environment that is not there', () => {
  test.each([
    [
      'given by the caller',
      { environment: 'prdo' },
      'ENVIRONMENT_UNKNOWN --env prdo',
      'did you mean "prod"?',
    ],
    [
      'named by the variable',
      { env: { MILLRACE_ENV: 'staging' } },
      'ENVIRONMENT_UNKNOWN MILLRACE_ENV=staging:1:1',
      'list it under `environments:`',
    ],
    [
      'named like what objects inherit',
      { environment: 'constructor' },
      'ENVIRONMENT_UNKNOWN --env constructor',
      'list it under `environments:`',
    ],
    [
      'named like a path',
      { environment: '../../x' },
      'ENVIRONMENT_UNKNOWN --env ../../x',
      'list it under `environments:`',
    ],
  ])('is refused when it is %s, with the known ones', async (_name, options, place, help) => {
    await project.write({ [CONFIG]: layered, 'millrace.config.local.yaml': '' });
    const found = await refusal(project, options);
    expect(placesOf(found)).toEqual([place]);
    expect(found[0]).toMatchObject({ expected: 'one of dev, prod, local', help });
  });

  test('is refused for a config without any as well', async () => {
    await project.write({ [CONFIG]: 'name: x\nstages: { a: { uses: ./stages/a.ts } }\n' });
    expect(await refusal(project, { env: { MILLRACE_ENV: 'prod' } })).toMatchObject([
      { message: `there is no environment "prod": ${CONFIG} has none` },
    ]);
  });

  test('or has two files is refused', async () => {
    await project.write({
      [CONFIG]: layered,
      'millrace.config.prod.yaml': '',
      'millrace.config.prod.json': '{}',
    });
    expect(await refusal(project, { environment: 'prod' })).toMatchObject(
      [{ code: 'ENVIRONMENT_AMBIGUOUS', got: /prod\.json, .*prod\.yaml/ }].map((one) => ({
        ...one,
        got: expect.stringMatching(one.got),
      })),
    );
  });
});

describe('the environments of a file', () => {
  const config = (environment: string): string => `name: x
params: { w: 1 }
stages: { score: { uses: ./stages/a.ts } }
environments:
  prod:
${environment.replaceAll(/^/gm, '    ')}
`;

  test.each([
    ['a key that is not known', 'stroe: memory', 'CONFIG_UNKNOWN_KEY 6:5'],
    [
      'a key of a stage that is not known',
      'stages: { score: { tiemout: 1s } }',
      'CONFIG_UNKNOWN_KEY 6:24',
    ],
    ['a key deeper down', 'logging: { lvel: warn }', 'CONFIG_UNKNOWN_KEY 6:16'],
    ['a value of a wrong type', 'concurrency: many', 'CONFIG_TYPE 6:18'],
    ['a value out of range', 'concurrency: 0', 'CONFIG_VALUE 6:18'],
    ['a store of no kind', 'store: mysql:x', 'CONFIG_VALUE 6:12'],
    ['a store that is not there yet', 'store: postgres://u:p@h/d', 'STORE_NOT_AVAILABLE 6:12'],
    ['a stage that is text', 'stages: { score: text }', 'STAGE_WRONG_TYPE 6:22'],
    [
      'a new stage without a class',
      'stages: { scroe: { timeout: 1s } }',
      'STAGE_USES_MISSING 6:15',
    ],
    ['a listed stage without id', 'stages: [{ timeout: 1s }]', 'STAGE_ID_MISSING 6:14'],
    ['pipelines, which the file has not', 'pipelines: {}', 'PIPELINES_MISSING 6:5'],
    ['bases of its own', 'extends: base.yaml', 'CONFIG_KEY_MISPLACED 6:5'],
    ['environments of its own', 'environments: {}', 'CONFIG_KEY_MISPLACED 6:5'],
  ])('are refused for %s, chosen or not', async (_name, text, place) => {
    expect(await refusedPlaces(project, config(text))).toEqual([place]);
    expect(await refusedPlaces(project, config(text), { environment: 'prod' })).toEqual([place]);
  });

  test('may hold placeholders that are filled in only when it is chosen', async () => {
    await project.write({
      [CONFIG]: config(`concurrency: "\${env:N|int}"
store: "\${env:STORE}"
stages: { score: { timeout: "\${env:T}", retry: { attempts: "\${env:R|int}" }, fallback: "\${env:F|json}" } }`),
    });
    await accepted(project);
    const env = { N: '6', STORE: 'memory', T: '2s', R: '3', F: '{ "x": 1 }' };
    const prod = await accepted(project, { environment: 'prod', env });
    expect(prod.store).toBe('memory');
    expect(prod.definition).toMatchObject({
      concurrency: 6,
      stages: [{ options: { timeoutMs: 2000, retry: { attempts: 3 } } }],
    });
  });

  test('are checked all together, with the rest of the file', async () => {
    const text = `name: x
concurency: 1
stages: { a: { uses: ./stages/none.ts } }
environments:
  "a b": {}
  two: text
  three: { stages: { b: { needs: [1.10] } } }
`;
    expect(await refusedPlaces(project, text)).toEqual([
      'CONFIG_UNKNOWN_KEY 2:1',
      'USES_FILE_MISSING 3:22',
      'CONFIG_VALUE 5:3',
      'CONFIG_TYPE 6:8',
      'STAGE_USES_MISSING 7:22',
    ]);
    expect(await refusedPlaces(project, 'name: x\nenvironments: [prod]\nstages: {}\n')).toEqual([
      'CONFIG_TYPE 2:15',
      'PIPELINE_EMPTY 3:9',
    ]);
  });

  test('of a file with several pipelines name those pipelines', async () => {
    const text = `
environments:
  prod:
    stages: {}
    pipelines: { dayly: {}, weekly: 5 }
  test:
    pipelines: { weekly: { stages: { t: {}, s: { tiemout: 1s } } } }
pipelines:
  daily: { stages: { s: { uses: ./stages/a.ts } } }
  weekly: { stages: { s: { uses: ./stages/a.ts } } }
`;
    expect(await refusedPlaces(project, text, { pipeline: 'daily' })).toEqual([
      'CONFIG_UNKNOWN_KEY 4:5',
      'PIPELINE_UNKNOWN 5:18',
      'PIPELINES_WRONG_TYPE 5:37',
      'STAGE_USES_MISSING 7:38',
      'CONFIG_UNKNOWN_KEY 7:50',
    ]);
  });

  test('give only params that are declared, or used', async () => {
    const text = config('params: { ww: 9, label: "a label" }').replace(
      'score: { uses: ./stages/a.ts }',
      `score: { uses: ./stages/a.ts, with: { label: "\${env:L:-x}" } }`,
    );
    expect(await refusedPlaces(project, text, { environment: 'prod' })).toEqual([
      'PARAM_UNKNOWN 6:15',
      'PARAM_UNKNOWN 6:22',
    ]);
    const used = `${config(`params: { label: "a label" }
stages: { score: { with: { label: "\${label}" } } }`)}`;
    await project.write({ [CONFIG]: used });
    const { definition } = await accepted(project, { environment: 'prod' });
    expect(definition.stages[0]?.with).toEqual({ label: 'a label' });
  });
});

test('of an environment that is refused no stage is imported', async () => {
  await project.write({
    'stages/effect.mjs': `import { writeFileSync } from 'node:fs'; writeFileSync(${JSON.stringify(project.path('ran'))}, '');`,
    [CONFIG]: `name: x
stages: { a: { uses: ./stages/effect.mjs } }
environments: { other: { concurency: 1 } }
`,
  });
  expect(placesOf(await refusal(project))).toEqual(['CONFIG_UNKNOWN_KEY 3:26']);
  expect(existsSync(project.path('ran'))).toBe(false);
});

test('flags cannot reach into layers, which come first', async () => {
  await project.write({ [CONFIG]: layered });
  const found = await refusal(project, {
    set: { 'environments.prod.store': 'memory', extends: './base.yaml' },
  });
  expect(placesOf(found)).toEqual([
    'SET_PATH --set environments.prod.store=memory',
    'SET_PATH --set extends=./base.yaml',
  ]);
});
