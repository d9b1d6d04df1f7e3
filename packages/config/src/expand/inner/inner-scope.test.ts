import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { Project } from '../../testing-local/project.ts';
import { type ExpandedText, expandText, expectBlamed } from '../testing-local/expand-text.ts';

let project: Project;

beforeEach(async () => {
  project = await Project.create({
    'shared/prep.yaml': `name: prep
store: memory
concurrency: 9
params: { window: 5, label: plain }
inputs: [prices]
context: { seed: [1] }
stages:
  ingest: { uses: ./ingest.ts, with: { w: "\${window}", l: "\${label}", e: "\${env:HOME:-none}" } }
  clean: { uses: ./clean.ts, needs: [ingest], reads: { rows: bars, extra: prices } }
`,
  });
});

afterEach(() => project.remove());

async function expand(text: string, env: Record<string, string> = {}): Promise<ExpandedText> {
  return expandText(text, { folder: project.folder, env });
}

async function stagesOf(text: string, env: Record<string, string> = {}): Promise<ExpandedText> {
  const result = await expand(text, env);
  expect(result.diagnostics).toEqual([]);
  return result;
}

describe('a stage that is a pipeline', () => {
  test('becomes the stages of its file, with ids and keys of their own', async () => {
    const { stages, context, expansion } = await stagesOf(`
context: { given: 1 }
stages:
  load: { uses: ./load.ts }
  prep: { pipeline: ./shared/prep.yaml, needs: [load] }
  report: { uses: ./report.ts, needs: [prep] }
`);
    expect(stages).toEqual({
      load: { uses: './load.ts' },
      'prep/ingest': {
        uses: './ingest.ts',
        with: { w: 5, l: 'plain', e: 'none' },
        needs: ['load'],
      },
      'prep/clean': {
        uses: './clean.ts',
        needs: ['prep/ingest'],
        reads: { rows: 'prep/bars', extra: 'prices' },
      },
      report: { uses: './report.ts', needs: ['prep/clean'] },
    });
    expect(context).toEqual({ 'prep/seed': [1], given: 1 });
    expect(expansion.facts.get('prep/ingest')).toEqual({ namespace: 'prep/' });
    expect([...expansion.scope.planned].map(({ id }) => id)).toEqual(['load', 'prep', 'report']);
  });

  test('is given params, keys, tags and changes of its stages', async () => {
    const { stages } = await stagesOf(
      `
params: { mine: 30 }
stages:
  prep:
    pipeline: shared/prep.yaml
    params: { window: "\${mine}", label: "$\${window} \${env:WHO}" }
    reads: { prices: raw }
    writes: { bars: daily }
    tags: [slow]
    stages:
      clean: { with: { keep: "$\${label}", mine: "\${mine}" }, tags: [own, slow], timeout: 5m }
`,
      { WHO: 'me' },
    );
    expect(stages).toEqual({
      'prep/ingest': {
        uses: './ingest.ts',
        with: { w: 30, l: `\${window} me`, e: 'none' },
        tags: ['slow'],
      },
      'prep/clean': {
        uses: './clean.ts',
        needs: ['prep/ingest'],
        reads: { rows: 'daily', extra: 'raw' },
        with: { keep: `\${label}`, mine: 30 },
        tags: ['own', 'slow'],
        timeout: '5m',
      },
    });
  });

  test('keeps a secret that it is given a secret', async () => {
    const { expansion } = await stagesOf(
      `
stages:
  prep:
    pipeline: ./shared/prep.yaml
    params: { label: "Bearer \${secret:TOKEN}" }
    stages: { clean: { with: { t: "$\${x} \${secret:TOKEN}" } } }
`,
      { TOKEN: 's3cret' },
    );
    const redacted: string[] = [];
    JSON.stringify(expansion.tree, (key, value) => {
      if (key === 'source' || key === 'from') return undefined;
      if (value instanceof Map) return Object.fromEntries(value);
      if (key === 'redacted') redacted.push(value);
      return value;
    });
    expect(redacted).toEqual([`Bearer \${secret:TOKEN}`, `$\${x} \${secret:TOKEN}`]);
  });

  test('is repeated whole by a matrix', async () => {
    const { stages } = await stagesOf(`
stages:
  prep:
    pipeline: ./shared/prep.yaml
    matrix: { symbol: [SPY, QQQ] }
    params: { label: "\${matrix.symbol}" }
    reads: { prices: "raw[\${matrix.symbol}]" }
  one: { uses: a, needs: ["prep[SPY]"] }
  all: { uses: a, needs: [prep] }
  direct: { uses: a, needs: [prep/ingest, "prep[QQQ]/clean"] }
`);
    expect(Object.keys(stages)).toEqual([
      'prep[SPY]/ingest',
      'prep[SPY]/clean',
      'prep[QQQ]/ingest',
      'prep[QQQ]/clean',
      'one',
      'all',
      'direct',
    ]);
    expect(stages['prep[QQQ]/ingest']?.with).toMatchObject({ l: 'QQQ' });
    expect(stages['prep[QQQ]/clean']?.reads).toEqual({
      rows: 'prep[QQQ]/bars',
      extra: 'raw[QQQ]',
    });
    expect(stages.one?.needs).toEqual(['prep[SPY]/clean']);
    expect(stages.all?.needs).toEqual(['prep[SPY]/clean', 'prep[QQQ]/clean']);
    expect(stages.direct?.needs).toEqual([
      'prep[SPY]/ingest',
      'prep[QQQ]/ingest',
      'prep[QQQ]/clean',
    ]);
  });

  test('may hold pipelines and repeated stages itself, each file beside the one that names it', async () => {
    await project.write({
      'outer/middle.yaml': `
params: { n: 1 }
inputs: [feed]
stages:
  start: { uses: a }
  deep: { pipeline: ./sub/low.yaml, needs: [start], params: { m: "\${n}" }, reads: { raw: feed }, writes: { out: result } }
  end: { uses: b, needs: [deep, "deep/one[2]"], reads: { r: result, all: "deep/parts[*]" } }
`,
      'outer/sub/low.yaml': `
params: { m: 0 }
inputs: [raw]
stages:
  one: { uses: x, matrix: { k: [1, 2] }, with: { m: "\${m}" }, reads: { a: raw } }
  two: { uses: y, needs: [one], writes: { z: out } }
`,
    });
    const { stages, expansion } = await stagesOf(`
stages:
  mid: { pipeline: ./outer/middle.yaml, params: { n: 7 }, stages: { deep: { stages: { two: { timeout: 1m } } } } }
`);
    expect(stages).toEqual({
      'mid/start': { uses: 'a' },
      'mid/deep/one[1]': { uses: 'x', with: { m: 7 }, needs: ['mid/start'], reads: { a: 'feed' } },
      'mid/deep/one[2]': { uses: 'x', with: { m: 7 }, needs: ['mid/start'], reads: { a: 'feed' } },
      'mid/deep/two': {
        uses: 'y',
        needs: ['mid/deep/one[1]', 'mid/deep/one[2]'],
        writes: { z: 'mid/result' },
        timeout: '1m',
      },
      'mid/end': {
        uses: 'b',
        needs: ['mid/deep/two', 'mid/deep/one[2]'],
        reads: { r: 'mid/result', all: 'mid/deep/parts[*]' },
      },
    });
    expect(expansion.facts.get('mid/deep/one[2]')).toEqual({
      namespace: 'mid/deep/',
      writeSuffix: '[2]',
    });
  });

  test('may be one of several of a file, and of this file', async () => {
    await project.write({
      'many.yaml':
        'pipelines: { a: { stages: { x: { uses: a } } }, b: { stages: { y: { uses: b } } } }',
    });
    const text = `
params: { shared: 1 }
pipelines:
  main: { stages: { p: { pipeline: other }, q: { pipeline: "./many.yaml#b" } } }
  other: { params: { own: 2 }, stages: { x: { uses: x, with: { s: "\${shared}", o: "\${own}" } } } }
`;
    const result = await expandText(text, { folder: project.folder, pipeline: 'main' });
    expect(result.diagnostics).toEqual([]);
    expect(result.stages).toEqual({
      'p/x': { uses: 'x', with: { s: 1, o: 2 } },
      'q/y': { uses: 'b' },
    });
  });

  test('may be a file of any format that extends another one', async () => {
    await project.write({
      'base.json': '{ "params": { "w": 1 }, "stages": [{ "id": "x", "uses": "a" }] }',
      'top.mjs': `export default { extends: './base.json', stages: { x: { with: { w: '$' + '{w}' } } } };`,
    });
    const { stages } = await stagesOf('stages:\n  p: { pipeline: ./top.mjs, params: { w: 3 } }\n');
    expect(stages).toEqual({ 'p/x': { uses: 'a', with: { w: 3 } } });
  });

  test('passes what waits for it on where it holds pipelines only', async () => {
    await project.write({
      'one.yaml': 'stages: { x: { uses: a } }',
      'two.yaml':
        'stages: { a: { pipeline: ./one.yaml }, b: { pipeline: ./one.yaml, needs: [a] } }',
    });
    const { stages } = await stagesOf(`
stages:
  first: { uses: a }
  p: { pipeline: ./two.yaml, needs: [first] }
  last: { uses: a, needs: [p] }
`);
    expect(Object.entries(stages).map(([id, { needs }]) => [id, needs])).toEqual([
      ['first', undefined],
      ['p/a/x', ['first']],
      ['p/b/x', ['p/a/x']],
      ['last', ['p/b/x']],
    ]);
  });
});

