import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { type Ended, Workspace } from '../cli/testing-local/workspace.ts';
import { expectNoTrace } from './testing-local/expect-refused.ts';

// Each test starts several processes.

/** Dies as its param says, until the file `calm` is there. */
const DIE = `
import { appendFileSync, existsSync } from 'node:fs';
import { PipelineStage, type StageScope, z } from 'millrace';

export default class Die extends PipelineStage.of({ params: z.object({ how: z.string() }) }) {
  async run({ params, signal }: StageScope<typeof Die>) {
    appendFileSync('ran.txt', 'dies\\n');
    if (existsSync('calm')) return;
    // The start and what runs beside it is on record by then.
    for (let turn = 0; turn < 20; turn++) await new Promise((resolve) => setImmediate(resolve));
    if (params.how === 'heap') for (const all: unknown[] = []; ; ) all.push(new Array(1000).fill(all.length));
    if (params.how === 'kill') process.kill(process.pid, 'SIGKILL');
    if (params.how === 'abort') process.abort();
    if (params.how === 'exit') process.exit(3);
    setTimeout(() => { throw new Error('in a timer'); });
    await new Promise((resolve) => signal.addEventListener('abort', resolve));
  }
}
`;

const CONFIG = `
name: deadly
params: { how: kill }
stages:
  first: { uses: ./stages/note.ts }
  beside: { uses: ./stages/note.ts }
  dies: { uses: ./stages/die.ts, needs: [first], with: { how: "\${how}" } }
  last: { uses: ./stages/note.ts, needs: [dies] }
`;

let workspace: Workspace;

beforeEach(() => {
  workspace = new Workspace();
  workspace.write('stages/die.ts', DIE);
  workspace.write('deadly.yaml', CONFIG);
});
afterEach(() => workspace.remove());

const run = (how: string): Promise<Ended> =>
  workspace.run(['run', 'deadly.yaml', '--param', `how=${how}`], {
    NODE_OPTIONS: '--max-old-space-size=50',
  });

/** How a shell would tell it: a signal as 128 and its number. */
function exitOf({ code, signal }: Ended): number | string | null {
  return code ?? signal;
}

describe('a stage that ends the process', () => {
  test.each([
    ['by using up the heap', 'heap', /SIGABRT|134/, /heap out of memory/],
    ['by a signal that nothing can catch', 'kill', /SIGKILL/, /^/],
    ['by an abort', 'abort', /SIGABRT|134/, /^/],
    [
      'by an exit of its own',
      'exit',
      /^1$/,
      /called process\.exit\(3\) before the command was done/,
    ],
  ])(
    '%s is told by the next resume, and nothing committed runs again',
    async (_name, how, exit, text) => {
      const died = await run(how);
      expect(String(exitOf(died))).toMatch(exit);
      expect(died.stderr).toMatch(text);
      const shown = await workspace.run(['show']);
      expect(shown.stdout).toMatch(/■ dies +lost +1 .*its process ended while it ran/);
      workspace.write('calm', '');
      const resumed = await workspace.run(['resume']);
      expect(resumed).toMatchObject({ code: 0, stderr: '' });
      expect(resumed.stdout).toContain('dies  attempt 1 died with its process');
      expect(workspace.lines('ran.txt').sort()).toEqual([
        'beside',
        'dies',
        'dies',
        'first',
        'last',
      ]);
    },
  );

  test('by an error in a timer is aborted, named, and resumed', async () => {
    const died = await run('timer');
    expect(died.code).toBe(1);
    expect(died.stderr).toMatch(/error: Error: in a timer \(stages\/die\.ts:\d+:\d+\)/);
    expect(died.stderr).toContain('while "dies" ran');
    expectNoTrace(died);
    workspace.write('calm', '');
    expect(await workspace.run(['resume'])).toMatchObject({ code: 0 });
    expect(workspace.lines('ran.txt').sort()).toEqual(['beside', 'dies', 'dies', 'first', 'last']);
  });

  test('again and again is told with what may help: more memory', async () => {
    await run('kill');
    const second = await workspace.run(['resume']);
    expect(second).toMatchObject({ signal: 'SIGKILL', stderr: '' });
    const third = await workspace.run(['resume'], { NODE_OPTIONS: '--max-old-space-size=50' });
    expect(third.stderr).toMatch(
      /note: this run's process died while it ran "dies" \(2 times\)\n {2}out of memory .* limited to \d+ MB; for more: NODE_OPTIONS=--max-old-space-size=\d+\n/,
    );
    expect(workspace.lines('ran.txt').sort()).toEqual(['beside', 'dies', 'dies', 'dies', 'first']);
  });
});

describe('a run that is killed before its first record', () => {
  test.each(['before:createRun#1', 'after:createRun#1', 'before:run.started', 'after:run.started'])(
    'at %s is begun again by run, and resume knows whether there is one',
    async (point) => {
      workspace.write('calm', '');
      const killed = await workspace.run(['run', 'deadly.yaml'], { MILLRACE_CRASH_AT: point });
      expect(killed.signal).toBe('SIGKILL');
      expect(workspace.lines('ran.txt')).toEqual([]);
      const resumed = await workspace.run(['resume', 'deadly.yaml']);
      if (point === 'before:createRun#1') {
        expect(resumed.code).toBe(2);
        expect(resumed.stderr).toContain('error[NOTHING_TO_RESUME]');
        expect(resumed.stderr).toContain('start one: ');
        expect(await workspace.run(['run', 'deadly.yaml'])).toMatchObject({ code: 0, stderr: '' });
      } else {
        expect(resumed).toMatchObject({ code: 0, stderr: '' });
      }
      expect(workspace.lines('ran.txt').sort()).toEqual(['beside', 'dies', 'first', 'last']);
    },
  );

  test.each([
    ['nothing but the folder', 'mkdir -p .millrace'],
    ['an empty file', 'mkdir -p .millrace; : > .millrace/millrace.db'],
    [
      'an empty file and an empty log',
      'mkdir -p .millrace; : > .millrace/millrace.db; : > .millrace/millrace.db-wal',
    ],
  ])('and leaves %s, is begun by run, and resume says that there is none', async (_what, line) => {
    workspace.write('calm', '');
    await workspace.shell(line);
    const resumed = await workspace.run(['resume', 'deadly.yaml']);
    expect(resumed.code).toBe(2);
    expect(resumed.stderr).toMatch(/error\[(?:NOTHING_TO_RESUME|STORE_MISSING)\]/);
    expect(await workspace.run(['run', 'deadly.yaml'])).toMatchObject({ code: 0, stderr: '' });
  });
});
