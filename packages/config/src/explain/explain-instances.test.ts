import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { LoadConfigOptions } from '../loaded-config.ts';
import { accepted } from '../testing-local/outcome.ts';
import { Project } from '../testing-local/project.ts';
import { parsePath } from '../tree/config-path.ts';
import type { Explained } from './explained-value.ts';

const STAGE = `
import { PipelineStage, z } from '@millrace/core';

export default class Score extends PipelineStage.of({
  params: z.object({ window: z.int().default(3), label: z.string().optional() }),
  timeout: '10m',
}) {
  run() { return {}; }
}
`;

const FILES = {
  'score.ts': STAGE,
  'base.yaml': `stages:
  score: { with: { window: 5, label: base } }
`,
  'prep.yaml': `params: { symbol: SPY, size: 9 }
stages:
  load: { uses: ./score.ts, with: { label: "\${symbol}", window: "\${size}" } }
  each: { uses: ./score.ts, matrix: { w: [1, 2] }, with: { window: "\${matrix.w}", label: same } }
`,
  'millrace.config.yaml': `extends: base.yaml
name: demo
params: { symbol: OUTER }
stages:
  score:
    uses: ./score.ts
    matrix: { w: [20, 50] }
    with: { window: "\${matrix.w}" }
  "score[50]": { with: { label: own } }
  prep:
    pipeline: ./prep.yaml
    params: { symbol: "\${symbol}" }
    stages: { load: { timeout: 1m } }
  all:
    pipeline: ./prep.yaml
    matrix: { s: [A, B] }
    params: { symbol: "\${matrix.s}" }
`,
};

let project: Project;

beforeEach(async () => {
  project = await Project.create(FILES);
});

afterEach(() => project.remove());

async function explain(path: string, options: LoadConfigOptions = {}): Promise<Explained> {
  const { effective } = await accepted(project, options);
  const parsed = parsePath(path);
  const explained = effective.explain(parsed.ok ? parsed.value : []);
  if (explained.ok) return explained.value;
  throw new TypeError(JSON.stringify(explained.problem));
}

const FILE = 'millrace.config.yaml';

describe('a value of a repeated stage', () => {
  test('is told for an instance with its layer, its line and what it replaced', async () => {
    expect(await explain('stages."score[20]".with.window')).toMatchObject({
      path: 'stages["score[20]"].with.window',
      value: 20,
      written: `\${matrix.w}`,
      origin: { layer: 'file', at: { file: FILE, line: 8 } },
      over: [{ value: 5, layer: 'base', at: { file: 'base.yaml', line: 2 } }],
      placeholders: [
        {
          kind: 'variable',
          name: 'matrix.w',
          shown: { value: 20, layer: 'file', at: { file: FILE, line: 7, column: 19 } },
        },
      ],
    });
    expect(await explain('stages."score[50]".with.label')).toMatchObject({
      value: 'own',
      origin: { at: { line: 9 } },
      over: [{ value: 'base', layer: 'base' }],
    });
  });

  test('is told as it is written, with what its instances have', async () => {
    expect(await explain('stages.score.with.window')).toMatchObject({
      value: `\${matrix.w}`,
      origin: { layer: 'file', at: { file: FILE, line: 8 } },
      over: [{ value: 5, layer: 'base' }],
      instances: [
        { path: 'stages["score[20]"].with.window', value: 20 },
        { path: 'stages["score[50]"].with.window', value: 50 },
      ],
    });
    expect(await explain('stages.score.with.label')).toMatchObject({
      value: 'base',
      instances: [
        { path: 'stages["score[20]"].with.label', value: 'base' },
        { path: 'stages["score[50]"].with.label', value: 'own' },
      ],
    });
    expect(await explain('stages.score.uses')).not.toHaveProperty('instances');
    expect(await explain('stages.score.matrix.w[1]')).toMatchObject({ value: 50 });
    expect(await explain('stages.score.timeout')).toMatchObject({
      value: '10m',
      origin: { by: 'class' },
    });
  });

  test('that a flag sets is told with the flag', async () => {
    const options = { set: { 'stages.score.with.window': 7 } };
    const over = [
      { value: `\${matrix.w}`, layer: 'file' },
      { value: 5, layer: 'base' },
    ];
    for (const path of ['stages.score.with.window', 'stages."score[20]".with.window'])
      expect(await explain(path, options)).toMatchObject({
        value: 7,
        origin: { layer: 'flag' },
        over,
      });
  });
});

describe('a value of a pipeline inside', () => {
  test('is told with the params of that pipeline, and not with those around it', async () => {
    expect(await explain('stages."prep/load".with.label')).toMatchObject({
      value: 'OUTER',
      origin: { layer: 'file', at: { file: 'prep.yaml', line: 3 } },
      placeholders: [
        {
          kind: 'param',
          path: 'stages.prep.params.symbol',
          value: 'OUTER',
          at: { file: FILE, line: 12 },
          over: [{ value: 'SPY', at: { file: 'prep.yaml', line: 1 } }],
        },
      ],
    });
    expect(await explain('stages."prep/load".with.window')).toMatchObject({
      placeholders: [{ kind: 'param', path: 'stages.prep.params.size', value: 9 }],
    });
    expect(await explain('stages.prep.params.size')).toMatchObject({
      value: 9,
      origin: { at: { file: 'prep.yaml' } },
    });
  });

  test('is told with the file that lays it over the pipeline', async () => {
    expect(await explain('stages."prep/load".timeout')).toMatchObject({
      value: '1m',
      origin: { at: { file: FILE, line: 13 } },
    });
  });

  test('is told for a stage without the labels of its instances', async () => {
    expect(await explain('stages."prep/each".with.label')).toMatchObject({
      kind: 'value',
      path: 'stages["prep/each"].with.label',
      value: 'same',
      origin: { at: { file: 'prep.yaml', line: 4 } },
    });
    const differing = await explain('stages."all/load".with.label');
    expect(
      differing.kind === 'map' && differing.values.map(({ path, value }) => [path, value]),
    ).toEqual([
      ['stages["all[A]/load"].with.label', 'A'],
      ['stages["all[B]/load"].with.label', 'B'],
    ]);
    expect(await explain('stages."all[B]/each".with.window')).toMatchObject({ kind: 'map' });
    expect(await explain('stages.all.params.symbol')).toMatchObject({
      value: `\${matrix.s}`,
      instances: [{ value: 'A' }, { value: 'B' }],
    });
    expect(await explain('stages."all[A]".params.symbol')).toMatchObject({ value: 'A' });
  });
});

test('a path that leads nowhere is told with the names that are near', async () => {
  const { effective } = await accepted(project);
  const of = (...path: string[]): unknown => effective.explain(path);
  expect(of('stages', 'scroe[20]', 'with')).toMatchObject({
    problem: {
      owner: 'stages',
      known: expect.arrayContaining(['score', 'score[20]', 'prep/load']),
    },
  });
  expect(of('stages', 'score', 'with', 'widnow')).toMatchObject({
    problem: { owner: 'stages.score.with', known: expect.arrayContaining(['window', 'label']) },
  });
  expect(of('stages', 'all/load', 'with', 'x')).toMatchObject({
    problem: { owner: 'stages["all/load"].with', known: ['label', 'window'] },
  });
  expect(of('stages', 'prep', 'timeout')).toMatchObject({
    problem: { owner: 'stages.prep', known: expect.arrayContaining(['params', 'needs']) },
  });
});