describe('a stage that is a pipeline is refused', () => {
  const stage = (fields: string): string => `stages:\n  p: { ${fields} }\n`;
  const prep = 'pipeline: ./shared/prep.yaml';

  test.each([
    [
      'of a file that is not there',
      'pipeline: ./shared/perp.yaml',
      'PIPELINE_FILE_MISSING ./shared',
    ],
    ['out of the project', 'pipeline: ../x.yaml', 'PIPELINE_OUTSIDE ../x'],
    ['of no name', 'pipeline: "./shared/prep.yaml#"', 'PIPELINE_NAME_INVALID "./shared'],
    ['of an unknown name', 'pipeline: prep', 'PIPELINE_UNKNOWN prep'],
    ['of an unknown name of a file', 'pipeline: "./shared/prep.yaml#x"', 'PIPELINE_UNKNOWN "./sh'],
    ['of no text', 'pipeline: [1]', 'CONFIG_TYPE [1]'],
    ['that is a class as well', `${prep}, uses: a`, 'STAGE_USES_AND_PIPELINE uses'],
    ['with a field of a class', `${prep}, timeout: 5m`, 'CONFIG_UNKNOWN_KEY timeout'],
    ['with an unknown param', `${prep}, params: { windw: 5 }`, 'PARAM_UNKNOWN windw'],
    ['with an unknown input', `${prep}, reads: { price: raw }`, 'PIPELINE_INPUT_UNKNOWN price'],
    [
      'with an unknown stage',
      `${prep}, stages: { cleen: { with: {} } }`,
      'STAGE_PATCH_UNKNOWN cleen',
    ],
    [
      'that reads and writes a key apart',
      `${prep}, reads: { prices: a }, writes: { prices: b }`,
      'PIPELINE_OUTPUT_UNKNOWN prices: b',
    ],
    [
      'that asks for inputs',
      `${prep}, when: size(inputs.x) > 0`,
      'CONDITION_INVALID size(inputs.x)',
    ],
    ['that asks for unknown params', `${prep}, when: params.no > 0`, 'CONDITION_INVALID params.no'],
    ['that has a faulty condition', `${prep}, when: params.window >`, 'CONDITION_SYNTAX  }'],
    ['by a placeholder that is unknown', `pipeline: "\${nope}"`, `PARAM_UNKNOWN \${nope}`],
  ])('%s, at its place', async (_name, fields, expected) => {
    const text = stage(fields);
    expectBlamed(text, await expand(text), [expected]);
  });

  test.each([
    ['pipeline: ./shared/perp.yaml', 'did you mean "./shared/prep.yaml"?'],
    [`${prep}, params: { windw: 5 }`, 'did you mean "window"?'],
    [`${prep}, stages: { cleen: {} }`, 'did you mean "clean"?'],
    [`${prep}, reads: { price: raw }`, 'did you mean "prices"?'],
    [`${prep}, tgas: []`, 'did you mean "tags"?'],
    [`${prep}, when: params.windw > 0`, 'did you mean "window"?'],
  ])('with what was meant: %s', async (fields, help) => {
    const { diagnostics } = await expand(stage(fields));
    expect(diagnostics.map((diagnostic) => diagnostic.help)).toEqual([help]);
  });

  test('at the place in its own file, once for all that use it', async () => {
    await project.write({
      'bad.yaml': `concurency: 4
context: 5
stages:
  x: { uses: a, with: { w: "\${no}" }, matrix: { k: [] } }
  y: { uses: a, when: "params.x >" }
`,
    });
    const result = await expand(`stages:
  p: { pipeline: ./bad.yaml, matrix: { k: [1, 2, 3] } }
  q: { pipeline: ./bad.yaml }
`);
    expectBlamed('', result, [
      'CONFIG_UNKNOWN_KEY bad.yaml:1:1',
      'CONFIG_TYPE bad.yaml:2:10',
      'MATRIX_EMPTY bad.yaml:4:52',
      'CONDITION_SYNTAX bad.yaml:5:34',
    ]);
  });

  test('when its file cannot be read, with what is wrong there', async () => {
    await project.write({ 'bad.yaml': 'stages: [', 'none.yaml': 'name: x' });
    const text =
      'stages:\n  p: { pipeline: ./bad.yaml }\n  q: { pipeline: ./none.yaml, needs: [p] }\n';
    const result = await expand(text);
    expect(result.diagnostics.map(({ code, at }) => [code, at?.file])).toEqual([
      ['CONFIG_SYNTAX', 'bad.yaml'],
      ['STAGES_MISSING', 'none.yaml'],
    ]);
    expect(result.expansion.isComplete).toBe(false);
  });

  test('when it has no stages', async () => {
    await project.write({ 'none.yaml': 'stages: {}' });
    const text = stage('pipeline: ./none.yaml');
    expectBlamed(text, await expand(text), ['PIPELINE_EMPTY ./none.yaml']);
  });

  test('when its file has several pipelines and none is chosen', async () => {
    await project.write({
      'many.yaml': 'pipelines: { a: { stages: {} }, b: { stages: {} } }',
    });
    const text = stage('pipeline: ./many.yaml');
    const result = await expand(text);
    expectBlamed(text, result, ['PIPELINE_NOT_CHOSEN ./many.yaml']);
    expect(result.diagnostics[0]?.help).toBe('name the one to use: ./many.yaml#a');
  });

  test('in a circle, which is closed in the message', async () => {
    await project.write({
      'a.yaml': 'stages: { x: { pipeline: ./b.yaml } }',
      'b.yaml': 'stages: { y: { pipeline: ./c.yaml } }',
      'c.yaml': 'stages: { z: { pipeline: ./b.yaml } }',
    });
    const { diagnostics } = await expand(stage('pipeline: ./a.yaml'));
    expect(diagnostics).toMatchObject([
      {
        code: 'PIPELINE_CYCLE',
        got: 'b.yaml -> c.yaml -> b.yaml',
        at: { file: 'c.yaml', line: 1, column: 26 },
      },
    ]);
  });

  test('in a circle of pipelines of one file, through the config itself', async () => {
    const text =
      'pipelines:\n  a: { stages: { x: { pipeline: b } } }\n  b: { stages: { y: { pipeline: a } } }\n';
    const result = await expandText(text, { folder: project.folder, pipeline: 'a' });
    expectBlamed(text, result, ['PIPELINE_CYCLE a } } }']);
    expect(result.diagnostics[0]?.got).toBe('x.yaml#a -> x.yaml#b -> x.yaml#a');
  });

  test('deeper than anybody means it', async () => {
    const files = Object.fromEntries(
      Array.from({ length: 30 }, (_, index) => [
        `f${index}.yaml`,
        `stages: { x: { pipeline: ./f${index + 1}.yaml } }`,
      ]),
    );
    await project.write({ ...files, 'f30.yaml': 'stages: { x: { uses: a } }' });
    const { diagnostics } = await expand(stage('pipeline: ./f0.yaml'));
    expect(diagnostics).toMatchObject([{ code: 'PIPELINE_TOO_DEEP', at: { file: 'f19.yaml' } }]);
  });
});
