import { mkdir, symlink } from 'node:fs/promises';
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
const STAGE = 'stages: { a: { uses: ./stages/a.ts } }\n';

describe('a config that extends another one', () => {
  test('is laid over it: maps deeply, lists and single values whole', async () => {
    await project.write({
      'base.yaml': `
store: sqlite:base.db
concurrency: 2
logging: { level: debug, dir: logs }
inputs: [one, two]
context: { limits: { low: 1, high: 9 } }
stages:
  a: { uses: ./stages/a.ts, with: { window: 5, label: base }, timeout: 1m }
  b: { uses: ./stages/a.ts, needs: [a] }
`,
      [CONFIG]: `
extends: ./base.yaml
name: mine
logging: { level: warn }
inputs: [three]
context: { limits: { high: 7 } }
stages:
  a: { with: { window: 30 }, timeout: 5m }
  c: { uses: ./stages/a.ts, needs: [b] }
`,
    });
    const loaded = await accepted(project);
    expect(loaded).toMatchObject({
      store: 'sqlite:base.db',
      logging: { level: 'warn', dir: 'logs' },
      definition: {
        name: 'mine',
        concurrency: 2,
        inputs: ['three'],
        context: { limits: { low: 1, high: 7 } },
        stages: [
          { id: 'a', with: { window: 30, label: 'base' }, options: { timeoutMs: 300_000 } },
          { id: 'b', needs: ['a'] },
          { id: 'c', needs: ['b'] },
        ],
      },
    });
  });

  test('in a list wins over all, later bases over earlier ones, in every format', async () => {
    await project.write({
      'one.yaml': 'name: one\nconcurrency: 1\nstore: memory\ndescription: one\n',
      'two.json': '{ "name": "two", "concurrency": 2, "description": "two" }',
      'three.ts': `export default () => ({ name: 'three', concurrency: 3 });`,
      [CONFIG]: `extends: [one.yaml, ./two.json, three.ts]\nname: mine\n${STAGE}`,
    });
    const { definition, store } = await accepted(project);
    expect(definition).toMatchObject({ name: 'mine', concurrency: 3, description: 'two' });
    expect(store).toBe('memory');
  });

  test('remembers of each value its layer, its place and what it replaced', async () => {
    await project.write({
      'low.yaml': 'stages:\n  a:\n    with: { window: 5 }\n',
      'sub/high.yaml': 'extends: ../low.yaml\nstages: { a: { with: { window: 6 } } }\n',
      [CONFIG]: `extends: [low.yaml, sub/high.yaml]\nname: x\nstages:\n  a:\n    uses: ./stages/a.ts\n    with:\n      window: 7\n`,
    });
    const { tree } = await accepted(project);
    const window = nodeAt(tree, ['stages', 'a', 'with', 'window']);
    const places =
      window &&
      chainOf(window).map(({ span: { source, start } }) => {
        const { file, line, column } = source.locate(start);
        return `${source.layer} ${file}:${line}:${column}`;
      });
    expect(places).toEqual([
      `file ${CONFIG}:7:15`,
      'base sub/high.yaml:2:32',
      'base low.yaml:3:21',
    ]);
  });

  test('merges stages by id, listed in one file and a map in the other', async () => {
    await project.write({
      'base.yaml':
        'stages:\n  - { id: a, uses: ./stages/a.ts }\n  - { id: 1.10, uses: ./stages/a.ts, needs: [a] }\n',
      [CONFIG]: `extends: base.yaml\nname: x\nstages:\n  1.10: { with: { window: 4 } }\n`,
      'list.yaml': `extends: ${CONFIG}\nstages:\n  - { id: a, with: { window: 3 } }\n  - { id: z, uses: ./stages/a.ts }\n`,
    });
    const { definition } = await accepted(project, { file: 'list.yaml' });
    expect(definition.stages.map(({ id, with: params }) => [id, params])).toEqual([
      ['a', { window: 3 }],
      ['1.10', { window: 4 }],
      ['z', {}],
    ]);
  });

  test('shares its pipelines and its environments with it', async () => {
    await project.write({
      'base.yaml': `
environments: { prod: { concurrency: 9 } }
pipelines:
  daily: { stages: [{ id: a, uses: ./stages/a.ts }] }
`,
      [CONFIG]: `
extends: base.yaml
concurrency: 3
environments: { prod: { store: memory } }
pipelines: { daily: { stages: { a: { with: { window: 8 } } } } }
`,
    });
    const plain = await accepted(project);
    expect(plain.definition).toMatchObject({ concurrency: 3, stages: [{ with: { window: 8 } }] });
    const prod = await accepted(project, { environment: 'prod' });
    expect([prod.definition.concurrency, prod.store]).toEqual([9, 'memory']);
  });

  test('may meet one base by several ways, which is read once', async () => {
    await project.write({
      'root.mjs': `globalThis.timesRead = (globalThis.timesRead ?? 0) + 1; export default { concurrency: 5 };`,
      'left.yaml': 'extends: root.mjs\n',
      'right.yaml': 'extends: ./root.mjs\n',
      [CONFIG]: `extends: [left.yaml, right.yaml]\nname: x\n${STAGE}`,
    });
    expect((await accepted(project)).definition.concurrency).toBe(5);
    expect(Reflect.get(globalThis, 'timesRead')).toBe(1);
    Reflect.deleteProperty(globalThis, 'timesRead');
  });

  test('may stand on 20 others, and on no more', async () => {
    const chain = (length: number): Record<string, string> =>
      Object.fromEntries(
        Array.from({ length }, (_, i) => [
          `b${i + 1}.yaml`,
          i + 1 === length ? 'concurrency: 6\n' : `extends: b${i + 2}.yaml\n`,
        ]),
      );
    await project.write({ ...chain(20), [CONFIG]: `extends: b1.yaml\nname: x\n${STAGE}` });
    expect((await accepted(project)).definition.concurrency).toBe(6);
    await project.write(chain(21));
    expect(placesOf(await refusal(project))).toEqual(['EXTENDS_TOO_DEEP b20.yaml:1:10']);
    // Also where the deep part is known already, from a shorter way.
    await project.write({ [CONFIG]: `extends: [b2.yaml, b1.yaml]\nname: x\n${STAGE}` });
    expect(placesOf(await refusal(project))).toEqual([`EXTENDS_TOO_DEEP b1.yaml:1:10`]);
  });
});

