import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { type Going, Workspace } from '../cli/testing-local/workspace.ts';
import { expectNoTrace } from './testing-local/expect-refused.ts';

// Each test starts several processes.

/** `middle` waits for the file `open`, hears no signal, and is left behind after its grace. */
const DEAF = `
name: deaf
stages:
  first: { uses: ./stages/note.ts }
  middle: { uses: ./stages/note.ts, needs: [first], with: { gate: open, deaf: true }, grace: 100ms }
  last: { uses: ./stages/note.ts, needs: [middle] }
`;

let workspace: Workspace;
let going: Going;

beforeEach(async () => {
  workspace = new Workspace();
  workspace.write('deaf.yaml', DEAF);
  going = workspace.start(['run', 'deaf.yaml']);
  await going.until(/▶ middle/);
});
afterEach(async () => {
  going.child.kill('SIGKILL');
  await going.ended;
  workspace.remove();
});

test.each([
  ['SIGTERM', 'SIGTERM'],
  ['SIGTERM', 'SIGHUP'],
  ['SIGHUP', 'SIGTERM'],
] as const)(
  'a stage that ignores %s does not hold the run up beyond its grace, nor does a second signal, %s, cut that short',
  async (first, second) => {
    going.child.kill(first);
    await going.until(new RegExp(`${first}: aborting 1 running stage`));
    going.child.kill(second);
    const ended = await going.ended;
    expect(ended).toMatchObject({ code: 130, signal: null });
    expect(ended.stdout).toMatch(/■ middle +cancelled after/);
    expect(ended.stdout).toMatch(/■ cancelled in \S+: 1 succeeded, 2 cancelled\nresume: /);
    expectNoTrace(ended);
    workspace.write('open', '');
    const resumed = await workspace.run(['resume']);
    expect(resumed).toMatchObject({ code: 0, stderr: '' });
    expect(resumed.stdout).toContain('kept: first (1)');
    expect(workspace.lines('ran.txt')).toEqual(['first', 'middle', 'middle', 'last']);
  },
);
