import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { Diagnostic } from '@millrace/core';
import { loadConfig } from '../load-config.ts';
import type { LoadConfigOptions } from '../loaded-config.ts';
import { renderDiagnostics } from '../report/render-diagnostics.ts';
import { accepted, placesOf, refusal } from '../testing-local/outcome.ts';
import { Project } from '../testing-local/project.ts';
import { specSource, stageSource } from '../testing-local/stage-source.ts';

let project: Project;

beforeEach(async () => {
  project = await Project.create({
    'stages/a.ts': stageSource(),
    'stages/out.ts': specSource('outputs: z.object({ rows: z.array(z.string()) })'),
    'stages/in.ts': specSource(
      'inputs: z.object({ rows: z.unknown(), count: z.number().optional() })',
    ),
    'shared/prep.yaml': `params: { w: 5 }
stages:
  one: { uses: ../stages/a.ts, with: { window: "\${w}" } }
  two: { uses: ../stages/out.ts, needs: [one] }
`,
  });
});

afterEach(() => project.remove());

async function refused(
  stages: string,
  options: LoadConfigOptions = {},
): Promise<readonly Diagnostic[]> {
  await project.write({ 'millrace.config.yaml': `name: x\nstages:\n${stages}` });
  return refusal(project, options);
}

describe('a fault of a stage class is told at the text that every instance was made of', () => {
  test('once, in the value of the matrix that brings it about', async () => {
    const found = await refused(
      `  s: { uses: ./stages/a.ts, matrix: { w: [5, 1, 0] }, with: { window: "\${matrix.w}" } }\n`,
    );
    expect(placesOf(found)).toEqual(['PARAMS_INVALID 3:71']);
    expect(found[0]?.message).toContain('stage "s[1]"');
  });

  test('inside the file of a pipeline, for all that use it', async () => {
    const found = await refused(`  p: { pipeline: ./shared/prep.yaml, params: { w: 1 } }
  q: { pipeline: ./shared/prep.yaml, matrix: { k: [1, 2] }, params: { w: 0 } }
`);
    expect(placesOf(found)).toEqual(['PARAMS_INVALID shared/prep.yaml:3:48']);
  });

  test('with a code frame of that file', async () => {
    await project.write({
      'millrace.config.yaml':
        'name: x\nstages:\n  p: { pipeline: ./shared/prep.yaml, params: { w: 1 } }\n',
    });
    const loaded = await loadConfig({ cwd: project.folder, env: {} });
    const text = loaded.ok ? '' : renderDiagnostics(loaded.problem.diagnostics, loaded.problem);
    expect(text).toContain('--> shared/prep.yaml:3:48');
    expect(text).toContain('3 |   one: { uses: ../stages/a.ts, with: { window:');
  });

  test('where a class of a pipeline is not there', async () => {
    await project.write({ 'shared/bad.yaml': 'stages: { x: { uses: ./nope.ts } }' });
    const found = await refused('  p: { pipeline: ./shared/bad.yaml, matrix: { k: [1, 2] } }\n');
    expect(placesOf(found)).toEqual(['USES_FILE_MISSING shared/bad.yaml:1:22']);
  });
});

