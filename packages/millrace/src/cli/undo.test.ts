import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { ENTRY, ORDER } from './session/testing-local/order-config.ts';
import { Workspace } from './testing-local/workspace.ts';

// Each test starts several processes.

let workspace: Workspace;

beforeEach(() => {
  workspace = new Workspace('undo');
  workspace.write('order.yaml', ORDER);
  workspace.write('stages/entry.ts', ENTRY);
});
afterEach(() => workspace.remove());

function undone(): (string | undefined)[] {
  const lines = workspace.lines('ledger.txt').filter((line) => line.startsWith('undo'));
  return lines.map((line) => line.split(' ')[1]);
}

test('a run with onFailure: undo tells what it undoes, and what it could not', async () => {
  workspace.write('order.yaml', `onFailure: undo\n${ORDER}`);
  workspace.write('charge.closed', '');
  const run = await workspace.run(['run', 'order.yaml']);
  expect(run.code).toBe(1);
  expect(run.stdout).toMatch(/■ run +undoing 2 stages\n/);
  expect(run.stdout).toMatch(/✖ charge +not undone: .*charge is closed/);
  expect(run.stdout).toMatch(/■ reserve +undone after /);
  expect(run.stdout).toContain('✖ charge could not be undone; what it did stands');
  expect(run.stdout).toMatch(/undo the rest: .+ undo \d{8}-/);
  const shown = await workspace.run(['show']);
  expect(shown.stdout).toMatch(/charge +succeeded.*could not be undone: .*charge is closed/);
  expect(shown.stdout).toMatch(/reserve +cancelled.*it was undone/);
  const planned = await workspace.run(['plan', 'latest']);
  expect(planned.stdout).toMatch(/reserve +run +it was undone/);
  const refused = await workspace.run(['undo', 'latest']);
  expect(refused.code).toBe(1);
});

test('an undo by hand tells before what it would do, does it, and has nothing left to do', async () => {
  await workspace.run(['run', 'order.yaml']);
  const dry = await workspace.run(['undo', 'latest', '--dry-run']);
  expect(dry).toMatchObject({ code: 0, stderr: '' });
  expect(dry.stdout).toBe(
    'undo      2 stages: charge, reserve\nno undo   notify: what they did stands\n',
  );
  expect(undone()).toEqual([]);
  const part = await workspace.run(['undo', 'latest', '--from', 'charge', '--json']);
  expect(part).toMatchObject({ code: 0, stderr: '' });
  const told = part.stdout.trim().split('\n');
  expect(told.map((line) => (JSON.parse(line) as { readonly type: string }).type)).toEqual([
    'run.undoing',
    'stage.undone',
    'run.finished',
    'result',
  ]);
  expect(await workspace.run(['undo', 'latest'])).toMatchObject({ code: 0, stderr: '' });
  expect(undone()).toEqual(['charge', 'reserve']);
  const over = await workspace.run(['undo', 'latest', '--json']);
  expect(JSON.parse(over.stdout)).toMatchObject({ stages: [], kept: ['notify'] });
});

test('a run that succeeded is undone only when that is said', async () => {
  workspace.write('open', '');
  await workspace.run(['run', 'order.yaml']);
  const refused = await workspace.run(['undo', 'latest']);
  expect(refused.code).toBe(2);
  expect(refused.stderr).toContain('UNDO_SUCCEEDED');
  expect(await workspace.run(['undo', 'latest', '--force'])).toMatchObject({ code: 0 });
  const { stdout } = await workspace.run(['runs', '--json']);
  expect(JSON.parse(stdout).runs).toMatchObject([{ status: 'cancelled' }]);
});

test('the flag of a run holds for its resumes', async () => {
  await workspace.run(['run', 'order.yaml', '--on-failure', 'undo']);
  await workspace.run(['resume']);
  expect(undone()).toEqual(['charge', 'reserve', 'charge', 'reserve']);
  await workspace.run(['resume', '--on-failure', 'keep']);
  expect(undone()).toHaveLength(4);
});
