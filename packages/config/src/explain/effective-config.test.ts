import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { loadConfig } from '../load-config.ts';
import type { LoadConfigOptions } from '../loaded-config.ts';
import { accepted } from '../testing-local/outcome.ts';
import { Project } from '../testing-local/project.ts';
import { parsePath } from '../tree/config-path.ts';
import type { Explained, ExplainedValue } from './explained-value.ts';

let project: Project;

const STAGE = `
import { PipelineStage, duration, z } from '@millrace/core';
export default class Score extends PipelineStage.of({
  params: z.object({
    window: z.int().default(20),
    label: z.string().optional(),
    every: duration().prefault('5s'),
    grid: z.object({ x: z.number().default(1), y: z.number().default(2) }).prefault({}),
    token: z.string().optional(),
    header: z.unknown().optional(),
  }).transform((params) => ({ ...params, header: 'Bearer ' + params.token })),
  retry: { attempts: 3, delay: '2s' },
  timeout: '10m',
  critical: false,
}) {
  async run() { return {}; }
}
`;

const FILES = {
  'stages/score.ts': STAGE,
  'base.yaml': `concurrency: 2
stages:
  score: { uses: ./stages/score.ts, with: { window: 5 } }
`,
  'millrace.config.yaml': `extends: base.yaml
name: demo
params: { date: "\${env:DAY:-today}", w: "\${env:W|int:-7}", label: "at \${date}" }
context: { symbols: [A, B], limits: {} }
stages:
  score:
    with: { window: "\${w}", label: "\${label} for \${env:WHO}", every: 1m, grid: { x: 3 }, token: "\${secret:TOKEN}" }
  second: { uses: ./stages/score.ts, retry: { attempts: 2, delay: 2m } }
environments:
  prod: { concurrency: 9, context: { symbols: [C] } }
`,
};

beforeEach(async () => {
  project = await Project.create(FILES);
});

afterEach(() => project.remove());

const env = { TOKEN: 'hunter-two', WHO: 'ann' };

async function explain(path: string, options: LoadConfigOptions = {}): Promise<Explained> {
  const { effective } = await accepted(project, { env, ...options });
  const parsed = parsePath(path);
  const explained = effective.explain(parsed.ok ? parsed.value : []);
  if (explained.ok) return explained.value;
  throw new TypeError(JSON.stringify(explained.problem));
}

async function value(path: string, options: LoadConfigOptions = {}): Promise<ExplainedValue> {
  const explained = await explain(path, options);
  if (explained.kind === 'value') return explained;
  throw new TypeError(`${path} is a map`);
}

