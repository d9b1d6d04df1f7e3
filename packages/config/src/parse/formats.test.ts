import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { accepted, placesOf, refusal } from '../testing-local/outcome.ts';
import { Project } from '../testing-local/project.ts';
import { stageSource } from '../testing-local/stage-source.ts';

let project: Project;

beforeEach(async () => {
  project = await Project.create({ 'stages/a.ts': stageSource() });
});

afterEach(() => project.remove());

const YAML = `name: demo
concurrency: 2
params: { w: 30 }
context: { seed: [1, { x: 0x10 }], day: 2024-05-01 }
stages:
  first:
    uses: ./stages/a.ts
    with: { window: "\${w}" }
    retry: { attempts: 3, delay: 1s }
  "1.10":
    uses: ./stages/a.ts#Named
    needs: [first]
  "1.1":
    uses: ./stages/a.ts
    needs: [1.10, first]
`;

const TOML = `name = "demo"
concurrency = 2
params.w = 30

[context]
seed = [1, { x = 0x10 }]
day = 2024-05-01

[stages.first]
uses = "./stages/a.ts"
with.window = "\${w}"
retry = { attempts = 3, delay = "1s" }

[stages."1.10"]
uses = "./stages/a.ts#Named"
needs = ["first"]

[stages."1.1"]
uses = './stages/a.ts'
needs = [1.10, "first"]
`;

const TOML_LIST = `name = "demo"
concurrency = 2
params = { w = 30 }
context = { seed = [1, { x = 16 }], day = "2024-05-01" }
[[stages]]
id = "first"
uses = "./stages/a.ts"
[stages.with]
window = "\${w}"
[stages.retry]
attempts = 3
delay = "1s"
[[stages]]
id = 1.10
uses = "./stages/a.ts#Named"
needs = ["first"]
[[stages]]
id = "1.1"
uses = "./stages/a.ts"
needs = ["1.10", "first"]
`;

const JSON5 = `// A comment.
{
  name: 'demo', concurrency: +2, params: { w: 30 },
  context: { seed: [1, { x: 0x10 },], day: '2024-05-01' },
  stages: {
    first: { uses: './stages/a.ts', with: { window: '\${w}' }, retry: { attempts: 3, delay: '1s' } },
    '1.10': { uses: './stages/a.ts#Named', needs: ['first'] },
    "1.1": { uses: './stages/a.ts', needs: [1.10, 'first'] }, /* the last */
  },
}
`;

const JSONC = JSON5.replaceAll(/([{ ])(\w+):/g, '$1"$2":')
  .replaceAll("'", '"')
  .replace('+2', '2')
  .replace('0x10', '16');

/** Without places, which differ from format to format. */
function withoutPlaces(definition: unknown): unknown {
  return JSON.parse(JSON.stringify(definition, (key, value) => (key === 'at' ? undefined : value)));
}

describe('a config', () => {
  test('means the same in YAML, TOML, JSON5 and JSONC', async () => {
    const texts = {
      'a.pipeline.yaml': YAML,
      'a.pipeline.toml': TOML,
      'list.toml': TOML_LIST,
      'a.json5': JSON5,
      'a.jsonc': JSONC,
    };
    await project.write(texts);
    const definitions: unknown[] = [];
    for (const file of Object.keys(texts)) {
      definitions.push(withoutPlaces((await accepted(project, { file })).definition));
    }
    for (const definition of definitions) expect(definition).toEqual(definitions[0]);
    expect(definitions[0]).toMatchObject({
      context: { seed: [1, { x: 16 }], day: '2024-05-01' },
      stages: [{ id: 'first' }, { id: '1.10' }, { id: '1.1', needs: ['1.10', 'first'] }],
    });
  });

  test.each([
    [
      'a.toml',
      'name = "x"\n[stages.a]\nuses = "./stages/a.ts"\nwith.window = 1\nretri = 2\n',
      ['CONFIG_UNKNOWN_KEY 5:1'],
    ],
    [
      'a.toml',
      'name = "x"\n[stages.a]\nneeds = ["b"]\n',
      ['STAGE_USES_MISSING 2:9', 'DEPENDENCY_UNKNOWN 3:10'],
    ],
    [
      'a.json5',
      "{ name: 'x',\n stages: { a: { uses: './stages/b.ts' } } }",
      ['USES_FILE_MISSING 2:23'],
    ],
    ['a.jsonc', '{ "name": "x", // c\n "stages": { "a": { "uses": 1 } } }', ['CONFIG_TYPE 2:29']],
    ['a.toml', '# nothing\n', ['CONFIG_EMPTY 1:1']],
    ['a.json5', '/* nothing */', ['CONFIG_EMPTY 1:1']],
    ['a.json5', '[1]', ['CONFIG_NOT_A_MAP 1:1']],
    ['a.toml', 'stages = { a = {}, a = {} }\n', ['STAGE_DUPLICATE 1:20']],
  ])('is refused with places: %s %j', async (file, text, expected) => {
    await project.write({ [file]: text });
    expect(placesOf(await refusal(project, { file }), file)).toEqual(expected);
  });

  test.each([
    ['millrace.config.toml', TOML],
    ['millrace.config.json5', JSON5],
    ['millrace.config.jsonc', JSONC],
    ['.millracerc.toml', TOML],
    ['.config/millracerc.json5', JSON5.replaceAll('./stages', '../stages')],
  ])('is found as %s', async (name, text) => {
    await project.write({ [name]: text, 'deep/er/x.txt': '' });
    const loaded = await accepted(project, { cwd: project.path('deep/er') });
    expect(loaded.file).toBe(project.path(name));
  });

  test('of an unknown ending is told what endings there are', async () => {
    await project.write({ 'a.ini': 'name = x' });
    const [found] = await refusal(project, { file: 'a.ini' });
    expect(found).toMatchObject({
      code: 'CONFIG_FORMAT',
      expected: expect.stringMatching('.toml'),
    });
  });
});

test('a package.json is not followed into other files while a config is looked for', async () => {
  const millrace = {
    $import: './package.json',
    name: 'x',
    stages: { a: { uses: './stages/a.ts' } },
  };
  await project.write({ 'package.json': JSON.stringify({ type: 'module', millrace }) });
  const found = await refusal(project);
  expect(found.map(({ code }) => code)).toEqual(['CONFIG_UNKNOWN_KEY']);
});

test('a config that is too large is found without being read', async () => {
  await project.write({
    'millrace.config.toml': new Uint8Array(17 * 1024 * 1024).fill(0x23),
    'deep/er/x.txt': '',
  });
  const [found, ...more] = await refusal(project, { cwd: project.path('deep/er') });
  expect(more).toEqual([]);
  expect(found).toMatchObject({
    code: 'CONFIG_TOO_LARGE',
    message: expect.stringMatching('millrace.config.toml'),
  });
});
