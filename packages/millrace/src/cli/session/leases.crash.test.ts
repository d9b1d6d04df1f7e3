import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { RunEvent } from '@millrace/core';
import { FIXABLE, GATED } from '../testing-local/configs.ts';
import { type Going, Workspace } from '../testing-local/workspace.ts';
import { readStoredRun, type StoredRun } from '../verify/stored-run.ts';
import { moveOwnerElsewhere } from './testing-local/rewrite-owner.ts';
import { StartedProcesses } from './testing-local/started-processes.ts';

// Each test starts several processes.

const STORE = '.millrace/millrace.db';
const ALL = ['first', 'middle', 'last'];

let workspace: Workspace;
let processes: StartedProcesses;

beforeEach(() => {
  workspace = new Workspace();
  workspace.write('gated.pipeline.yaml', GATED);
  processes = new StartedProcesses(workspace);
});
afterEach(async () => {
  await processes.kill();
  workspace.remove();
});

const start = (...args: readonly string[]): Going => processes.start(...args);

/** A run that waits in its second stage for the file `open`. */
async function startGated(...more: readonly string[]): Promise<Going> {
  const going = start('run', 'gated.pipeline.yaml', ...more);
  await going.until(/▶ middle/);
  return going;
}

/** A resume that follows the run, and has shown that its second stage runs. */
async function startViewer(...more: readonly string[]): Promise<Going> {
  const viewer = start('resume', ...more);
  await viewer.until(/middle[\s\S]*following it|following it[\s\S]*middle/);
  return viewer;
}

async function stored(): Promise<StoredRun> {
  const run = await readStoredRun(workspace.path(STORE));
  if (run === undefined) throw new TypeError('the store holds no run');
  return run;
}

const countOf = ({ events }: StoredRun, wanted: RunEvent['type']): number =>
  events.filter(({ type }) => type === wanted).length;

const eventsIn = (lines: string): readonly unknown[] =>
  lines
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));

describe('a resume of a run that another process executes', () => {
  test('follows it and ends as it does, with its exit code, its events and its failures', async () => {
    workspace.write(
      'fixable.pipeline.yaml',
      FIXABLE.replace('need: fixed', 'gate: open, need: fixed'),
    );
    const owner = start('run', 'fixable.pipeline.yaml', '--events', 'owner.jsonl');
    await owner.until(/▶ sum[\s\S]*✔ extra|✔ extra[\s\S]*▶ sum/);
    const viewer = start('resume', 'fixable.pipeline.yaml', '--events', 'viewer.jsonl');
    const silent = start('resume', '--json');
    await Promise.all([viewer.until(/following it/), silent.until(/stage\.started.*sum/)]);
    workspace.write('open', '');
    const [ran, saw, told] = await Promise.all([owner.ended, viewer.ended, silent.ended]);
    expect([ran.code, saw.code, told.code]).toEqual([1, 1, 1]);
    expect(saw.stderr).toContain(
      `note: process ${owner.child.pid} executes this run; following it`,
    );
    expect(saw.stdout).toMatch(
      /✖ sum failed after \S+\n {4}STAGE_THREW: the file fixed is missing\n/,
    );
    const endOf = (text: string): string | undefined => /✖ failed in [\s\S]*$/.exec(text)?.[0];
    expect(endOf(saw.stdout)).toBe(endOf(ran.stdout));
    const events = eventsIn(workspace.read('owner.jsonl'));
    expect(eventsIn(workspace.read('viewer.jsonl'))).toEqual(events);
    const lines = eventsIn(told.stdout);
    expect(lines.slice(0, -1)).toEqual(events);
    expect(lines.at(-1)).toMatchObject({ type: 'result', status: 'failed' });
    expect(await stored()).toMatchObject({ sessions: 1, isOwned: false });
  });

  test('is refused with --no-follow, or when it asks for more than that the run goes on', async () => {
    await startGated();
    for (const more of [['--no-follow'], ['--from', 'first'], ['--set', 'concurrency=1']]) {
      const refused = await workspace.run(['resume', ...more]);
      expect(refused).toMatchObject({
        code: 2,
        stderr: expect.stringContaining('error[RUN_HELD]'),
      });
    }
    expect(await stored()).toMatchObject({ sessions: 1, isOwned: true });
  });

  test('ends with Ctrl-C and leaves the run alone', async () => {
    const owner = await startGated();
    const viewer = await startViewer();
    viewer.child.kill('SIGINT');
    expect(await viewer.ended).toMatchObject({
      code: 130,
      stderr: expect.stringContaining(`left; process ${owner.child.pid} goes on`),
    });
    workspace.write('open', '');
    expect(await owner.ended).toMatchObject({ code: 0 });
    expect(workspace.lines('ran.txt')).toEqual(ALL);
  });

  test('takes the run over when the owner is killed, and of several such viewers one does', async () => {
    const owner = await startGated();
    const viewers = await Promise.all([startViewer(), startViewer(), startViewer()]);
    owner.child.kill('SIGKILL');
    await Promise.race(viewers.map((viewer) => viewer.until(/▶ middle +attempt 2/)));
    workspace.write('open', '');
    const ends = await Promise.all(viewers.map(({ ended }) => ended));
    expect(ends.map(({ code }) => code)).toEqual([0, 0, 0]);
    const told = `note: process ${owner.child.pid} has ended without finishing this run; taking it over`;
    expect(ends.filter(({ stderr }) => stderr.includes(told)).length).toBeGreaterThan(0);
    expect(ends.filter(({ stdout }) => stdout.includes('kept: first (1)'))).toHaveLength(1);
    expect(workspace.lines('ran.txt')).toEqual(['first', 'middle', 'middle', 'last']);
    const run = await stored();
    expect([run.status, run.sessions, countOf(run, 'run.resumed')]).toEqual(['succeeded', 2, 1]);
  });
});

