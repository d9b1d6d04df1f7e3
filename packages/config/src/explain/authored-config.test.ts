import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { LoadConfigOptions } from '../loaded-config.ts';
import { accepted } from '../testing-local/outcome.ts';
import { Project } from '../testing-local/project.ts';
import { plainDefinition } from './testing-local/plain-definition.ts';

const STAGES = `
import { PipelineStage, z } from '@millrace/core';

export class Load extends PipelineStage.of({
  params: z.object({ symbol: z.unknown(), day: z.string().optional(), token: z.string().optional() }),
  outputs: z.object({ bars: z.string() }),
}) {
  run() { return { bars: '' }; }
}

export class Score extends PipelineStage.of({
  params: z.object({ window: z.int().default(3), label: z.string().optional() }),
  inputs: z.object({ bars: z.string() }),
  outputs: z.object({ score: z.string() }),
}) {
  run() { return { score: '' }; }
}

export class Report extends PipelineStage.of({
  inputs: z.object({ all: z.array(z.string()) }),
  outputs: z.object({ report: z.string() }),
}) {
  run() { return { report: '' }; }
}

/** Declares nothing. */
export class Loose extends PipelineStage {
  run() { return {}; }
}
`;

const SCORING = `
name: scoring
params: { symbol: SPY, windows: [1, 2], day: never }
inputs: [calendar]
context: { seed: 7 }
environments:
  prod: { params: { windows: [5] }, stages: { load: { timeout: 9m } } }
stages:
  load:
    uses: "../stages/all.ts#Load"
    with: { symbol: "\${symbol}", day: "\${day}" }
    files: ["*.csv"]
  score:
    uses: "../stages/all.ts#Score"
    needs: [load]
    matrix: { window: "\${windows}" }
    with: { window: "\${matrix.window}" }
  loose: { uses: "../stages/all.ts#Loose", with: { any: "\${symbol} for \${env:WHO}" } }
`;

let project: Project;

beforeEach(async () => {
  project = await Project.create({
    'stages/all.ts': STAGES,
    'shared/scoring.yaml': SCORING,
    'shared/bars.csv': '',
    'data/a.csv': '',
    'data/b.csv': '',
  });
});

afterEach(() => project.remove());

const env = { WHO: 'ann', TOKEN: 'hunter-two' };

/** Loads the config, and what it prints for it, which must come to the same. */
async function printed(yaml: string, options: LoadConfigOptions = {}): Promise<string> {
  await project.write({ 'millrace.config.yaml': `name: daily\n${yaml}` });
  const first = await accepted(project, { env, ...options });
  const text = first.effective.toYaml();
  const { environment } = options;
  const files = { 'again.yaml': text, 'again.json': JSON.stringify(first.effective.toData()) };
  for (const [file, content] of Object.entries(files)) {
    await project.write({ [file]: content });
    const isNamed = text.includes('\nenvironments:');
    const again = await accepted(project, { env, file, ...(isNamed ? { environment } : {}) });
    expect({ file, is: plainDefinition(again.definition) }).toEqual({
      file,
      is: plainDefinition(first.definition),
    });
    expect(again.effective.toYaml()).toBe(text);
  }
  return text;
}

const load = (more: string): string =>
  `stages:\n  load:\n    uses: "./stages/all.ts#Load"\n${more}`;