describe('a class that a base names', () => {
  test('is found from the folder of the base, whatever the config means by the same text', async () => {
    await project.write({
      'shared/stages/a.ts': stageSource('export class Other {}').replace(
        'default(20)',
        'default(99)',
      ),
      'shared/base.yaml': `
params: { file: ./stages/a.ts }
stages:
  low: { uses: ./stages/a.ts }
  up: { uses: ../stages/a.ts#Named }
  filled: { uses: "\${file}", fallback: { uses: ./stages/a.ts } }
`,
      [CONFIG]: `extends: shared/base.yaml\nname: x\nstages: { mine: { uses: ./stages/a.ts } }\n`,
    });
    const { definition, pipeline, modules } = await accepted(project);
    expect(definition.stages.map(({ uses }) => uses)).toEqual([
      './shared/stages/a.ts',
      './stages/a.ts#Named',
      './shared/stages/a.ts',
      './stages/a.ts',
    ]);
    expect(definition.stages[2]?.fallback).toMatchObject({ uses: './shared/stages/a.ts' });
    expect(pipeline.stages.map(({ params }) => params.value)).toEqual(
      [99, 20, 99, 20].map((window) => ({ window })),
    );
    expect(modules.get('./shared/stages/a.ts')?.file).toBe(project.path('shared/stages/a.ts'));
  });

  test('that does not exist is told as the base writes it', async () => {
    await project.write({
      'shared/stages/load.ts': stageSource(),
      'shared/base.yaml': 'stages:\n  a: { uses: ./stages/laod.ts#Named }\n',
      [CONFIG]: 'extends: shared/base.yaml\nname: x\n',
    });
    expect(await refusal(project)).toMatchObject([
      {
        code: 'USES_FILE_MISSING',
        message: 'there is no file "./stages/laod.ts" beside base.yaml',
        at: { file: 'shared/base.yaml', line: 2, column: 14 },
        help: 'did you mean "./stages/load.ts"?',
      },
    ]);
  });

  test('may lie in a package that only the base depends on', async () => {
    const packaged = 'node_modules/shared/node_modules/quant';
    await project.write({
      [`${packaged}/package.json`]: '{ "name": "quant", "type": "module", "exports": "./q.js" }',
      [`${packaged}/q.js`]: stageSource().replaceAll(/: StageScope<.*?>/g, ''),
      'node_modules/shared/package.json': '{ "name": "shared" }',
      'node_modules/shared/base.yaml': 'stages: { a: { uses: "quant#Named" } }\n',
      [CONFIG]: 'extends: ./node_modules/shared/base.yaml\nname: x\n',
    });
    expect((await accepted(project)).modules.get('quant#Named')?.file).toBe(
      project.path(`${packaged}/q.js`),
    );
  });
});

