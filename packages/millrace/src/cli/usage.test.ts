import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { DEGRADED, FIXABLE } from './testing-local/configs.ts';
import { Workspace } from './testing-local/workspace.ts';

// Each test starts several processes.

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
  [['runs', '--store', 'postgres://u:p@h/d'], /error\[STORE_NOT_AVAILABLE\]: (?!.*u:p)/],
  [['runs', '--store', 'sqlite:none.db'], /error\[STORE_MISSING\]/],
  [
    ['run', 'fixable.pipeline.yaml', '--param', 'v=1'],
    /error\[PARAM_UNKNOWN\].*\n {2}--> --param v=1\n {2}= help/,
  ],
  [
    ['run', 'fixable.pipeline.yaml', '--set', 'stages.sum.timeout=5'],
    /error\[CONFIG_TYPE\].*\n {2}--> --set stages\.sum\.timeout=5\n {2}= got: the number 5\n/,
  ],
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

test('runs are found and shown without executing a stage, whatever is wrong with the stages', async () => {
  const fresh = new Workspace();
  fresh.write('millrace.config.yaml', `store: sqlite:mine.db${FIXABLE}`);
  await fresh.run(['run']);
  fresh.write(
    'stages/loud.ts',
    "import { writeFileSync } from 'node:fs';\nwriteFileSync('loaded.txt', '');\n",
  );
  fresh.write(
    'millrace.config.yaml',
    'store: sqlite:mine.db\nname: broken\nstages: { a: { uses: ./stages/loud.ts }, b: { uses: ./none.ts } }\n',
  );
  expect((await fresh.run(['runs'])).stdout).toContain('fixable');
  const shown = await fresh.run(['show']);
  expect(shown.stdout).toMatch(/\nresume: \S+ \S+millrace\.js resume [\w-]+\n$/);
  expect(fresh.read('loaded.txt')).toBe('');
  fresh.write('millrace.config.yaml', 'store: [');
  const refused = await fresh.run(['runs']);
  expect(refused.code).toBe(2);
  expect(refused.stderr).toMatch(/error\[CONFIG_SYNTAX\][\s\S]*help: with --store sqlite:PATH/);
  expect((await fresh.run(['runs', '--store', 'sqlite:mine.db'])).stdout).toContain('fixable');
  fresh.remove();
});

test('a store named for one run by --set is named in its resume command', async () => {
  const fresh = new Workspace();
  fresh.write('millrace.config.yaml', `store: sqlite:mine.db${FIXABLE}`);
  const failed = await fresh.run(['run', '--set', 'store=sqlite:other.db']);
  expect(failed.stdout).toMatch(/\nresume: .* --store sqlite:other\.db\n$/);
  fresh.remove();
});

test('validate checks every pipeline of a file, and tells what they share once', async () => {
  workspace.write(
    'several.yaml',
    `
concurrency: none
pipelines:
  good: { concurrency: 1, stages: { a: { uses: ./stages/note.ts } } }
  bad: { stages: { a: { uses: ./stages/note.ts, needs: [b] } } }
  worse: { stages: { a: { uses: ./stages/none.ts } } }
`,
  );
  const ended = await workspace.run(['validate', 'several.yaml', 'degraded.pipeline.yaml']);
  expect(ended.code).toBe(2);
  expect(ended.stdout).toBe(
    '✔ several.yaml: good, 1 stage\n✖ several.yaml: bad has errors\n✖ several.yaml: worse has errors\n✔ degraded.pipeline.yaml: degraded, 2 stages\n',
  );
  for (const place of ['2:14', '5:57', '6:33']) {
    expect(ended.stderr.split(`several.yaml:${place}\n`)).toHaveLength(2);
  }
  expect(ended.stderr).toMatch(
    /\n3 errors in several\.yaml\nexplain: \S+ \S+ explain CONFIG_TYPE\n/,
  );
  const one = await workspace.run(['validate', 'several.yaml', '--pipeline', 'good']);
  expect(one).toMatchObject({ code: 0, stdout: '✔ several.yaml: good, 1 stage\n', stderr: '' });
});

describe('explain', () => {
  test('prints the page of a code, and is what other outputs point at', async () => {
    const refused = await workspace.run(['run', 'nowhere.yaml']);
    const command = /^explain: (.+)$/m.exec(refused.stderr)?.[1] ?? 'false';
    const page = await workspace.shell(command);
    expect(page).toMatchObject({ code: 0, stderr: '' });
    expect(page.stdout).toMatch(/^CONFIG_NOT_FOUND: .+\n\nwhen +.+\nwhat to do +.+\n$/);
    const json = await workspace.run(['explain', 'stage-threw', '--json']);
    expect(JSON.parse(json.stdout)).toMatchObject({ code: 'STAGE_THREW', fix: expect.any(String) });
  });

  test('lists all codes, and suggests one for a slip', async () => {
    const all = await workspace.run(['explain']);
    expect(all.stdout).toMatch(/\nLEASE_LOST +\S.*\n[\s\S]*\nUSES_UNKNOWN +\S/);
    expect(await workspace.run(['explain', 'STAGE_THRW'])).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('did you mean "STAGE_THREW"?'),
    });
  });
});

test('every command has examples in its help', async () => {
  const { stdout } = await workspace.run(['--help']);
  const commands = Array.from(stdout.matchAll(/^ {2}([a-z]+) \[/gm), ([, name]) => name ?? '');
  const named = commands.filter((name) => name !== 'help');
  expect(named.length).toBeGreaterThanOrEqual(12);
  for (const name of named) {
    const help = await workspace.run([name, '--help']);
    expect(help.stdout).toMatch(new RegExp(`\\nExamples:\\n {2}millrace ${name}`));
  }
});

test('a plan of a config points at its unfinished run, until a newer one succeeded', async () => {
  const fresh = new Workspace();
  fresh.write('fixable.pipeline.yaml', FIXABLE);
  await fresh.run(['run', 'fixable.pipeline.yaml']);
  const planned = await fresh.run(['plan', 'fixable.pipeline.yaml']);
  expect(planned.stdout).toMatch(/4 stages: 4 to run\n$/);
  const command = /is unfinished \(failed\); see what resuming it would do: (.+)\n$/.exec(
    planned.stderr,
  )?.[1];
  expect((await fresh.shell(command ?? 'false')).stdout).toMatch(/2 to run, 2 reused\n$/);
  const json = await fresh.run(['run', 'fixable.pipeline.yaml', '--dry-run', '--json']);
  expect(JSON.parse(json.stdout)).toMatchObject({
    unfinished: { status: 'failed', plan: command },
  });
  expect(json.stderr).toBe('');
  fresh.write('fixed', '');
  await fresh.run(['run', 'fixable.pipeline.yaml']);
  expect(await fresh.run(['plan', 'fixable.pipeline.yaml'])).toMatchObject({ stderr: '' });
  fresh.remove();
});

test('what is not found names the store as people near it write it', async () => {
  const fresh = new Workspace();
  fresh.write('millrace.config.yaml', FIXABLE);
  fresh.write('fixed', '');
  await fresh.run(['run']);
  expect((await fresh.run(['show', 'none'])).stderr).toContain(
    'error[RUN_NOT_FOUND]: sqlite:.millrace/millrace.db has no run "none"',
  );
  expect((await fresh.run(['resume', '--pipeline', 'none'])).stderr).toContain(
    'error[NOTHING_TO_RESUME]: sqlite:.millrace/millrace.db has no run of pipeline "none"',
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