describe('a value', () => {
  test('is told with its layer and place, and all that it replaced', async () => {
    const options = { environment: 'prod', set: { concurrency: 12 } };
    expect(await value('concurrency', options)).toEqual({
      kind: 'value',
      path: 'concurrency',
      value: 12,
      origin: {
        kind: 'written',
        layer: 'flag',
        at: { file: '--set concurrency=12', line: 1, column: 1 },
      },
      over: [
        {
          value: 9,
          layer: 'environment',
          at: { file: 'millrace.config.yaml', line: 10, column: 24 },
        },
        { value: 2, layer: 'base', at: { file: 'base.yaml', line: 1, column: 14 } },
      ],
      placeholders: [],
    });
  });

  test('made of placeholders is told with what they stand for, params with theirs in turn', async () => {
    const file = 'millrace.config.yaml';
    expect(await value('stages.score.with.label')).toMatchObject({
      value: 'at today for ann',
      written: `\${label} for \${env:WHO}`,
      placeholders: [
        {
          kind: 'param',
          path: 'params.label',
          value: 'at today',
          layer: 'file',
          at: { file, line: 3 },
          placeholders: [
            {
              kind: 'param',
              source: `\${date}`,
              value: 'today',
              placeholders: [{ kind: 'env', name: 'DAY', from: 'default', value: 'today' }],
            },
          ],
        },
        { kind: 'env', name: 'WHO', from: 'variable', value: 'ann' },
      ],
    });
    expect(await value('stages.score.with.window')).toMatchObject({
      value: 7,
      written: `\${w}`,
      over: [{ value: 5, layer: 'base' }],
    });
  });

  test('inside a list that was replaced whole is told with what was at its place', async () => {
    expect(await value('context.symbols[0]', { environment: 'prod' })).toMatchObject({
      value: 'C',
      origin: { layer: 'environment' },
      over: [{ value: 'A', layer: 'file', at: { line: 4, column: 22 } }],
    });
    expect(await value('context.symbols', { environment: 'prod' })).toMatchObject({
      value: ['C'],
      over: [{ value: ['A', 'B'] }],
    });
  });

  test('that a schema reads as something else is told with what the stage gets', async () => {
    expect(await value('stages.score.with.every')).toMatchObject({
      value: '1m',
      read: 60_000,
      unit: 'ms',
    });
    expect(await value('stages.score.with.window')).not.toHaveProperty('read');
  });

  test('that holds a secret is told by its placeholder alone', async () => {
    const explained = await value('stages.score.with.token');
    expect(explained).toMatchObject({
      value: `\${secret:TOKEN}`,
      placeholders: [{ kind: 'secret', name: 'TOKEN' }],
    });
    expect(explained).not.toHaveProperty('read');
    for (const path of ['', 'stages', 'stages.score', 'stages.score.with']) {
      const { effective } = await accepted(project, { env });
      const parsed = parsePath(path);
      const all = effective.explain(parsed.ok ? parsed.value : []);
      expect(JSON.stringify(all)).not.toContain('hunter');
    }
  });
});

describe('a value that is written nowhere', () => {
  test.each([
    ['stages.second.with.window', 20, 'schema'],
    ['stages.second.with.every', 5000, 'schema'],
    ['stages.score.with.grid.y', 2, 'schema'],
    ['stages.second.with.label', undefined, 'schema'],
    ['stages.score.timeout', '10m', 'class'],
    ['stages.score.critical', false, 'class'],
    ['stages.score.retry.attempts', 3, 'class'],
    ['stages.score.retry.delay', '2s', 'class'],
    ['stages.score.retry.backoff', 'exponential', 'millrace'],
    ['stages.score.retry.maxDelay', '1m', 'millrace'],
    ['stages.second.retry.jitter', true, 'millrace'],
    ['stages.second.retry.maxDelay', '2m', 'millrace'],
    ['stages.score.grace', '5s', 'millrace'],
    ['stages.score.needs', [], 'millrace'],
    ['stages.score.fallback', undefined, 'millrace'],
    ['durability', 'strict', 'millrace'],
    ['failureMode', 'no-new', 'millrace'],
    ['onFailure', 'keep', 'millrace'],
    ['store', 'sqlite:.millrace/millrace.db', 'millrace'],
    ['logging.level', 'info', 'millrace'],
    ['inputs', [], 'millrace'],
    ['description', undefined, 'millrace'],
  ])('%s is %j, and told who says so: %s', async (path, expected, by) => {
    expect(await value(path)).toMatchObject({
      path,
      value: expected,
      origin: { kind: 'default', by },
      over: [],
    });
  });

  test('of a stage is not told when the config has errors, but all that is written is', async () => {
    const loaded = await loadConfig({ cwd: project.folder, env, set: { concurency: 1 } });
    const effective = loaded.ok ? undefined : loaded.problem.effective;
    const of = (...path: string[]): unknown => effective?.explain(path);
    expect(of('stages', 'score', 'with', 'window')).toMatchObject({
      ok: true,
      value: { value: 7 },
    });
    expect(of('durability')).toMatchObject({ value: { value: 'strict' } });
    expect(of('stages', 'score', 'timeout')).toMatchObject({
      value: { value: undefined, origin: { by: 'unknown' } },
    });
    expect(JSON.stringify(loaded)).not.toContain('hunter');
  });
});