describe('what cannot be extended', () => {
  test.each([
    ['a number', 'extends: 5\n', 'EXTENDS_INVALID 1:10'],
    ['nothing', 'extends:\n', 'EXTENDS_INVALID 1:1'],
    ['a map', 'extends: { file: x }\n', 'EXTENDS_INVALID 1:10'],
    ['an empty text', 'extends: [""]\n', 'EXTENDS_INVALID 1:11'],
    ['a placeholder', `extends: ["./\${env:X:-base}.yaml"]\n`, 'EXTENDS_INVALID 1:11'],
    ['too many', `extends: [${'./a.yaml,'.repeat(21)}]\n`, 'EXTENDS_INVALID 1:1'],
    ['a file that is not there', 'extends: ./bse.yaml\n', 'EXTENDS_MISSING 1:10'],
    ['a file outside', 'extends: ../outside.yaml\n', 'EXTENDS_OUTSIDE 1:10'],
    ['an absolute path outside', 'extends: /etc/passwd\n', 'EXTENDS_OUTSIDE 1:10'],
    ['itself', `extends: [base.yaml, ./${CONFIG}]\n`, 'EXTENDS_CYCLE 1:22'],
    ['a folder', 'extends: ./stages\n', 'CONFIG_UNREADABLE'],
    ['an ending of no config', 'extends: ./package.txt\n', 'CONFIG_FORMAT'],
    ['a list as a config', 'extends: ./list.yaml\n', 'CONFIG_NOT_A_MAP list.yaml:1:1'],
  ])('%s is refused at its place, with what else is wrong', async (_name, text, place) => {
    await project.write({ 'base.yaml': STAGE, 'list.yaml': '- a\n', 'package.txt': '' });
    // Neither a name nor stages are missed, which the base may have.
    const found = await refusedPlaces(project, `${text}concurency: 5\n`);
    expect(found.sort()).toEqual([place, 'CONFIG_UNKNOWN_KEY 2:1'].sort());
  });

  test('is answered with a near name or the closed circle', async () => {
    await project.write({
      'base.yaml': 'extends: sub/b.yaml\n',
      'sub/b.yaml': 'extends: ["../base.yml", ../base.yaml]\n',
      [CONFIG]: 'extends: base.yaml\nname: x\n',
    });
    expect(await refusal(project)).toMatchObject([
      { code: 'EXTENDS_MISSING', help: 'did you mean "../base.yaml"?' },
      { code: 'EXTENDS_CYCLE', got: 'base.yaml -> sub/b.yaml -> base.yaml' },
    ]);
  });

  test('is a file that is larger than a config may be', async () => {
    await project.write({
      'base.yaml': `# ${'x'.repeat(300)}\n`,
      [CONFIG]: 'extends: base.yaml\n',
    });
    const [found] = await refusal(project, { maxBytes: 200 });
    expect(found).toMatchObject({ code: 'CONFIG_TOO_LARGE', expected: 'at most 200 bytes' });
  });

  test('is a link that leads out of the project', async () => {
    const other = await Project.create({ 'secret.yaml': 'name: secret\n' });
    try {
      await mkdir(project.path('sub'));
      await symlink(other.path('secret.yaml'), project.path('sub/link.yaml'));
      expect(await refusedPlaces(project, `extends: sub/link.yaml\nname: x\n${STAGE}`)).toEqual([
        'EXTENDS_OUTSIDE 1:10',
      ]);
    } finally {
      await other.remove();
    }
  });

  test('is told together with what else is wrong with other files', async () => {
    await project.write({
      'one.yaml': 'name: [\n',
      'two.yaml': 'a: 1\na: 2\n',
      [CONFIG]: `extends: [one.yaml, two.yaml, three.yaml]\nname: x\n${STAGE}`,
    });
    expect(placesOf(await refusal(project)).sort()).toEqual([
      'CONFIG_DUPLICATE_KEY two.yaml:2:1',
      'CONFIG_SYNTAX one.yaml:1:7',
      'EXTENDS_MISSING 1:31',
    ]);
  });

  test('below the top is named with where it belongs', async () => {
    await project.write({ 'base.yaml': '' });
    const text = `
environments: { prod: { extends: base.yaml, pipelines: { p: { environments: {} } } } }
pipelines:
  p: { extends: base.yaml, environments: {}, stages: { a: { uses: ./stages/a.ts } } }
`;
    expect(await refusedPlaces(project, text)).toEqual([
      'CONFIG_KEY_MISPLACED 2:25',
      'CONFIG_KEY_MISPLACED 2:63',
      'CONFIG_KEY_MISPLACED 4:8',
      'CONFIG_KEY_MISPLACED 4:28',
    ]);
  });
});

test('a stage of a base that is misspelt is answered with the one that was meant', async () => {
  await project.write({
    'base.yaml': 'stages: { score: { uses: ./stages/a.ts } }\n',
    [CONFIG]: 'extends: base.yaml\nname: x\nstages:\n  scroe: { with: { window: 5 } }\n',
  });
  expect(await refusal(project)).toMatchObject([
    { code: 'STAGE_USES_MISSING', help: 'did you mean "score"?', at: { line: 4, column: 3 } },
  ]);
});

test('a base is never imported when its text is refused', async () => {
  await project.write({
    'base.mjs': `globalThis.baseRan = true; export default {};`,
    [CONFIG]: 'extends: base.mjs\nname: [\n',
  });
  await refusal(project);
  expect(Reflect.get(globalThis, 'baseRan')).toBeUndefined();
});
