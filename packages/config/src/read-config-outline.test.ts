import { existsSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import {
  type ConfigOutline,
  type ReadOutlineOptions,
  readConfigOutline,
} from './read-config-outline.ts';
import { placesOf } from './testing-local/outcome.ts';
import { Project } from './testing-local/project.ts';

let project: Project;

beforeEach(async () => {
  project = await Project.create();
});
afterEach(() => project.remove());

/** The outline of a config, or the places of what is wrong with it. */
async function outlineOf(
  yaml: string,
  options: ReadOutlineOptions = {},
): Promise<ConfigOutline | string[]> {
  await project.write({ 'millrace.config.yaml': yaml });
  const outline = await readConfigOutline({ cwd: project.folder, env: {}, ...options });
  return outline.ok ? outline.value : placesOf(outline.problem.diagnostics);
}

test('the settings are read whatever is wrong with the stages, and no stage is imported', async () => {
  const marker = project.path('imported');
  await project.write({
    'loud.ts': `import { writeFileSync } from 'node:fs';\nwriteFileSync(${JSON.stringify(marker)}, '');\n`,
  });
  const outline = await outlineOf(
    `
store: "sqlite:\${env:DATA}/\${folder}.db"
logging: { dir: logs, level: debug }
params: { folder: runs, other: "\${env:NOT_SET}" }
stages:
  loud: { uses: ./loud.ts }
  wrong: { uses: ./none.ts, needs: [nobody], typo: "\${nothing}" }
`,
    { env: { DATA: '/data' } },
  );
  expect(outline).toEqual({
    file: project.path('millrace.config.yaml'),
    store: 'sqlite:/data/runs.db',
    logging: { dir: 'logs', level: 'debug' },
    pipelineNames: [],
  });
  expect(existsSync(marker)).toBe(false);
});

test('a config that names neither store nor log has none', async () => {
  expect(await outlineOf('name: x\n')).toMatchObject({ store: undefined, logging: {} });
});

test.each([
  ['another kind of store', 'store: redis:x\n', 'CONFIG_VALUE 1:8'],
  ['PostgreSQL', 'store: postgres://u:p@h/d\n', 'STORE_NOT_AVAILABLE 1:8'],
  ['a missing variable', `store: "sqlite:\${env:NONE}"\n`, 'ENV_MISSING 1:16'],
  ['a missing secret', `store: "sqlite:\${secret:NONE}"\n`, 'SECRET_MISSING 1:8'],
  ['an unknown key of the log', 'logging: { dri: x }\n', 'CONFIG_UNKNOWN_KEY 1:12'],
  ['text that is no YAML', 'store: [\n', 'CONFIG_SYNTAX 1:8'],
])('%s is refused at its place', async (_name, yaml, place) => {
  expect(await outlineOf(yaml)).toEqual([place]);
});

test('a folder without a config is told what to create', async () => {
  const outline = await readConfigOutline({ cwd: project.folder });
  const [diagnostic] = outline.ok ? [] : outline.problem.diagnostics;
  expect(diagnostic).toMatchObject({ code: 'CONFIG_NOT_FOUND' });
  expect(diagnostic?.help).toMatch(/create millrace\.config\.yaml with:\nname: .*\nstages: .*$/);
});

describe('of several pipelines', () => {
  const own = 'pipelines:\n  a: { store: sqlite:a.db }\n  b: { store: sqlite:b.db }\n';

  test('what they share is read without choosing one', async () => {
    const outline = await outlineOf('store: sqlite:x.db\npipelines: { a: {}, b: { stages: 5 } }\n');
    expect(outline).toMatchObject({ store: 'sqlite:x.db', pipelineNames: ['a', 'b'] });
  });

  test('with stores of their own one must be chosen', async () => {
    expect(await outlineOf(own)).toEqual(['PIPELINE_NOT_CHOSEN 1:1']);
    expect(await outlineOf(own, { pipeline: 'b' })).toMatchObject({ store: 'sqlite:b.db' });
  });
});

describe('of a config of several layers', () => {
  const layered = `
extends: base.yaml
logging: { level: warn }
stages: { a: { uses: ./none.ts } }
environments: { prod: { store: "sqlite:\${folder}/prod.db", params: { folder: live } } }
`;

  beforeEach(() =>
    project.write({
      'base.yaml':
        'store: sqlite:base.db\nlogging: { dir: logs }\nparams: { folder: dev }\nstages: [5]\n',
    }),
  );

  test('what its bases and its environment say counts, whatever is wrong with their stages', async () => {
    expect(await outlineOf(layered)).toMatchObject({
      store: 'sqlite:base.db',
      logging: { level: 'warn', dir: 'logs' },
    });
    const store = 'sqlite:live/prod.db';
    expect(await outlineOf(layered, { environment: 'prod' })).toMatchObject({ store });
    expect(await outlineOf(layered, { env: { MILLRACE_ENV: 'prod' } })).toMatchObject({ store });
  });

  test('an environment or a base that is not there is refused', async () => {
    expect(await outlineOf(layered, { environment: 'prd' })).toContain(
      'ENVIRONMENT_UNKNOWN --env prd',
    );
    expect(await outlineOf('extends: bse.yaml\n')).toEqual(['EXTENDS_MISSING 1:10']);
  });

  test('an environment may unite the stores of several pipelines', async () => {
    const own = `environments: { prod: { store: memory } }
pipelines: { a: { store: sqlite:a.db }, b: { store: sqlite:b.db } }
`;
    expect(await outlineOf(own)).toEqual(['PIPELINE_NOT_CHOSEN 2:1']);
    expect(await outlineOf(own, { environment: 'prod' })).toMatchObject({ store: 'memory' });
  });
});
