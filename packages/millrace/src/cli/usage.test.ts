import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { DEGRADED, FIXABLE } from './testing-local/configs.ts';
import { Workspace } from './testing-local/workspace.ts';

// Each test starts several processes.
jest.setTimeout(60_000);

let workspace: Workspace;

beforeAll(() => {
  workspace = new Workspace();
  workspace.write('fixable.pipeline.yaml', FIXABLE);
  workspace.write('degraded.pipeline.yaml', DEGRADED);
});
afterAll(() => workspace.remove());

test.each([
  [['rnu'], /error\[USAGE\]: unknown command 'rnu'\n.*did you mean run\?/],
  [['run', 'x.yaml', '--stor', 'memory'], /unknown option '--stor'\n.*did you mean --store\?/],
  [['run', '--concurrency', '0'], /argument '0' is invalid/],
  [['run', '--durability', 'maybe'], /Allowed choices are strict, pipelined, none/],
  [
    ['run', 'degraded.pipeline.yaml', '--param', 'x'],
    /error\[USAGE\]: --param: "x" is no assignment/,
  ],
  [[], /no command was given/],
  [['run', 'nowhere.yaml'], /CONFIG_NOT_FOUND/],
  [['run', 'degraded.pipelin.yaml'], /did you mean "degraded\.pipeline\.yaml"\?/],
  [
    ['runs', '--store', 'redis:x'],
    /error\[STORE_UNKNOWN\]: there is no store "redis:x"; there are sqlite:PATH and memory/,
  ],
  [['runs', '--store', 'sqlite:none.db'], /error\[STORE_MISSING\]/],
  [['show', 'x'], /error\[STORE_MISSING\]|error\[RUN_NOT_FOUND\]/],
  [['run', 'degraded.pipeline.yaml', '--events', 'package.json/e'], /error\[EVENTS_UNWRITABLE\]/],
  [['run', 'degraded.pipeline.yaml', '--log-dir', 'package.json'], /error\[LOG_DIR_UNWRITABLE\]/],
] as const)('%j exits with 2 and says why', async (args, why) => {
  const ended = await workspace.run(args);
  expect(ended.stderr).toMatch(why);
  expect(ended).toMatchObject({ code: 2, stdout: '' });
});

describe('two configs with errors', () => {
  test('are told together, and nothing is executed', async () => {
    workspace.write(
      'stages/loud.ts',
      "import { writeFileSync } from 'node:fs';\nwriteFileSync('loaded.txt', '');\n",
    );
    workspace.write(
      'a.yaml',
      'name: a\nstages:\n  one: { uses: ./stages/loud.ts, needs: [tow] }\n  two: { uses: ./stages/loud.ts, timeout: 5 }\n',
    );
    workspace.write(
      'b.yaml',
      'name: b\nstages:\n  one: { uses: ./stages/loud.ts, needs: [one] }\n  two: {}\n',
    );
    const ended = await workspace.run(['validate', 'a.yaml', 'b.yaml', 'degraded.pipeline.yaml']);
    expect(ended.code).toBe(2);
    expect(ended.stderr).toMatch(
      /did you mean "two"\?[\s\S]*a\.yaml:4:\d+[\s\S]*2 errors in a\.yaml/,
    );
    expect(ended.stderr).toMatch(/b\.yaml:3:\d+[\s\S]*2 errors in b\.yaml/);
    expect(ended.stdout).toBe('✔ degraded.pipeline.yaml: degraded, 2 stages\n');
    expect(workspace.read('loaded.txt')).toBe('');
    const json = await workspace.run(['validate', 'a.yaml', 'b.yaml', '--json']);
    expect(json.code).toBe(2);
    expect(JSON.parse(json.stdout)).toMatchObject({
      ok: false,
      configs: [
        { file: 'a.yaml', ok: false, errors: 2 },
        { file: 'b.yaml', ok: false, errors: 2 },
      ],
    });
    expect(await workspace.run(['run', 'a.yaml'])).toMatchObject({ code: 2, stdout: '' });
    expect(workspace.read('ran.txt')).toBe('');
  });
});