describe('what is gathered is refused', () => {
  const source = '  s: { uses: ./stages/out.ts, matrix: { k: [a, b] } }\n';

  test.each([
    ['[s], reads: { rows: "rows[c]" }', 'INPUT_MISSING 4:57'],
    ['[s], reads: { rows: "row[*]" }', 'GATHER_EMPTY 4:57'],
    ['[], reads: { rows: "rows[*]" }', 'GATHER_EMPTY 4:56'],
    ['[s], reads: { rows: "rows[*,*]" }', 'GATHER_EMPTY 4:57'],
  ])('%s', async (needs, expected) => {
    const found = await refused(`${source}  r: { uses: ./stages/in.ts, needs: ${needs} }\n`);
    expect(placesOf(found)).toEqual([expected]);
  });

  test('with what is there, and what to need', async () => {
    const helpOf = async (needs: string): Promise<Diagnostic | undefined> =>
      (await refused(`${source}  r: { uses: ./stages/in.ts, needs: ${needs} }\n`))[0];
    expect(await helpOf('[s], reads: { rows: "row[*]" }')).toMatchObject({
      expected: 'keys such as rows[a], rows[b]',
    });
    expect(await helpOf('[], reads: { rows: "rows[*]" }')).toMatchObject({
      help: 'add "s" to the `needs` of stage "r": needs: [s]',
    });
    expect(await helpOf('[s], reads: { rows: "other[*]" }')).toMatchObject({
      help: 'write one of these keys, with [*] for all labels',
    });
  });

  test('with how a key is read that has no label', async () => {
    const single = '  s: { uses: ./stages/out.ts }\n';
    const helpOf = async (key: string): Promise<string | undefined> =>
      (
        await refused(
          `${single}  r: { uses: ./stages/in.ts, needs: [s], reads: { rows: "${key}" } }\n`,
        )
      )[0]?.help;
    expect(await helpOf('rows[*]')).toBe(
      '"rows" is one key, so read it without brackets: reads: { rows: rows }',
    );
    expect(await helpOf('other[*]')).toBe(
      'no stage that writes keys is repeated: give the writer a matrix, or name a key without brackets',
    );
  });

  test('once for a repeated reader, where the label of what it reads is left out', async () => {
    const found = await refused(
      `${source}  r: { uses: ./stages/in.ts, needs: [s], matrix: { k: [a, b] } }\n`,
    );
    expect(placesOf(found)).toEqual(['INPUT_MISSING 4:3']);
    expect(found[0]?.help).toContain(`reads: { rows: "rows[\${matrix.NAME}]" }`);
  });

  test('before any class is loaded, together with what keeps them from it', async () => {
    const found = await refused(
      `${source}  r: { uses: ./stages/in.ts, reads: { rows: "rows[*]" } }
  t: { uses: ./stages/in.ts, timeout: 5 }\n`,
    );
    expect(placesOf(found)).toEqual(['GATHER_EMPTY 4:45', 'CONFIG_TYPE 5:39']);
  });
});

test('a key that no stage of a pipeline writes cannot be given', async () => {
  const found = await refused('  p: { pipeline: ./shared/prep.yaml, writes: { row: all } }\n');
  // The class of its first stage may write any key.
  expect(found).toEqual([]);
  await project.write({ 'shared/two.yaml': 'stages: { x: { uses: ../stages/out.ts } }' });
  expect(
    await refused('  p: { pipeline: ./shared/two.yaml, writes: { row: all } }\n'),
  ).toMatchObject([
    {
      code: 'PIPELINE_OUTPUT_UNKNOWN',
      at: { line: 3, column: 47 },
      expected: 'one of rows',
      help: 'did you mean "rows"?',
    },
  ]);
});

test('a condition on an input that the class does not declare is told with those it does', async () => {
  const found = await refused(
    `  o: { uses: ./stages/out.ts }
  s: { uses: ./stages/in.ts, needs: [o], when: "inputs.cuont > 0 && has(inputs.rows)" }
`,
  );
  expect(found).toMatchObject([
    {
      code: 'CONDITION_INPUT_UNKNOWN',
      at: { line: 4, column: 49 },
      expected: 'one of rows, count',
      help: 'did you mean "count"?',
    },
  ]);
});

test('a condition on a param that the class does not know is told with those it does', async () => {
  const found = await refused(
    `  s: { uses: ./stages/a.ts, when: 'params.windw > 3 && params.label == "x"' }\n`,
  );
  expect(found).toMatchObject([
    {
      code: 'CONDITION_PARAM_UNKNOWN',
      at: { line: 3, column: 36 },
      expected: 'one of window, label',
      help: 'did you mean "window"?',
    },
  ]);
});

test('a slip in the key that makes a stage a pipeline is told as such', async () => {
  expect(placesOf(await refused('  p: { pipline: ./shared/prep.yaml }\n'))).toEqual([
    'CONFIG_UNKNOWN_KEY 3:8',
  ]);
  expect(placesOf(await refused('  s: { uses: ./stages/a.ts, matrx: { a: [1] } }\n'))).toEqual([
    'CONFIG_UNKNOWN_KEY 3:29',
  ]);
});