describe('what is printed loads to the same pipeline', () => {
  test('for a stage with a matrix, which is written once with its values', async () => {
    const yaml = `params: { symbols: [SPY, 8, true, "7"], root: data }
${load(`    matrix: { symbol: "\${symbols}" }
    with: { symbol: "\${matrix.symbol}", day: "\${root}/\${matrix.symbol} of \${env:WHO} $\${x}" }
`)}`;
    expect(await printed(yaml)).toBe(`name: daily
params:
  symbols: [SPY, 8, true, "7"]
  root: data
stages:
  load:
    uses: ./stages/all.ts#Load
    matrix:
      symbol: [SPY, 8, true, "7"]
    with:
      symbol: "\${matrix.symbol}"
      day: "data/\${matrix.symbol} of ann $\${x}"
`);
  });

  test.each([
    [
      'include and exclude',
      `    matrix: { symbol: [a, b], k: [1, 2], exclude: [{ symbol: a, k: 2 }], include: [{ symbol: c, extra: x }, { symbol: a, note: n }] }\n    with: { symbol: "\${matrix.symbol}" }\n`,
    ],
    [
      'values that are maps',
      `    matrix: { grid: [{ x: { y: 1 } }, { x: { y: 2 } }] }\n    with: { symbol: "\${matrix.grid.x.y}" }\n`,
    ],
    [
      'lists in step',
      `    foreach: { symbol: [a, b], day: [mo, tu] }\n    with: { symbol: "\${foreach.symbol}", day: "\${foreach.day}" }\n`,
    ],
    [
      'an instance that differs',
      `    matrix: { symbol: [a, b] }\n    with: { symbol: "\${matrix.symbol}" }\n  "load[b]": { timeout: 3m, with: { day: "\${matrix.symbol}!" } }\n`,
    ],
    [
      'a whole matrix in a param',
      `    matrix: "\${grid}"\n    with: { symbol: "\${matrix.k}" }\nparams: { grid: { k: [1, 2] } }\n`,
    ],
    [
      'secrets',
      `    matrix: { symbol: [a, b] }\n    with: { symbol: "\${matrix.symbol}", token: "\${secret:TOKEN} \${matrix.symbol}" }\n`,
    ],
    [
      'files by instance',
      `    matrix: { symbol: [a, b] }\n    files: ["data/\${matrix.symbol}.csv"]\n    with: { symbol: x }\n`,
    ],
    [
      'tags, conditions and a fallback',
      `    matrix: { symbol: [a, b] }\n    tags: [x]\n    when: params.symbol == "\${matrix.symbol}"\n    critical: false\n    fallback: { bars: "\${matrix.symbol}" }\n    with: { symbol: "\${matrix.symbol}" }\n`,
    ],
  ])('for %s', async (_, more) => {
    await printed(load(more));
  });

  test('for numbers whose digits are a part of ids, which only YAML can tell', async () => {
    const options = { env, file: 'digits.yaml' };
    const matrix = 'matrix: { symbol: [1.10, 0x1f, True] }, with: { symbol: x }';
    const stage = `{ uses: "./stages/all.ts#Load", ${matrix} }`;
    await project.write({ 'digits.yaml': `name: digits\nstages: { load: ${stage} }\n` });
    const { effective, definition } = await accepted(project, options);
    await project.write({ 'digits.yaml': effective.toYaml() });
    const again = await accepted(project, options);
    expect(again.definition.stages.map(({ id }) => id)).toEqual([
      'load[1.10]',
      'load[0x1f]',
      'load[True]',
    ]);
    expect(plainDefinition(again.definition)).toEqual(plainDefinition(definition));
  });

  test('for dependencies and keys that name instances and patterns', async () => {
    await printed(`${load(`    matrix: { symbol: [a, b] }
    with: { symbol: "\${matrix.symbol}" }
`)}  score:
    uses: "./stages/all.ts#Score"
    matrix: { window: [1, 2], symbol: [a, b] }
    needs: ["load[\${matrix.symbol}]"]
    reads: { bars: "bars[\${matrix.symbol}]" }
  report:
    uses: "./stages/all.ts#Report"
    needs: ["score[2,*]"]
    reads: { all: "score[2,*]" }
`);
  });

  const INNER = `context: { days: 3 }
stages:
  first:
    pipeline: ./shared/scoring.yaml
    reads: { calendar: days }
    writes: { score: scores }
    tags: [fast]
    when: "\${full}"
  all:
    pipeline: ./shared/scoring.yaml
    needs: [first]
    matrix: { symbol: [QQQ, IWM] }
    params: { symbol: "\${matrix.symbol}", windows: [3] }
    reads: { calendar: days }
    stages:
      load: { timeout: 1m, with: { day: "a $\${b} \${matrix.symbol}" } }
      "score[3]": { timeout: 2m }
  first/load: { timeout: 5m, files: ["data/a.csv"] }
  "all[IWM]": { params: { symbol: XX } }
  "all[QQQ]/load": { timeout: 7m }
params: { full: true }
`;

  test('for pipelines inside others, repeated and changed', async () => {
    await printed(INNER);
    await printed(INNER, { params: { full: false } });
    await printed(INNER, { set: { 'stages.first/load.timeout': '8m' } });
  });

  test('for pipelines inside that have values for the environment, which is to be named again', async () => {
    const yaml = `environments: { prod: { concurrency: 7 } }\n${INNER}`;
    const text = await printed(yaml, { environment: 'prod' });
    expect(text).toContain('\nenvironments:\n  prod: {}\n');
    expect(await printed(yaml)).not.toContain('environments');
  });

  test('for pipelines of the same file, with what the caller gives for all of them', async () => {
    await project.write({
      'many.yaml': `params: { day: monday }
pipelines:
  prep:
    stages:
      load: { uses: "./stages/all.ts#Load", with: { symbol: x, day: "\${day}" } }
  wrap:
    stages:
      prep: { pipeline: prep }
      other: { pipeline: ./shared/scoring.yaml, params: { day: "\${day}" } }
  own:
    params: { day: mine }
    stages: { load: { uses: "./stages/all.ts#Load", with: { symbol: x, day: "\${day}" } } }
  daily:
    stages:
      prep: { pipeline: prep }
      wrap: { pipeline: wrap, matrix: { k: [1, 2] } }
      own: { pipeline: "#own" }
      each: { pipeline: "\${matrix.name}", matrix: { name: [prep, own] } }
      given: { pipeline: prep, params: { day: sunday } }
`,
    });
    const options = { file: 'many.yaml', pipeline: 'daily', env, params: { day: `\${env:WHO}` } };
    const { effective, definition } = await accepted(project, options);
    await project.write({ 'again.yaml': effective.toYaml() });
    const again = await accepted(project, { env, file: 'again.yaml' });
    expect(plainDefinition(again.definition)).toEqual(plainDefinition(definition));
    expect(effective.toYaml()).toContain('pipeline: ./many.yaml#prep');
    expect(effective.toYaml()).toContain('day: ann');
  });

  test('for paths that a base in another folder writes', async () => {
    await project.write({
      'shared/base.yaml': `stages:
  load: { uses: "../stages/all.ts#Load", with: { symbol: x }, files: ["*.csv"] }
  each: { uses: "../stages/\${matrix.m}.ts#Load", matrix: { m: [all] }, with: { symbol: x } }
  inner: { pipeline: scoring.yaml, stages: { load: { files: [bars.csv] } } }
`,
    });
    const text = await printed('extends: shared/base.yaml\ncontext: { calendar: 1 }\n');
    expect(text).toContain('files: ["./shared/*.csv"]');
    expect(text).toContain('pipeline: ./shared/scoring.yaml');
  });
});
