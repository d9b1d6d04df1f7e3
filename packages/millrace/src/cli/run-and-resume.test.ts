import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { FIXABLE, GATED } from './testing-local/configs.ts';
import { Workspace } from './testing-local/workspace.ts';

// Each test starts several processes.

let workspace: Workspace;

beforeEach(() => {
  // A shell must quote this folder's name.
  workspace = new Workspace("it's here");
});
afterEach(() => workspace.remove());

function resumeLine(text: string): string {
  return /^resume: (.+)$/m.exec(text)?.[1] ?? 'nothing to resume';
}

describe('a run that fails', () => {
  beforeEach(() => workspace.write('fixable.pipeline.yaml', FIXABLE));

  test('tells stage, cause, place, consequences and the exact command, and exits with 1', async () => {
    const failed = await workspace.run(['run', 'fixable.pipeline.yaml']);
    expect(failed.code).toBe(1);
    expect(failed.stdout).toMatch(/✖ sum +\S+ +STAGE_THREW: the file fixed is missing/);
    expect(failed.stdout).toMatch(/ {6}at stages\/note\.ts:\d+:\d+/);
    expect(failed.stdout).toContain('caused by TypeError: why it is');
    expect(failed.stdout).toMatch(/ {4}explain: \S+ .*millrace\.js'? explain STAGE_THREW\n/);
    expect(failed.stdout).toContain('skipped because of it: report');
    expect(failed.stdout).toMatch(
      /✖ failed in \S+: 2 succeeded, 1 failed, 1 skipped\nresume: \S+ .* resume \S+\n$/,
    );
    expect(failed.stderr).toBe('');
  });

  test('is resumed by the printed command, which runs the failed stage and its descendants only', async () => {
    const failed = await workspace.run(['run', 'fixable.pipeline.yaml']);
    workspace.write('fixed', '');
    workspace.write('ran.txt', '');
    const resumed = await workspace.shell(resumeLine(failed.stdout));
    expect(resumed).toMatchObject({ code: 0, stderr: '' });
    expect(resumed.stdout).toContain('kept: ingest, extra (2)');
    expect(resumed.stdout).toMatch(/to run \(2\):\n +sum +it failed\n +report +it was skipped\n/);
    expect(resumed.stdout).toMatch(/✔ succeeded in \S+: 2 kept, 2 succeeded\n$/);
    expect(workspace.lines('ran.txt')).toEqual(['sum', 'report']);
    const shown = await workspace.run(['show']);
    expect(shown.stdout).toContain('kept: ingest, extra (2)');
    expect(shown.stdout).toMatch(/= ingest +succeeded +1 +\S+ +kept from 1\n/);
    expect(shown.stdout).toMatch(/✔ sum +succeeded +2 +\S+ +ran in 2\n/);
  });

  test('about some stages only tells what it runs, and of nothing kept in a new run', async () => {
    const args = ['run', 'fixable.pipeline.yaml', '--select', 'ingest'];
    const { stdout } = await workspace.run([...args, '--store', 'memory']);
    expect(stdout).toMatch(/to run \(1\):\n +ingest +it has not run yet\nskipped \(3\):\n/);
    expect(stdout).not.toContain('kept');
    for (const [selection, help] of [
      ['state:done', /the states are new, failed, /],
      ['tag:x', /no stage has any tag/],
    ] as const) {
      const refused = await workspace.run(['run', 'fixable.pipeline.yaml', '--select', selection]);
      expect(refused.stderr).toMatch(help);
    }
    const twice = await workspace.run(['run', 'fixable.pipeline.yaml', '--select', 'ingest, sum']);
    expect(twice.stderr.match(/ingest, sum/g)).toHaveLength(1);
  });

  test('is resumed from another folder and another store by the printed command', async () => {
    const failed = await workspace.run([
      'run',
      'fixable.pipeline.yaml',
      '--store',
      "sqlite:other's/runs.db",
    ]);
    expect(resumeLine(failed.stdout)).toMatch(/ --store 'sqlite:other'\\''s\/runs\.db'$/);
    workspace.write('fixed', '');
    expect(await workspace.shell(resumeLine(failed.stdout))).toMatchObject({ code: 0 });
    const elsewhere = await workspace.shell(
      `id=$($M runs --json --store "sqlite:other's/runs.db" | node -p 'JSON.parse(fs.readFileSync(0)).runs[0].id')
       mkdir sub && cd sub && $M show "$id" --store "sqlite:../other's/runs.db"`,
    );
    expect(elsewhere.stdout).toContain('✔ succeeded');
  });

  test('works again in the folder it was started in, wherever it is resumed', async () => {
    const failed = await workspace.run(['run', 'fixable.pipeline.yaml']);
    expect(failed.code).toBe(1);
    workspace.write('fixed', '');
    const resumed = await workspace.shell(
      'mkdir sub && cd sub && $M resume --store sqlite:../.millrace/millrace.db',
    );
    expect(resumed.code).toBe(0);
    expect(resumed.stderr).toContain('note: working in ');
    expect(workspace.lines('ran.txt').toSorted()).toEqual([
      'extra',
      'ingest',
      'report',
      'sum',
      'sum',
    ]);
  });

  test('is found by its config, by a part of its id, and as the latest unfinished one', async () => {
    await workspace.run(['run', 'fixable.pipeline.yaml']);
    const { stdout } = await workspace.run(['runs', '--json']);
    const id: string = JSON.parse(stdout).runs[0].id;
    for (const target of [['fixable.pipeline.yaml'], [id.slice(0, 12)], [id.slice(-5)], []]) {
      const planned = await workspace.run(['resume', ...target, '--dry-run', '--json']);
      expect(planned).toMatchObject({ code: 0 });
      expect(JSON.parse(planned.stdout).counts).toEqual({
        run: 2,
        reuse: 2,
        skip: 0,
        undecided: 0,
      });
    }
    await workspace.run(['run', 'fixable.pipeline.yaml']);
    const ambiguous = await workspace.run(['show', id.slice(0, 4)]);
    expect(ambiguous.code).toBe(2);
    expect(ambiguous.stderr).toMatch(/error\[RUN_AMBIGUOUS\]: "\d{4}" fits 2 runs: /);
  });

  test('is left alone by a resume that runs stages again, which is meant for the newest run', async () => {
    await workspace.run(['run', 'fixable.pipeline.yaml']);
    const plain = FIXABLE.replace('name: fixable', 'name: plain').replace('need: fixed', '');
    workspace.write('plain.pipeline.yaml', plain);
    const ended = await workspace.run(['run', 'plain.pipeline.yaml']);
    expect(ended.code).toBe(0);
    for (const flags of [['--force'], ['--from', 'sum']]) {
      const planned = await workspace.run(['resume', ...flags, '--dry-run', '--json']);
      expect(planned).toMatchObject({ code: 0, stderr: '' });
      expect(JSON.parse(planned.stdout)).toMatchObject({ pipeline: 'plain' });
    }
    const args = ['resume', 'fixable.pipeline.yaml', '--force', '--dry-run', '--json'];
    const named = await workspace.run(args);
    expect(JSON.parse(named.stdout)).toMatchObject({ pipeline: 'fixable' });
  });

  test('once resumed to the end, has nothing left to resume', async () => {
    workspace.write('fixed', '');
    await workspace.run(['run', 'fixable.pipeline.yaml']);
    const nothing = await workspace.run(['resume', 'fixable.pipeline.yaml']);
    expect(nothing.code).toBe(2);
    expect(nothing.stderr).toContain('error[RUN_ALREADY_SUCCEEDED]');
    expect((await workspace.run(['resume', 'latest'])).stderr).toBe(nothing.stderr);
    workspace.write('other.pipeline.yaml', FIXABLE.replace('name: fixable', 'name: other'));
    const none = await workspace.run(['resume', 'other.pipeline.yaml']);
    expect(none.code).toBe(2);
    expect(none.stderr).toContain('error[NOTHING_TO_RESUME]');
    expect(none.stderr).toContain('start one: millrace run other.pipeline.yaml');
  });

  test('goes on after it succeeded with what was not selected, and with what has changed', async () => {
    workspace.write('fixed', '');
    await workspace.run(['run', 'fixable.pipeline.yaml', '--until', 'sum']);
    expect((await workspace.run(['runs'])).stdout).toMatch(/ succeeded .* 2\/4\n/);
    workspace.write('ran.txt', '');
    expect(await workspace.run(['resume', 'fixable.pipeline.yaml'])).toMatchObject({ code: 0 });
    expect(workspace.lines('ran.txt').toSorted()).toEqual(['extra', 'report']);
    const edited = FIXABLE.replace('needs: [sum] }', 'needs: [sum], with: { say: edited } }');
    workspace.write('fixable.pipeline.yaml', edited);
    expect(await workspace.run(['resume', 'fixable.pipeline.yaml'])).toMatchObject({ code: 0 });
    expect(workspace.lines('ran.txt').slice(2)).toEqual(['report']);
    workspace.write('fixable.pipeline.yaml', edited.replace(/^ {2}extra.*\n/m, ''));
    const { stdout } = await workspace.run(['plan', 'latest']);
    expect(stdout).toContain('no longer in the pipeline: extra; what they wrote is dropped\n');
  });
});

describe('what was given at the start', () => {
  test('is applied again by a resume, and may be changed there', async () => {
    workspace.write(
      'p.yaml',
      `
name: params
params: { file: nowhere }
stages:
  only: { uses: ./stages/note.ts, with: { need: "\${file}", say: quiet } }
`,
    );
    const given = ['--param', 'file=wanted', '--set', 'stages.only.with.say=LOUD'];
    expect((await workspace.run(['run', 'p.yaml', ...given])).stdout).toContain(
      'the file wanted is missing',
    );
    expect((await workspace.run(['resume'])).stdout).toContain('the file wanted is missing');
    workspace.write('another', '');
    const changed = await workspace.run(['resume', '--param', 'file=another']);
    expect(changed.code).toBe(0);
    expect(changed.stdout).toContain('LOUD');
  });
});

describe('a run that is killed', () => {
  test('is shown as interrupted and goes on where it was', async () => {
    workspace.write('gated.pipeline.yaml', GATED);
    const going = workspace.start(['run', 'gated.pipeline.yaml']);
    await going.until(/▶ middle/);
    const live = await workspace.run(['show', '--json']);
    expect(JSON.parse(live.stdout)).toMatchObject({
      status: 'running',
      stages: [
        { id: 'first', status: 'succeeded' },
        { id: 'middle', status: 'running' },
      ],
    });
    const held = await workspace.run(['resume', '--no-follow']);
    expect(held).toMatchObject({ code: 2, stderr: expect.stringContaining('error[RUN_HELD]') });
    going.child.kill('SIGKILL');
    await going.ended;
    const shown = await workspace.run(['show']);
    expect(shown.stdout).toMatch(/status +■ interrupted \(process \d+ on \S+, which has ended\)/);
    expect(shown.stdout).toMatch(/■ middle +lost +1 +its process ended while it ran\n/);
    const middle = await workspace.run(['show', '--stage', 'middle']);
    expect(middle.stdout).toMatch(/status +■ lost\n[\s\S]*\n +1 +lost +1 /);
    expect(middle.stdout).not.toMatch(/duration +\d|running/);
    const items = await workspace.run(['show', '--stage', 'first', '--items']);
    expect(items).toMatchObject({
      code: 0,
      stdout: 'first is not a mapped stage: it has no items\n',
    });
    workspace.write('open', '');
    const resumed = await workspace.shell(resumeLine(shown.stdout));
    expect(resumed.code).toBe(0);
    expect(resumed.stdout).toContain('kept: first (1)');
    expect(workspace.lines('ran.txt')).toEqual(['first', 'middle', 'middle', 'last']);
  });
});