describe('a value given from outside', () => {
  const yaml = `name: x
params: { day: mon }
stages:
  s: { uses: ./stages/a.ts, matrix: { k: [5, 6] }, with: { window: "\${matrix.k}" } }
  p: { pipeline: ./shared/prep.yaml }
  q: { pipeline: ./shared/prep.yaml, matrix: { k: [5, 6] } }
`;

  async function paramsOf(set: Readonly<Record<string, unknown>>): Promise<unknown> {
    await project.write({ 'millrace.config.yaml': yaml });
    const { definition } = await accepted(project, { set });
    return Object.fromEntries(
      definition.stages
        .filter(({ id }) => id.startsWith('s[') || id.endsWith('one'))
        .map(({ id, with: given }) => [id, (given as { window: number }).window]),
    );
  }

  test.each([
    ['stages.s.with.window', { 's[5]': 9, 's[6]': 9 }],
    ['stages."s[6]".with.window', { 's[5]': 5, 's[6]': 9 }],
    ['stages.p.stages.one.with.window', { 'p/one': 9, 'q[5]/one': 5 }],
    ['stages."p/one".with.window', { 'p/one': 9, 'q[5]/one': 5 }],
    ['stages.p.params.w', { 'p/one': 9, 'q[5]/one': 5 }],
    ['stages."q[6]/one".with.window', { 'p/one': 5, 'q[5]/one': 5, 'q[6]/one': 9 }],
    ['stages."q[6]".params.w', { 'q[5]/one': 5, 'q[6]/one': 9 }],
    ['stages."q/one".with.window', { 'p/one': 5, 'q[5]/one': 9, 'q[6]/one': 9 }],
  ])('reaches %s', async (path, expected) => {
    expect(await paramsOf({ [path]: 9 })).toMatchObject(expected);
  });

  test.each([
    ['stages."s[7]".with.window', 'INSTANCE_UNKNOWN'],
    ['stages."q[7]/one".with.window', 'INSTANCE_UNKNOWN'],
    ['stages.p.stages.on.with.window', 'STAGE_PATCH_UNKNOWN'],
    ['stages."p/on".with.window', 'STAGE_PATCH_UNKNOWN'],
    ['stages."t[5]".with.window', 'SET_STAGE_UNKNOWN'],
    ['stages.p.params.v', 'PARAM_UNKNOWN'],
  ])('is refused at the flag where there is no such stage: %s', async (path, code) => {
    await project.write({ 'millrace.config.yaml': yaml });
    const found = await refusal(project, { set: { [path]: 9 } });
    expect(placesOf(found)).toEqual([`${code} --set ${path}=9`]);
  });

  test('holds for the params that all pipelines of a file share', async () => {
    await project.write({
      'millrace.config.yaml': `params: { w: 5 }
pipelines:
  main: { stages: { p: { pipeline: inner }, q: { pipeline: own } } }
  inner: { stages: { s: { uses: ./stages/a.ts, with: { window: "\${w}" } } } }
  own: { params: { w: 7 }, stages: { s: { uses: ./stages/a.ts, with: { window: "\${w}" } } } }
`,
    });
    const { definition } = await accepted(project, { pipeline: 'main', params: { w: 9 } });
    expect(definition.stages.map(({ with: given }) => given)).toEqual([
      { window: 9 },
      { window: 7 },
    ]);
  });
});