test('a degraded run exits with 0, and with 3 when --strict was given', async () => {
  const store = ['--store', 'sqlite:degraded.db'];
  expect(await workspace.run(['run', 'degraded.pipeline.yaml', ...store])).toMatchObject({
    code: 0,
  });
  const strict = await workspace.run(['run', 'degraded.pipeline.yaml', '--strict', ...store]);
  expect(strict.code).toBe(3);
  expect(strict.stdout).toMatch(/✖ side failed after \S+; it is not critical\n/);
  expect(strict.stdout).toMatch(/▲ degraded in \S+: 1 succeeded, 1 failed\nresume: /);
});

test('a dry run and a plan say what would run, and write nothing', async () => {
  const fresh = new Workspace();
  fresh.write('fixable.pipeline.yaml', FIXABLE);
  for (const args of [
    ['run', 'fixable.pipeline.yaml', '--dry-run'],
    ['plan', 'fixable.pipeline.yaml'],
  ]) {
    const ended = await fresh.run(args);
    expect(ended).toMatchObject({ code: 0, stderr: '' });
    expect(ended.stdout).toMatch(/▶ sum +run +it has not run yet\n/);
    expect(ended.stdout).toMatch(/4 stages: 4 to run\n$/);
  }
  expect(fresh.read('ran.txt') + fresh.read('.millrace/millrace.db')).toBe('');
  expect(await fresh.run(['runs'])).toMatchObject({
    code: 0,
    stdout: '',
    stderr: 'no runs in sqlite:.millrace/millrace.db\n',
  });
  expect(fresh.read('.millrace/millrace.db')).toBe('');
  fresh.remove();
});

test('a run in memory leaves nothing behind and offers no resume', async () => {
  const ended = await workspace.run(['run', 'fixable.pipeline.yaml', '--store', 'memory']);
  expect(ended.code).toBe(1);
  expect(ended.stdout).not.toContain('resume:');
  expect(workspace.read('.millrace/millrace.db')).toBe('');
});

test('--version and --help answer on stdout', async () => {
  expect(await workspace.run(['--version'])).toMatchObject({
    code: 0,
    stdout: expect.stringMatching(/^\d+\.\d+\.\d+\n$/),
  });
  const help = await workspace.run(['--help']);
  expect(help).toMatchObject({ code: 0, stderr: '' });
  for (const command of ['run', 'resume', 'plan', 'validate', 'runs', 'show', 'graph']) {
    expect(help.stdout).toMatch(new RegExp(`^ +${command} `, 'm'));
  }
});

test('an old Node is told in one line, before anything is loaded', async () => {
  workspace.write(
    'old-node.mjs',
    "Object.defineProperty(process, 'versions', { value: { node: '20.20.2' } });",
  );
  const ended = await workspace.run(['runs'], { NODE_OPTIONS: '--import=./old-node.mjs' });
  expect(ended).toMatchObject({ code: 2, stdout: '' });
  expect(ended.stderr).toMatch(/^millrace needs Node .*, and this is Node 20\.20\.2: .*\n$/);
});

test('a broken config in the folder hides its runs only when it may name another store', async () => {
  const fresh = new Workspace();
  fresh.write('fixable.pipeline.yaml', FIXABLE);
  await fresh.run(['run', 'fixable.pipeline.yaml']);
  fresh.write('millrace.config.yaml', 'name: broken\nstages: { a: { uses: ./none.ts } }\n');
  expect((await fresh.run(['runs'])).stdout).toContain('fixable');
  fresh.write(
    'millrace.config.yaml',
    'store: sqlite:mine.db\nname: broken\nstages: { a: { uses: ./none.ts } }\n',
  );
  const refused = await fresh.run(['runs']);
  expect(refused.code).toBe(2);
  expect(refused.stderr).toContain('error[CONFIG_INVALID]');
  expect((await fresh.run(['runs', '--store', 'sqlite:.millrace/millrace.db'])).stdout).toContain(
    'fixable',
  );
  fresh.remove();
});

test('the config of the folder is run without naming it, in its own store', async () => {
  const fresh = new Workspace();
  fresh.write('millrace.config.yaml', `store: sqlite:mine.db${FIXABLE}`);
  const failed = await fresh.run(['run']);
  expect(failed.stdout).toMatch(/store +sqlite:mine\.db\n/);
  expect(failed.stdout).toMatch(/^resume: \S+ \S+millrace\.js resume [\w-]+\n$/m);
  fresh.write('fixed', '');
  expect(await fresh.run(['resume'])).toMatchObject({ code: 0 });
  expect((await fresh.run(['runs'])).stdout).toMatch(/fixable +succeeded +.* 4\/4\n/);
  fresh.remove();
});
