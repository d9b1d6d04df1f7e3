import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { type Ended, Workspace } from './testing-local/workspace.ts';

// Each test starts several processes.

let space: Workspace;

const CONFIG = `extends: ./base.yaml
name: daily
params:
  day: "\${env:DAY:-today}"
  window: 7
stages:
  score:
    with: { window: "\${window}", label: "\${day}", token: "Bearer \${secret:TOKEN}" }
environments:
  prod: { concurrency: 8, store: "sqlite:prod.db", params: { window: 30 } }
`;

const SCORE = `
import { PipelineStage, type StageScope, z } from 'millrace';

export default class Score extends PipelineStage.of({
  params: z.object({
    window: z.int().default(20),
    label: z.string(),
    token: z.string().optional(),
    rows: z.int().default(100),
  }),
  timeout: '10m',
}) {
  run({ params, stageId }: StageScope<typeof Score>) {
    if (params.window === 13) throw new Error('bad luck');
    return { [stageId]: [params.window, params.label] };
  }
}
`;

beforeEach(() => {
  space = new Workspace('config');
  space.write('millrace.config.yaml', CONFIG);
  space.write('base.yaml', 'concurrency: 2\nstages:\n  score: { uses: ./stages/score.ts }\n');
  space.write('stages/score.ts', SCORE);
});

afterEach(() => space.remove());

const run = (...args: string[]): Promise<Ended> => space.run(args, { TOKEN: 'hunter-two' });

describe('millrace config', () => {
  test('prints the config with all its layers, which is a config again', async () => {
    const { code, stdout } = await run('config', '--env', 'prod', '--param', 'day=monday');
    expect(code).toBe(0);
    expect(stdout).toBe(`name: daily
concurrency: 8
store: sqlite:prod.db
params:
  day: monday
  window: 30
stages:
  score:
    uses: ./stages/score.ts
    with:
      window: 30
      label: monday
      token: "Bearer \${secret:TOKEN}"
`);
    space.write('whole.yaml', stdout);
    const again = await run('config', 'whole.yaml');
    expect(again.stdout).toBe(stdout);
  });

  test('explains a value: what set it, what it replaced, what it is made of', async () => {
    const { stdout } = await run('config', '--env=prod', '--explain', 'stages.score.with.window');
    expect(stdout).toBe(`stages.score.with.window  30

set by   the file, millrace.config.yaml:8:21
  |
8 |     with: { window: "\${window}", label: "\${day}", token: "Bearer \${secret:TOKEN}" }
  |                     ^^^^^^^^^^^
made of  \${window}  params.window = 30, the environment, millrace.config.yaml:10:70
           over 7  the file, millrace.config.yaml:5:11
`);
    const flag = await run('config', '--set', 'concurrency=5', '--explain', 'concurrency');
    expect(flag.stdout).toBe(`concurrency  5

set by   a flag, --set concurrency=5
over     2  a base, base.yaml:1:14
`);
    const label = await run('config', '--explain', 'stages.score.with.label');
    expect(label.stdout).toContain(
      `\${env:DAY:-today}  the default "today", since the environment variable DAY is not set`,
    );
  });

  test('explains what is written nowhere', async () => {
    const linesOf = async (path: string): Promise<string> =>
      (await run('config', '--explain', path)).stdout.replaceAll('\n\n', '\n').trim();
    expect(await linesOf('stages.score.with.rows')).toBe(
      'stages.score.with.rows  100\ndefault  from the params schema of the stage',
    );
    expect(await linesOf('stages.score.timeout')).toBe(
      'stages.score.timeout  "10m"\ndefault  from the class of the stage',
    );
    expect(await linesOf('durability')).toBe('durability  "strict"\ndefault  from Millrace');
    expect(await linesOf('description')).toBe('description  (not set)\ndefault  from Millrace');
  });

  test('explains a part as a table', async () => {
    const { stdout } = await run('config', '--explain', 'stages.score.with');
    expect(stdout.split('\n').map((line) => line.replaceAll(/ {2,}/g, ' | '))).toEqual([
      'path | value | from | place',
      'stages.score.with.window | 7 | file | millrace.config.yaml:8:21',
      'stages.score.with.label | "today" | file | millrace.config.yaml:8:41',
      `stages.score.with.token | "Bearer \${secret:TOKEN}" | file | millrace.config.yaml:8:58`,
      'stages.score.with.rows | 100 | default of schema',
      '',
    ]);
  });

  test('answers a program with JSON, without secrets', async () => {
    const whole = await run('config', '--json');
    expect(JSON.parse(whole.stdout)).toMatchObject({
      pipeline: 'daily',
      file: space.path('millrace.config.yaml'),
      config: { concurrency: 2, stages: { score: { with: { window: 7 } } } },
      values: expect.arrayContaining([
        expect.objectContaining({
          path: 'concurrency',
          origin: {
            kind: 'written',
            layer: 'base',
            at: { file: 'base.yaml', line: 1, column: 14 },
          },
        }),
      ]),
    });
    const one = await run('config', '--json', '--env', 'prod', '--explain', 'concurrency');
    expect(JSON.parse(one.stdout)).toMatchObject({
      environment: 'prod',
      kind: 'value',
      value: 8,
      over: [{ value: 2, layer: 'base' }],
    });
    expect(whole.stdout + one.stdout).not.toContain('hunter');
  });

  test('refuses a path that leads nowhere with what was meant', async () => {
    const { code, stdout, stderr } = await run('config', '--explain', 'stages.scroe.with');
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain(
      'error[CONFIG_PATH_UNKNOWN]: stages has no "scroe" to explain\n  help: did you mean "score"?',
    );
    const bad = await run('config', '--explain', 'a..b');
    expect(bad.stderr).toMatch(/^error\[USAGE\]: --explain: the path "a\.\.b" cannot be read/);
  });

  test('explains a value of a config that is refused, and says why it is', async () => {
    const { code, stdout, stderr } = await run(
      'config',
      '--set=stages.score.with.rows=many',
      '--set=concurency=1',
      '--explain=stages.score.with.rows',
    );
    expect(code).toBe(2);
    expect(stdout).toMatch(/^stages\.score\.with\.rows {2}"many"\n\nset by {3}a flag, --set/);
    expect(stderr).toContain('error[CONFIG_UNKNOWN_KEY]');
  });
});