test('an environment changes instances and pipelines as it changes stages', async () => {
  await project.write({
    'shared/prep.yaml': `params: { w: 5 }
environments: { prod: { params: { w: 6 } } }
stages: { one: { uses: ../stages/a.ts, with: { window: "\${w}" } } }
`,
    'millrace.config.yaml': `name: x
environments:
  prod:
    stages:
      "s[2]": { with: { window: 20 } }
      p: { stages: { one: { with: { label: prod } } } }
      r: { pipeline: ./shared/prep.yaml, params: { w: 8 } }
stages:
  s: { uses: ./stages/a.ts, foreach: { k: [1, 2] }, with: { window: 10 } }
  p: { pipeline: ./shared/prep.yaml }
`,
  });
  const withOf = async (environment?: string): Promise<unknown[]> =>
    (await accepted(project, { environment })).definition.stages.map(({ with: given }) => given);
  expect(await withOf()).toEqual([{ window: 10 }, { window: 10 }, { window: 5 }]);
  expect(await withOf('prod')).toEqual([
    { window: 10 },
    { window: 20 },
    { window: 6, label: 'prod' },
    { window: 8 },
  ]);
});

test('secrets stay known as such, by the path inside each stage', async () => {
  await project.write({
    'shared/prep.yaml': `params: { t: none }
stages: { one: { uses: ../stages/a.ts, with: { label: "x \${t}" } } }
`,
    'millrace.config.yaml': `name: x
params: { token: "Bearer \${secret:TOKEN}" }
stages:
  s: { uses: ./stages/a.ts, matrix: { k: [1] }, with: { label: "\${token}" } }
  p: { pipeline: ./shared/prep.yaml, params: { t: "\${token}" } }
  q: { uses: ./stages/a.ts, fallback: { uses: ./stages/a.ts, with: { label: "\${secret:TOKEN}" } } }
  r: { uses: ./stages/a.ts }
`,
  });
  const { definition, secretPlaces } = await accepted(project, { env: { TOKEN: 's3cret' } });
  const texts = definition.stages.map(({ secrets }) => secrets && Object.fromEntries(secrets));
  expect(texts).toEqual([
    { 'with.label': `Bearer \${secret:TOKEN}` },
    { 'with.label': `x Bearer \${secret:TOKEN}` },
    { 'fallback.with.label': `\${secret:TOKEN}` },
    undefined,
  ]);
  expect([...secretPlaces.keys()]).toContain('stages["p/one"].with.label');
});

test.each([
  [`  s: { uses: ./stages/a.ts, matrix: { k: ["\${secret:T}"] } }\n`, 'MATRIX_LABEL 3:43'],
  [
    `  s: { uses: ./stages/a.ts, matrix: { include: [{ k: "\${secret:T}" }] } }\n`,
    'MATRIX_LABEL 3:54',
  ],
  [`  s: { uses: ./stages/a.ts, when: 'params.a == "\${secret:T}"' }\n`, 'SECRET_MISPLACED 3:35'],
  [
    `  p: { pipeline: ./shared/prep.yaml, when: 'params.w == "\${secret:T}"' }\n`,
    'SECRET_MISPLACED 3:44',
  ],
  [`  p: { pipeline: ./shared/prep.yaml, tags: ["\${secret:T}"] }\n`, 'SECRET_MISPLACED 3:45'],
])('a secret is refused where it would be shown: %s', async (stages, expected) => {
  const found = await refused(stages, { env: { T: 's3cret' } });
  expect(placesOf(found)).toEqual([expected]);
  expect(JSON.stringify(found)).not.toContain('s3cret');
});

test('dependencies are refused at what was written, inside pipelines too', async () => {
  await project.write({
    'shared/bad.yaml':
      'stages: { one: { uses: ../stages/a.ts, needs: [to] }, two: { uses: ../stages/a.ts } }',
  });
  const found = await refused(`  p: { pipeline: ./shared/bad.yaml, needs: [zz] }
  s: { uses: ./stages/a.ts, matrix: { k: [1, 2] }, needs: [p/tow] }
  c: { uses: ./stages/a.ts, matrix: { k: [1, 2] }, needs: [d] }
  d: { uses: ./stages/a.ts, needs: [c] }
`);
  expect(placesOf(found)).toEqual([
    'DEPENDENCY_UNKNOWN shared/bad.yaml:1:48',
    'DEPENDENCY_UNKNOWN 3:45',
    'DEPENDENCY_UNKNOWN 4:60',
    'GRAPH_CYCLIC 5:60',
  ]);
  expect(found.find(({ at }) => at?.line === 4)?.help).toBe('did you mean "p/two"?');
});
