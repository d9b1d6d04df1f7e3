import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { openStore } from '../../facade/open-store.ts';
import { Workspace } from '../testing-local/workspace.ts';
import { APPROVAL, NAP, REVIEW } from './testing-local/approval-config.ts';
import { StartedProcesses } from './testing-local/started-processes.ts';

// Each test starts several processes.

let workspace: Workspace;
let processes: StartedProcesses;

beforeEach(() => {
  workspace = new Workspace('waits');
  processes = new StartedProcesses(workspace);
  workspace.write('approval.yaml', APPROVAL);
  workspace.write('stages/review.ts', REVIEW);
  workspace.write('stages/nap.ts', NAP);
});
afterEach(async () => {
  await processes.kill();
  workspace.remove();
});

async function killedWhileItWaits(...flags: readonly string[]): Promise<void> {
  const run = processes.start('run', 'approval.yaml', ...flags);
  await run.until(/waiting for "approve"/);
  await run.until(/nap +.*(?:slept|sleeping)/);
  run.child.kill('SIGKILL');
  await run.ended;
}

describe('a process that is killed while a stage waits', () => {
  test('leaves a run that takes a signal while nobody executes it, and goes on with it', async () => {
    await killedWhileItWaits();
    const sent = await workspace.run(['signal', 'latest', 'approve', '--data', '{ "ok": true }']);
    expect(sent).toMatchObject({ code: 0, stderr: '' });
    expect(sent.stdout).toMatch(/stage review waits for it\nnobody executes the run; resume: /);
    const resumed = await workspace.run(['resume']);
    expect(resumed).toMatchObject({ code: 0 });
    expect(resumed.stdout).toContain('"approve" answered by signal 1 after ');
    expect(workspace.lines('approved.txt')).toEqual(['2 {"ok":true}']);
    expect(workspace.lines('ran.txt')).toEqual(['draft', 'publish']);
  });

  test('once it has taken the signal, gives the next attempt the same answer', async () => {
    const point = 'after:stage.woken:review#1';
    const run = workspace.start(['run', 'approval.yaml'], { MILLRACE_CRASH_AT: point });
    await run.until(/waiting for "approve"/);
    await workspace.run(['signal', 'latest', 'approve', '--data', '{ "ok": true }']);
    expect(await run.ended).toMatchObject({ signal: 'SIGKILL' });
    // It is another answer, and comes too late for this wait.
    await workspace.run(['signal', 'latest', 'approve', '--data', '{ "ok": false }']);
    expect(await workspace.run(['resume'])).toMatchObject({ code: 0 });
    expect(workspace.lines('approved.txt')).toEqual(['2 {"ok":true}']);
  });

  test('keeps the deadline of a stage that sleeps', async () => {
    await killedWhileItWaits('--param', 'nap=1h');
    const store = await openStore(`sqlite:${workspace.path('.millrace/millrace.db')}`);
    const [run] = await store.listRuns({});
    if (run === undefined) throw new RangeError('no run is on record');
    const nap = async () => (await store.loadWaits(run.id)).find(({ stage }) => stage === 'nap');
    const before = await nap();
    const resumed = processes.start('resume');
    await resumed.until(/nap +sleeping until/);
    expect(await nap()).toMatchObject({ since: before?.since, timeoutMs: 3_600_000, attempt: 2 });
    await store.close();
  });
});

describe('a live run that waits', () => {
  test('gets a signal of another process, and holds no slot until then', async () => {
    const run = processes.start('run', 'approval.yaml', '--concurrency', '1');
    await run.until(/waiting for "approve"/);
    await run.until(/nap +\d+/);
    const [shown, listed] = await Promise.all([
      workspace.run(['show']),
      workspace.run(['runs', '--json']),
    ]);
    expect(shown.stdout).toMatch(/… review +waiting/);
    expect(shown.stdout).toMatch(/waits:\n {2}review {2}waiting for "approve" since .+\nanswer: /);
    expect(JSON.parse(listed.stdout).runs).toMatchObject([
      { status: 'running', waitsFor: ['approve'] },
    ]);
    const refused = await workspace.run(['signal', 'latest', 'approve', '--data', '{ "ok": 1 }']);
    expect(refused.code).toBe(2);
    expect(refused.stderr).toContain(
      'error[SIGNAL_REFUSED]: stage "review" waits for "approve" with other data: ok must be true or false, got 1',
    );
    await workspace.run(['signal', 'latest', 'approve', '--data', '{ "ok": true }']);
    expect(await run.ended).toMatchObject({ code: 0 });
  });

  test('ends with 75 when it is not to stay for that, and a resume goes on', async () => {
    const run = await workspace.run(['run', 'approval.yaml', '--detach-waits']);
    expect(run).toMatchObject({ code: 75 });
    expect(run.stdout).toMatch(/… waiting in .+: 2 succeeded, 1 waiting, 1 pending\n/);
    expect(run.stdout).toMatch(/\n {2}review {2}waiting for "approve" since /);
    expect(run.stdout).toMatch(/answer: .+ signal \S+ approve --data JSON\nresume: /);
    const listed = await workspace.run(['runs', '--status', 'waiting', '--json']);
    expect(JSON.parse(listed.stdout).runs).toMatchObject([{ status: 'waiting', done: 2 }]);
    const again = await workspace.run(['resume', '--detach-waits', '--json']);
    expect(again.code).toBe(75);
    expect(JSON.parse(again.stdout.trim().split('\n').at(-1) ?? '')).toMatchObject({
      type: 'result',
      status: 'waiting',
      waits: [{ stage: 'review', name: 'approve', schema: { type: 'object' } }],
    });
    await workspace.run(['signal', 'latest', 'approve', '--data', '{ "ok": true, "by": "ann" }']);
    expect(await workspace.run(['resume', '--detach-waits'])).toMatchObject({ code: 0 });
    expect(workspace.lines('approved.txt')).toEqual(['3 {"ok":true,"by":"ann"}']);
  });
});
