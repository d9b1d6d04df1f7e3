import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { Workspace } from '../testing-local/workspace.ts';
import { ENTRY, ORDER } from './testing-local/order-config.ts';

// Each test starts several processes.

let workspace: Workspace;

beforeEach(() => {
  workspace = new Workspace('undo');
  workspace.write('order.yaml', ORDER);
  workspace.write('stages/entry.ts', ENTRY);
});
afterEach(() => workspace.remove());

/** `undo charge`, without the key. */
function undone(): string[] {
  return workspace
    .lines('ledger.txt')
    .filter((line) => line.startsWith('undo'))
    .map((line) => line.split(' ').slice(0, 2).join(' '));
}

async function statuses(): Promise<Record<string, string>> {
  const { stdout } = await workspace.run(['show', '--json']);
  const { stages } = JSON.parse(stdout) as {
    readonly stages: readonly { readonly id: string; readonly status: string }[];
  };
  return Object.fromEntries(stages.map(({ id, status }) => [id, status]));
}

async function undoneEvents(): Promise<string[]> {
  const { stdout } = await workspace.run(['show', '--events', '--json']);
  return stdout
    .split('\n')
    .filter((line) => line.includes('"stage.undone"'))
    .map((line) => (JSON.parse(line) as { readonly stage: string }).stage);
}

const ALL_UNDONE = {
  reserve: 'cancelled',
  charge: 'cancelled',
  notify: 'succeeded',
  ship: 'failed',
};

describe('a process that is killed amid an undo', () => {
  test.each([
    // What ran and is not on record is undone again.
    ['before:run.undoing', ['undo charge', 'undo reserve']],
    ['before:stage.undone:charge#1', ['undo charge', 'undo charge', 'undo reserve']],
    ['after:stage.undone:charge#1', ['undo charge', 'undo reserve']],
    ['before:stage.undone:reserve#1', ['undo charge', 'undo reserve', 'undo reserve']],
    ['after:stage.undone:reserve#1', ['undo charge', 'undo reserve']],
    ['before:run.finished', ['undo charge', 'undo reserve']],
  ])('at %s leaves a run of which an undo takes back the rest', async (point, ledger) => {
    const run = await workspace.run(['run', 'order.yaml', '--on-failure', 'undo'], {
      MILLRACE_CRASH_AT: point,
    });
    expect(run).toMatchObject({ signal: 'SIGKILL' });
    const again = await workspace.run(['undo', 'latest']);
    expect(again).toMatchObject({ code: 0, stderr: '' });
    expect(undone()).toEqual(ledger);
    expect(await undoneEvents()).toEqual(['charge', 'reserve']);
    expect(await statuses()).toEqual(ALL_UNDONE);
    // One key for all that was done and undone of a stage.
    const keys = workspace.lines('ledger.txt').map((line) => line.split(' ').slice(1).join(' '));
    expect(new Set(keys).size).toBe(2);
    const shown = await workspace.run(['runs', '--json']);
    expect(JSON.parse(shown.stdout).runs).toMatchObject([{ status: 'failed' }]);
  });

  test('by hand leaves the same, and a resume then does it all again', async () => {
    await workspace.run(['run', 'order.yaml']);
    const killed = await workspace.run(['undo', 'latest'], {
      MILLRACE_CRASH_AT: 'after:stage.undone:charge#1',
    });
    expect(killed).toMatchObject({ signal: 'SIGKILL' });
    expect(await workspace.run(['undo', 'latest'])).toMatchObject({ code: 0 });
    expect(undone()).toEqual(['undo charge', 'undo reserve']);
    expect(await statuses()).toEqual(ALL_UNDONE);
    workspace.write('open', '');
    expect(await workspace.run(['resume'])).toMatchObject({ code: 0 });
    const done = workspace.lines('ledger.txt').filter((line) => line.startsWith('do'));
    expect(done).toHaveLength(4);
    // What is done again is other work.
    expect(new Set(done).size).toBe(4);
  });

  test('may also be resumed at once, which does again what is undone and keeps the rest', async () => {
    await workspace.run(['run', 'order.yaml', '--on-failure', 'undo'], {
      MILLRACE_CRASH_AT: 'after:stage.undone:charge#1',
    });
    workspace.write('open', '');
    expect(await workspace.run(['resume'])).toMatchObject({ code: 0 });
    const done = workspace.lines('ledger.txt').filter((line) => line.startsWith('do'));
    expect(done.map((line) => line.split(' ')[1])).toEqual(['reserve', 'charge', 'charge']);
  });
});
