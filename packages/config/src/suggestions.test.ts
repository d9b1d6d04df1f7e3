import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { Diagnostic } from '@millrace/core';
import { refusal } from './testing-local/outcome.ts';
import { Project } from './testing-local/project.ts';
import { specSource, stageSource } from './testing-local/stage-source.ts';

let project: Project;

beforeEach(async () => {
  project = await Project.create({
    'stages/a.ts': stageSource(),
    'stages/out.ts': specSource('outputs: z.object({ rows: z.array(z.string()) })'),
    'stages/in.ts': specSource('inputs: z.object({ rows: z.unknown() })'),
    'shared/prep.yaml': 'stages: { one: { uses: ../stages/out.ts } }\n',
    'data/a.csv': '1\n',
  });
});

afterEach(() => project.remove());

async function refused(text: string): Promise<readonly Diagnostic[]> {
  await project.write({ 'millrace.config.yaml': text });
  return refusal(project);
}

/** What each problem of the stages suggests. */
async function helpFor(stages: string): Promise<unknown[]> {
  const found = await refused(`name: x\nparams: { w: 5 }\nstages:\n${stages}`);
  return found.map(({ code, help }) => [code, help]);
}

describe('what was probably meant is suggested for', () => {
  test.each([
    [
      'the folder of a stage file',
      '  s: { uses: ./stage/a.ts }\n',
      ['USES_FILE_MISSING', 'did you mean "./stages/a.ts"?'],
    ],
    [
      'the folder and the file',
      '  s: { uses: ./stage/b.ts }\n',
      ['USES_FILE_MISSING', 'did you mean "./stages/a.ts"?'],
    ],
    [
      'the folder of a pattern',
      '  s: { uses: ./stages/a.ts, files: ["date/*.csv"] }\n',
      ['FILES_MISSING', 'did you mean "data/*.csv"?'],
    ],
    [
      'the kind of a placeholder',
      `  s: { uses: ./stages/a.ts, description: "\${evn:X}" }\n`,
      ['PLACEHOLDER_SYNTAX', 'did you mean "env"?'],
    ],
    [
      'the id of a listed stage',
      '  - { uses: ./stages/a.ts, di: s }\n',
      ['STAGE_ID_MISSING', 'did you mean "id"?'],
    ],
    [
      'a key of a fallback',
      '  s: { uses: ./stages/a.ts, fallback: { uses: ./stages/a.ts, wiht: {} } }\n',
      ['CONFIG_UNKNOWN_KEY', 'did you mean "with"?'],
    ],
    [
      'a key that another tool has',
      '  s: { class: ./stages/a.ts }\n',
      ['CONFIG_UNKNOWN_KEY', 'it is called "uses" here'],
    ],
    [
      'a field of a matrix',
      '  s: { uses: ./stages/a.ts, matrix: { k: [1], inclde: [{ k: 2 }] } }\n',
      ['CONFIG_UNKNOWN_KEY', 'did you mean "include"?'],
    ],
    [
      'a pipeline that is needed',
      '  prep: { pipeline: ./shared/prep.yaml }\n  s: { uses: ./stages/a.ts, needs: [prpe] }\n',
      ['DEPENDENCY_UNKNOWN', 'did you mean "prep"?'],
    ],
    [
      'a repeated stage that is needed',
      '  load: { uses: ./stages/a.ts, matrix: { k: [1] } }\n  s: { uses: ./stages/a.ts, needs: [laod] }\n',
      ['DEPENDENCY_UNKNOWN', 'did you mean "load"?'],
    ],
    [
      'the key of what is gathered',
      '  o: { uses: ./stages/out.ts, matrix: { k: [a] } }\n  s: { uses: ./stages/in.ts, needs: [o], reads: { rows: "row[*]" } }\n',
      ['GATHER_EMPTY', 'did you mean "rows[*]"?'],
    ],
  ])('%s', async (_name, stages, expected) => {
    expect(await helpFor(stages)).toEqual([expected]);
  });
});