describe('an owner that is stopped', () => {
  test('is not taken over on its own machine, however long it sleeps, and ends well', async () => {
    const owner = await startGated();
    owner.child.kill('SIGSTOP');
    const refused = await workspace.run(['resume', '--no-follow']);
    expect(refused.code).toBe(2);
    expect(refused.stderr).toContain('which lives but is stopped');
    expect(refused.stderr).toContain(`let it go on: kill -CONT ${owner.child.pid}`);
    const viewer = start('resume');
    await viewer.until(/is stopped \(SIGSTOP/);
    owner.child.kill('SIGCONT');
    await viewer.until(/goes on with this run/);
    workspace.write('open', '');
    const [ran, saw] = await Promise.all([owner.ended, viewer.ended]);
    expect([ran.code, saw.code]).toEqual([0, 0]);
    expect(workspace.lines('ran.txt')).toEqual(ALL);
    expect(await stored()).toMatchObject({ sessions: 1, status: 'succeeded' });
  });

  test('on another machine is taken over after its lease, and commits nothing when it wakes', async () => {
    const owner = await startGated();
    owner.child.kill('SIGSTOP');
    moveOwnerElsewhere(workspace.path(STORE), 300);
    workspace.write('open', '');
    const viewer = await workspace.run(['resume']);
    expect(viewer).toMatchObject({ code: 0 });
    expect(viewer.stderr).toContain('on far-away gave no sign of life for 300ms; taking it over');
    const before = await stored();
    expect(before).toMatchObject({ sessions: 2, status: 'succeeded' });
    owner.child.kill('SIGCONT');
    const zombie = await owner.ended;
    expect(zombie.code).toBe(1);
    expect(zombie.stderr).toMatch(
      /error\[LEASE_LOST\]: this process no longer owns run \S+: another process has taken it over \(lease 1, newest 2\)\n/,
    );
    expect(zombie.stderr).toContain('nothing that this process did since then is recorded');
    // The zombie, which was the last to have it open, has folded the log into the file.
    expect(await stored()).toEqual({ ...before, bytes: expect.any(Number) });
    expect(workspace.lines('ran.txt')).toEqual(['first', 'middle', 'middle', 'last']);
  });

  test('on another machine is waited for with --no-follow, too', async () => {
    const owner = await startGated();
    owner.child.kill('SIGSTOP');
    moveOwnerElsewhere(workspace.path(STORE), 300);
    workspace.write('open', '');
    const resumed = await workspace.run(['resume', '--no-follow']);
    expect(resumed).toMatchObject({ code: 0 });
    expect(resumed.stderr).toContain(
      'on far-away owns this run; waiting up to 300ms for a sign of life',
    );
    expect(await stored()).toMatchObject({ sessions: 2, status: 'succeeded' });
  });
});