describe('a part of a config', () => {
  test('is told value by value, with the defaults that it leaves open', async () => {
    const part = await explain('stages.score');
    const lines =
      part.kind === 'map'
        ? part.values.map(({ path, value, origin }) => {
            const by = origin.kind === 'written' ? origin.layer : origin.by;
            return `${path} ${JSON.stringify(value)} ${by}`;
          })
        : [];
    expect(lines).toEqual(
      expect.arrayContaining([
        'stages.score.uses "./stages/score.ts" base',
        'stages.score.with.window 7 file',
        'stages.score.with.grid.x 3 file',
        'stages.score.with.grid.y 2 schema',
        'stages.score.timeout "10m" class',
        'stages.score.retry.jitter true millrace',
      ]),
    );
    expect(new Set(lines.map((line) => line.split(' ')[0])).size).toBe(lines.length);
  });

  test('that is empty is a value', async () => {
    expect(await explain('context.limits')).toMatchObject({ kind: 'value', value: {} });
  });

  test('that is a section of defaults alone is told as well', async () => {
    const logging = await explain('logging');
    expect(logging.kind === 'map' && logging.values.map(({ path }) => path)).toEqual([
      'logging.level',
    ]);
  });

  test('is the whole config, for an empty path', async () => {
    const whole = await explain('');
    const paths = whole.kind === 'map' ? whole.values.map(({ path }) => path) : [];
    expect(paths).toEqual(expect.arrayContaining(['name', 'params.date', 'durability']));
    expect(paths).not.toContain('environments');
  });
});

describe('a path that leads nowhere', () => {
  test.each([
    ['stages.scroe.with', { owner: 'stages', part: 'scroe', known: ['score', 'second'] }],
    ['stages.second.with.widnow', { owner: 'stages.second.with', part: 'widnow' }],
    ['stages.score.retry.delai', { owner: 'stages.score.retry', part: 'delai' }],
    ['concurency', { owner: '', part: 'concurency' }],
    ['name.x', { owner: 'name', part: 'x', known: [] }],
    ['context.symbols[7]', { owner: 'context.symbols', part: '7', known: [] }],
    ['constructor', { owner: '', part: 'constructor' }],
    ['environments.prod', { owner: '', part: 'environments' }],
  ])('%s is told with how far it leads', async (path, expected) => {
    const { effective } = await accepted(project, { env });
    const parsed = parsePath(path);
    const explained = effective.explain(parsed.ok ? parsed.value : []);
    expect(explained).toMatchObject({ ok: false, problem: expected });
  });

  test('is answered with the names that are known there', async () => {
    const { effective } = await accepted(project, { env });
    const known = (...path: string[]): readonly string[] => {
      const explained = effective.explain(path);
      return explained.ok ? [] : explained.problem.known;
    };
    expect(known('stages', 'second', 'with', 'x')).toEqual(
      expect.arrayContaining(['window', 'every', 'label']),
    );
    expect(known('x')).toEqual(expect.arrayContaining(['concurrency', 'stages', 'store']));
  });
});

test('parts of a value that is one secret are not shown', async () => {
  const loaded = await accepted(project, {
    env: { ...env, DB: '{ "user": "scott", "pass": "tiger" }' },
    set: { 'stages.score.with.header': `\${secret:DB|json}` },
  });
  expect(loaded.effective.explain(['stages', 'score', 'with', 'header', 'pass'])).toMatchObject({
    ok: true,
    value: { path: 'stages.score.with.header', value: `\${secret:DB|json}` },
  });
  const shown = `${loaded.effective.toYaml()}${JSON.stringify([loaded.effective.toData(), loaded.effective.values()])}`;
  expect(shown).not.toMatch(/scott|tiger|hunter/);
});

test('the whole is a config that loads to the same pipeline', async () => {
  const first = await accepted(project, { env, environment: 'prod' });
  await project.write({ 'again.yaml': first.effective.toYaml() });
  const again = await accepted(project, { env, file: 'again.yaml' });
  const plain = (definition: unknown): unknown =>
    JSON.parse(JSON.stringify(definition, (key, inner) => (key === 'at' ? undefined : inner)));
  expect(plain(again.definition)).toEqual(plain(first.definition));
});