describe('an environment', () => {
  test('is chosen by flag or variable for every command, and kept by the run', async () => {
    const failed = await run('run', '--env', 'prod', '--param', 'window=13');
    expect(failed.code).toBe(1);
    expect(failed.stdout).toMatch(/store +sqlite:prod\.db/);
    // The shell may say otherwise by now; the store is named in the command that was printed.
    const env = { TOKEN: 'hunter-two', MILLRACE_ENV: 'none' };
    const resumed = await space.run(
      ['resume', '--store', 'sqlite:prod.db', '--param', 'window=5'],
      env,
    );
    expect(resumed.stdout + resumed.stderr).toContain('succeeded');
    expect(resumed.code).toBe(0);
    const shown = await space.run(['runs', '--json'], { MILLRACE_ENV: 'prod' });
    expect(shown.stdout).toContain('"succeeded"');
    const valid = await space.run(['validate', '--env', 'test'], { TOKEN: 'x' });
    expect(valid.stderr).toContain('error[ENVIRONMENT_UNKNOWN]');
  });

  test('that is none when the run starts is none when it goes on', async () => {
    const failed = await run('run', '--param', 'window=13', '--store', 'sqlite:runs.db');
    expect(failed.code).toBe(1);
    const plan = await space.run(
      ['plan', runIdIn(failed), '--store', 'sqlite:runs.db', '--param', 'window=5'],
      { TOKEN: 'hunter-two', MILLRACE_ENV: 'prod' },
    );
    expect(plan.stderr).toBe('');
    expect(plan.code).toBe(0);
  });
});

test('params files are read again when the run goes on', async () => {
  space.write('params.yaml', 'window: 13\n');
  const failed = await run('run', '--params-file', 'params.yaml', '--store', 'sqlite:runs.db');
  expect(failed.code).toBe(1);
  space.write('params.yaml', 'window: 6\n');
  const resumed = await run('resume', '--store', 'sqlite:runs.db');
  expect(resumed.code).toBe(0);
  const shown = await run('show', '--context', 'score', '--store', 'sqlite:runs.db', '--json');
  expect(shown.stdout).toContain('6');
});

function runIdIn({ stdout }: Ended): string {
  return /run +(\S+)/.exec(stdout)?.[1] ?? '';
}

describe('a config with repeated stages and a pipeline inside', () => {
  const repeated = `name: repeated
stages:
  score:
    uses: ./stages/score.ts
    matrix: { w: [3, 4] }
    with: { window: "\${matrix.w}", label: x }
  "score[4]": { with: { label: y } }
  part: { pipeline: ./part.yaml }
`;

  beforeEach(() => {
    space.write('repeated.yaml', repeated);
    space.write('part.yaml', 'stages: { one: { uses: ./stages/score.ts, with: { label: z } } }\n');
  });

  test('is printed as a config that says the same', async () => {
    const printed = await run('config', 'repeated.yaml');
    space.write('again.yaml', printed.stdout);
    const ids = 'n0["score#91;3#93;"]\n  n1["score#91;4#93;"]\n  n2["part#47;one"]';
    expect((await run('graph', 'again.yaml')).stdout).toContain(ids);
    expect((await run('config', 'again.yaml')).stdout).toBe(printed.stdout);
  });

  test('is explained by stage and by instance', async () => {
    const all = await run('config', 'repeated.yaml', '--explain', 'stages.score.with.label');
    expect(all.stdout).toBe(`stages.score.with.label  "x"

set by   the file, repeated.yaml:6:43
  |
6 |     with: { window: "\${matrix.w}", label: x }
  |                                           ^
becomes  "x"  stages["score[3]"].with.label
         "y"  stages["score[4]"].with.label
`);
    const one = await run('config', 'repeated.yaml', '--explain', 'stages."score[4]".with.window');
    expect(one.stdout).toContain('a variable of the stage = 4, the file, repeated.yaml:5:22\n');
    const slip = await run('config', 'repeated.yaml', '--explain', 'stages."prat/one".with');
    expect(slip.stderr).toContain('did you mean "part/one"?');
  });
});