describe('what a section that is misspelt would have held is not missed', () => {
  test('by placeholders, when it would have held params', async () => {
    const found = await refused(
      `name: x\nstages:\n  s: { uses: ./stages/a.ts, with: { window: "\${w}" } }\nparms: { w: 5 }\n`,
    );
    expect(found.map(({ code, at }) => [code, at?.line])).toEqual([['CONFIG_UNKNOWN_KEY', 4]]);
    const list = await refused(
      `name: x\nparams: [w]\nstages:\n  s: { uses: ./stages/a.ts, with: { window: "\${w}" } }\n`,
    );
    expect(list.map(({ code, at }) => [code, at?.line])).toEqual([['CONFIG_TYPE', 2]]);
  });

  test('by the stage that uses the pipeline inside', async () => {
    await project.write({
      'shared/prep.yaml': 'parms: { w: 5 }\ninput: [rows]\nstgaes: { one: {} }\n',
    });
    const found = await refused(`name: x
stages:
  prep:
    pipeline: ./shared/prep.yaml
    params: { w: 6 }
    reads: { rows: rows }
    stages: { one: { timeout: 5m } }
`);
    const places = found.map(({ code, at }) => `${code} ${at?.file}:${at?.line}`);
    expect(places.filter((place) => place.includes('prep.yaml'))).toEqual([
      'CONFIG_UNKNOWN_KEY shared/prep.yaml:1',
      'CONFIG_UNKNOWN_KEY shared/prep.yaml:2',
      'CONFIG_UNKNOWN_KEY shared/prep.yaml:3',
    ]);
    expect(places.filter((place) => /PARAM|INPUT|PATCH/.test(place))).toEqual([]);
  });
});

describe('the place to correct is told where a value', () => {
  test('is one of a matrix', async () => {
    const [found] = await refused(`name: x
stages:
  s:
    uses: ./stages/a.ts
    matrix: { w: [5, 1] }
    with: { window: "\${matrix.w}" }
`);
    expect(found).toMatchObject({
      code: 'PARAMS_INVALID',
      at: { line: 6, column: 21 },
      related: [{ message: 'matrix.w is set here', at: { line: 5, column: 22 } }],
    });
  });

  test('is no list that a matrix could go through, and comes from a param', async () => {
    const [found] = await refused(
      `name: x\nparams: { l: 5 }\nstages:\n  s: { uses: ./stages/a.ts, matrix: { w: "\${l}" } }\n`,
    );
    expect(found).toMatchObject({
      code: 'CONFIG_TYPE',
      related: [{ message: 'params.l is set here', at: { line: 2, column: 14 } }],
    });
  });

  test('cannot be a part of a text', async () => {
    const [found] = await refused(
      `name: x\nparams: { l: [5] }\nstages:\n  s: { uses: ./stages/a.ts, description: "a \${l}" }\n`,
    );
    expect(found).toMatchObject({
      code: 'PLACEHOLDER_NOT_TEXT',
      related: [{ message: 'params.l is set here', at: { line: 2, column: 14 } }],
    });
  });

  test('is given to a pipeline inside, also where that has a param of the same name', async () => {
    await project.write({
      'shared/prep.yaml': `params: { w: 5 }\nstages: { one: { uses: ../stages/a.ts, with: { window: "\${w}" } } }\n`,
    });
    const [found] = await refused(
      `name: x\nparams: { w: 9, v: 1 }\nstages:\n  p: { pipeline: ./shared/prep.yaml, params: { w: "\${v}" } }\n`,
    );
    expect(found).toMatchObject({
      code: 'PARAMS_INVALID',
      at: { file: 'shared/prep.yaml', line: 2 },
      related: [{ message: 'params.v is set here', at: { line: 2, column: 20 } }],
    });
  });

  test('is the key that a pipeline inside reads from around it', async () => {
    await project.write({
      'shared/prep.yaml': 'inputs: [rows]\nstages: { one: { uses: ../stages/in.ts } }\n',
    });
    const [found] = await refused(
      'name: x\nstages:\n  p: { pipeline: ./shared/prep.yaml, reads: { rows: rwos } }\n',
    );
    expect(found).toMatchObject({
      code: 'INPUT_MISSING',
      at: { file: 'millrace.config.yaml', line: 3, column: 53 },
    });
  });
});

test('environments that are no map are refused in whichever file they stand', async () => {
  await project.write({ 'base.yaml': 'environments: [prod]\n' });
  const found = await refused(
    'extends: ./base.yaml\nname: x\nstages: { s: { uses: ./stages/a.ts } }\nenvironments: { dev: {} }\n',
  );
  expect(found).toMatchObject([{ code: 'CONFIG_TYPE', at: { file: 'base.yaml', line: 1 } }]);
});

test('keys below one that lost its own are told at that one', async () => {
  const found = await refused(
    'name: x\nstages:\n  a:\n    uses: ./stages/a.ts\n    b:\n    uses: ./stages/a.ts\n',
  );
  expect(found).toMatchObject([
    {
      code: 'CONFIG_DUPLICATE_KEY',
      at: { line: 5, column: 5 },
      help: 'indent what belongs to "b" deeper than "b" itself',
    },
  ]);
});
