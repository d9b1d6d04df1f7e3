import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { MemoryStore, PipelineExecutor, type RunResult } from '@millrace/core';
import type { LoadConfigOptions } from '../loaded-config.ts';
import { accepted } from '../testing-local/outcome.ts';
import { Project } from '../testing-local/project.ts';

const STAGES = `
import { PipelineStage, z } from '@millrace/core';

export class Load extends PipelineStage.of({
  params: z.strictObject({ symbol: z.string() }),
  outputs: z.object({ bars: z.string() }),
}) {
  run({ params }) { return { bars: 'bars of ' + params.symbol }; }
}

export class Score extends PipelineStage.of({
  params: z.strictObject({ window: z.int() }),
  inputs: z.object({ bars: z.string() }),
  outputs: z.object({ score: z.string() }),
}) {
  run({ inputs, params }) { return { score: inputs.bars + ' over ' + params.window }; }
}

export class Report extends PipelineStage.of({
  inputs: z.object({ all: z.array(z.string()) }),
  outputs: z.object({ report: z.array(z.string()) }),
}) {
  run({ inputs }) { return { report: inputs.all }; }
}

/** Declares nothing. */
export class Loose extends PipelineStage {
  run({ context, params }) { return { [params.write]: 'loose ' + context.get(params.read) }; }
}
`;

let project: Project;

beforeEach(async () => {
  project = await Project.create({ 'all.ts': STAGES });
});

afterEach(() => project.remove());

async function run(yaml: string, options: LoadConfigOptions = {}): Promise<RunResult> {
  await project.write({ 'millrace.config.yaml': `name: x\n${yaml}` });
  const { pipeline, definition } = await accepted(project, options);
  const executor = new PipelineExecutor({ store: new MemoryStore() });
  const context = Object.fromEntries(definition.inputs.map((key) => [key, `given ${key}`]));
  return (await executor.start(pipeline, { context })).result;
}

function statuses({ stages }: RunResult): Record<string, string> {
  return Object.fromEntries(stages.map(({ id, status }) => [id, status]));
}

const REPEATED = `
stages:
  load: { uses: "./all.ts#Load", matrix: { symbol: [SPY, QQQ] }, with: { symbol: "\${matrix.symbol}" } }
  score:
    uses: "./all.ts#Score"
    matrix: { window: [20, 50], symbol: [SPY, QQQ] }
    needs: ["load[\${matrix.symbol}]"]
    reads: { bars: "bars[\${matrix.symbol}]" }
    with: { window: "\${matrix.window}" }
`;

describe('a repeated stage', () => {
  test('writes keys of its own, which a dependant gathers in order', async () => {
    const { status, context } = await run(`${REPEATED}
  report: { uses: "./all.ts#Report", needs: [score], reads: { all: "score[*]" } }
`);
    expect(status).toBe('succeeded');
    expect(context.get('report')).toEqual([
      'bars of SPY over 20',
      'bars of QQQ over 20',
      'bars of SPY over 50',
      'bars of QQQ over 50',
    ]);
    expect(context.get('bars[QQQ]')).toBe('bars of QQQ');
  });

  test('is gathered in part, and only as far as a dependant can see', async () => {
    const { context } = await run(`${REPEATED}
  twenty: { uses: "./all.ts#Report", needs: [score], reads: { all: "score[20,*]" }, writes: { report: twenty } }
  some: { uses: "./all.ts#Report", needs: ["score[50,QQQ]"], reads: { all: "score[*]" }, writes: { report: some } }
  mixed: { uses: "./all.ts#Report", needs: [score], reads: { all: ["score[50,*]", "bars[*]"] }, writes: { report: mixed } }
`);
    expect(context.get('twenty')).toEqual(['bars of SPY over 20', 'bars of QQQ over 20']);
    expect(context.get('some')).toEqual(['bars of QQQ over 50']);
    expect(context.get('mixed')).toEqual([
      'bars of SPY over 50',
      'bars of QQQ over 50',
      'bars of SPY',
      'bars of QQQ',
    ]);
  });

  test('writes where it says, when that differs from instance to instance', async () => {
    const { context } = await run(`
stages:
  load:
    uses: "./all.ts#Load"
    foreach: { symbol: [SPY, VOD], market: [us, uk] }
    with: { symbol: "\${foreach.symbol}" }
    writes: { bars: "bars-\${foreach.market}" }
`);
    expect(context.get('bars-uk')).toBe('bars of VOD');
  });

  test('keeps its instances apart when it declares nothing', async () => {
    const { context, status } = await run(`
context: { a: 1, b: 2 }
stages:
  loose: { uses: "./all.ts#Loose", matrix: { k: [a, b] }, with: { read: "\${matrix.k}", write: out } }
  all: { uses: "./all.ts#Report", needs: [loose], reads: { all: "out[*]" } }
`);
    expect(status).toBe('succeeded');
    expect(context.get('report')).toEqual(['loose 1', 'loose 2']);
  });

  test('runs where its condition holds, which each instance asks for itself', async () => {
    const result = await run(`${REPEATED}
    when: params.window > 20 && inputs.bars.contains("SPY")
`);
    expect(statuses(result)).toMatchObject({
      'score[20,SPY]': 'skipped',
      'score[20,QQQ]': 'skipped',
      'score[50,SPY]': 'succeeded',
      'score[50,QQQ]': 'skipped',
    });
  });
});

