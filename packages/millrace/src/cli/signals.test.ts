import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { GATED } from './testing-local/configs.ts';
import { type Going, Workspace } from './testing-local/workspace.ts';

// Each test starts several processes.

let workspace: Workspace;

beforeEach(() => {
  workspace = new Workspace();
  workspace.write('gated.pipeline.yaml', GATED);
});
afterEach(() => workspace.remove());

async function startGated(...more: readonly string[]): Promise<Going> {
  const going = workspace.start(['run', 'gated.pipeline.yaml', ...more]);
  await going.until(/▶ middle/);
  return going;
}

test('SIGINT once lets running stages finish, starts none, and exits with 130 and the resume command', async () => {
  const going = await startGated();
  going.child.kill('SIGINT');
  await going.until(/finishing 1 running stage; press Ctrl-C again to abort/);
  workspace.write('open', '');
  const ended = await going.ended;
  expect(ended.code).toBe(130);
  expect(ended.stdout).toMatch(/✔ middle/);
  expect(ended.stdout).toMatch(/■ cancelled in \S+: 2 succeeded, 1 cancelled\nresume: .+\n$/);
  expect(await workspace.run(['resume'])).toMatchObject({ code: 0 });
  expect(workspace.lines('ran.txt')).toEqual(['first', 'middle', 'last']);
});

test('SIGINT twice aborts the running stages', async () => {
  const going = await startGated();
  going.child.kill('SIGINT');
  await going.until(/finishing 1 running stage/);
  going.child.kill('SIGINT');
  const ended = await going.ended;
  expect(ended.code).toBe(130);
  expect(ended.stderr).toContain('aborting 1 running stage; press Ctrl-C again to leave at once');
  expect(ended.stdout).toMatch(/■ middle +cancelled after/);
});

test('a third SIGINT leaves at once, even when a stage does not listen, and the run can be resumed', async () => {
  const going = await startGated('--set', 'stages.middle.with.deaf=true');
  going.child.kill('SIGINT');
  await going.until(/finishing/);
  going.child.kill('SIGINT');
  await going.until(/aborting/);
  going.child.kill('SIGINT');
  expect(await going.ended).toMatchObject({ code: 130, signal: null });
  workspace.write('open', '');
  expect(await workspace.run(['resume'])).toMatchObject({ code: 0 });
});

test.each(['SIGTERM', 'SIGHUP'] as const)('%s aborts the run', async (signal) => {
  const going = await startGated();
  going.child.kill(signal);
  const ended = await going.ended;
  expect(ended.code).toBe(130);
  expect(ended.stderr).toContain(`${signal}: aborting 1 running stage`);
});

test('a stage that nothing can wake any more ends the run with 1 instead of losing it in silence', async () => {
  workspace.write(
    'never.yaml',
    'name: never\nstages: { forever: { uses: ./stages/note.ts, with: { never: true }, grace: 50ms } }\n',
  );
  const ended = await workspace.run(['run', 'never.yaml']);
  expect(ended.code).toBe(1);
  expect(ended.stderr).toContain('"forever" waits for something that can never happen any more');
  expect(ended.stdout).toMatch(/resume: /);
});

test('an error that a stage lets go of ends the run with 1 and names what ran', async () => {
  workspace.write(
    'stray.yaml',
    'name: stray\nstages: { loose: { uses: ./stages/note.ts, with: { stray: true } } }\n',
  );
  const ended = await workspace.run(['run', 'stray.yaml']);
  expect(ended.code).toBe(1);
  expect(ended.stderr).toMatch(/error: Error: nobody awaits this \(stages\/note\.ts:\d+:\d+\)\n/);
  expect(ended.stderr).toContain('while "loose" ran');
  expect(ended.stdout).toMatch(/■ cancelled/);
});
