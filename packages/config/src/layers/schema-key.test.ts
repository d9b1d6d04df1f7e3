import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { accepted, refusedPlaces } from '../testing-local/outcome.ts';
import { Project } from '../testing-local/project.ts';

let project: Project;

beforeEach(async () => {
  project = await Project.create({
    's.ts': `import { PipelineStage } from '@millrace/core';
export default class S extends PipelineStage { run() { return {}; } }
`,
  });
});

afterEach(() => project.remove());

const KEY = '$schema';
const STAGES = { s: { uses: './s.ts' } };

test.each([
  ['x.json', JSON.stringify({ [KEY]: './schema.json', name: 'x', stages: STAGES })],
  [
    'x.json5',
    `{ ${KEY}: 'https://example.org/s.json', name: 'x', stages: { s: { uses: './s.ts' } } }`,
  ],
  ['x.yaml', `${KEY}: ./schema.json\nname: x\nstages: { s: { uses: ./s.ts } }\n`],
  ['x.toml', `"${KEY}" = "./schema.json"\nname = "x"\n[stages.s]\nuses = "./s.ts"\n`],
])('a config may name its schema to an editor: %s', async (file, text) => {
  await project.write({ [file]: text });
  const { definition, effective } = await accepted(project, { file });
  expect(definition.stages.map(({ id }) => id)).toEqual(['s']);
  expect(effective.toData()).not.toHaveProperty([KEY]);
});

test('a base, an environment, params and a pipeline inside may name theirs as well', async () => {
  const named = (more: object): string => JSON.stringify({ [KEY]: './schema.json', ...more });
  await project.write({
    'x.json': named({ extends: './base.json', name: 'x', params: { p: 1 }, stages: {} }),
    'base.json': named({ stages: { ...STAGES, inner: { pipeline: './inner.json' } } }),
    'inner.json': named({ stages: STAGES }),
    'x.prod.json': named({ concurrency: 9 }),
    'p.json': named({ p: 2 }),
  });
  const options = { file: 'x.json', environment: 'prod', paramsFiles: ['p.json'] };
  const { definition, params } = await accepted(project, options);
  expect(definition).toMatchObject({ concurrency: 9, stages: [{ id: 's' }, { id: 'inner/s' }] });
  expect(params).toEqual({ p: 2 });
});

test('it is text, and stands at the top only', async () => {
  const stages = 'name: x\nstages: { s: { uses: ./s.ts } }\n';
  expect(await refusedPlaces(project, `${KEY}: 5\n${stages}`)).toEqual(['CONFIG_TYPE 1:10']);
  expect(await refusedPlaces(project, `${KEY}:\n${stages}`)).toEqual(['CONFIG_TYPE 1:1']);
  const inside = `name: x\nstages: { s: { uses: ./s.ts, ${KEY}: a } }\n`;
  expect(await refusedPlaces(project, inside)).toEqual(['CONFIG_UNKNOWN_KEY 2:30']);
  const section = `${stages}environments: { prod: { ${KEY}: a } }\n`;
  expect(await refusedPlaces(project, section)).toEqual(['CONFIG_UNKNOWN_KEY 3:25']);
});