describe('a pipeline inside', () => {
  beforeEach(() =>
    project.write({
      'shared/prep.yaml': `
name: prep
params: { symbol: SPY, windows: [1] }
inputs: [prefix]
context: { seed: from the file }
stages:
  load: { uses: "../all.ts#Load", with: { symbol: "\${symbol}" } }
  score: { uses: "../all.ts#Score", needs: [load], matrix: { w: "\${windows}" }, with: { window: "\${matrix.w}" } }
  sum: { uses: "../all.ts#Report", needs: [score], reads: { all: "score[*]" } }
  seen: { uses: "../all.ts#Report", needs: [load], reads: { all: [prefix, seed, bars] }, writes: { report: seen } }
`,
    }),
  );

  test('keeps its keys to itself, and reads what it is given', async () => {
    const { context, status } = await run(`
inputs: [prefix]
stages:
  prep: { pipeline: ./shared/prep.yaml, params: { windows: [5, 6] } }
`);
    expect(status).toBe('succeeded');
    expect(context.get('prep/report')).toEqual(['bars of SPY over 5', 'bars of SPY over 6']);
    expect(context.get('prep/seen')).toEqual(['given prefix', 'from the file', 'bars of SPY']);
    expect(context.get('report')).toBeUndefined();
    expect(context.get('prep/score[6]')).toBe('bars of SPY over 6');
  });

  test('gives the keys that it is asked for, and takes them under other names', async () => {
    const { context } = await run(`
context: { mine: my own }
stages:
  a: { pipeline: ./shared/prep.yaml, reads: { prefix: mine }, writes: { report: sums, score: scores, bars: first } }
  b:
    pipeline: ./shared/prep.yaml
    needs: [a]
    reads: { prefix: first }
    params: { symbol: QQQ }
  all: { uses: "./all.ts#Report", needs: [a], reads: { all: "scores[*]" } }
`);
    expect(context.get('sums')).toEqual(['bars of SPY over 1']);
    expect(context.get('scores[1]')).toBe('bars of SPY over 1');
    expect(context.get('report')).toEqual(['bars of SPY over 1']);
    expect(context.get('a/seen')).toEqual(['my own', 'from the file', 'bars of SPY']);
    expect(context.get('b/seen')).toEqual(['bars of SPY', 'from the file', 'bars of QQQ']);
  });

  test('is gathered from all its instances', async () => {
    const { context } = await run(`
inputs: [prefix]
stages:
  prep: { pipeline: ./shared/prep.yaml, matrix: { s: [SPY, QQQ] }, params: { symbol: "\${matrix.s}" } }
  all: { uses: "./all.ts#Report", needs: [prep], reads: { all: "prep[*]/bars" } }
  deep: { uses: "./all.ts#Report", needs: [prep], reads: { all: "prep[*]/score[1]" }, writes: { report: deep } }
`);
    expect(context.get('report')).toEqual(['bars of SPY', 'bars of QQQ']);
    expect(context.get('deep')).toEqual(['bars of SPY over 1', 'bars of QQQ over 1']);
  });

  test('takes a list where it is given what is gathered', async () => {
    await project.write({
      'shared/list.yaml': `
inputs: [all]
stages: { x: { uses: "../all.ts#Report" }, y: { uses: "../all.ts#Report", reads: { all: all }, writes: { report: again } } }
`,
    });
    const { context } = await run(`${REPEATED}
  list: { pipeline: ./shared/list.yaml, needs: [score], reads: { all: "score[20,*]" } }
`);
    const expected = ['bars of SPY over 20', 'bars of QQQ over 20'];
    expect(context.get('list/report')).toEqual(expected);
    expect(context.get('list/again')).toEqual(expected);
  });

  test('shares keys with stages that declare nothing', async () => {
    await project.write({
      'shared/loose.yaml': `
inputs: [given]
stages:
  first: { uses: "../all.ts#Loose", with: { read: given, write: middle } }
  second: { uses: "../all.ts#Loose", needs: [first], with: { read: middle, write: result } }
`,
    });
    const { context } = await run(`
context: { outer: 1 }
stages:
  p: { pipeline: ./shared/loose.yaml, reads: { given: outer }, writes: { result: out } }
`);
    expect(context.get('p/middle')).toBe('loose 1');
    expect(context.get('out')).toBe('loose loose 1');
  });

  test('is skipped whole where its condition does not hold', async () => {
    const result = await run(`
inputs: [prefix]
stages:
  prep: { pipeline: ./shared/prep.yaml, when: params.symbol == "QQQ" }
`);
    expect(new Set(Object.values(statuses(result)))).toEqual(new Set(['skipped']));
  });
});
