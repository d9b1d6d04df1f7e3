import { rmSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { FIXABLE } from '../testing-local/configs.ts';
import { type Going, Workspace } from '../testing-local/workspace.ts';
import { readStoredRun, type StoredRun } from '../verify/stored-run.ts';
import { StartedProcesses } from './testing-local/started-processes.ts';
import { WAIT, WAITING } from './testing-local/waiting-config.ts';

// Each round starts three processes.
jest.setTimeout(1_800_000);

const ROUNDS = Number(process.env.MILLRACE_ROUNDS ?? 20);

let workspace: Workspace;
let processes: StartedProcesses;

beforeEach(() => {
  workspace = new Workspace();
  processes = new StartedProcesses(workspace);
});
afterEach(async () => {
  await processes.kill();
  workspace.remove();
});

const start = (...args: readonly string[]): Going => processes.start(...args);

describe(`of two resumes at once, ${ROUNDS} times in a row,`, () => {
  const store = (round: number): string[] => ['--store', `sqlite:rounds/${round}.db`];
  const stored = (round: number): Promise<StoredRun | undefined> =>
    readStoredRun(workspace.path(`rounds/${round}.db`));

  test('one executes and the other follows, and no stage runs twice', async () => {
    workspace.write('waiting.yaml', WAITING);
    workspace.write('stages/wait.ts', WAIT);
    for (let round = 0; round < ROUNDS; round++) {
      const crash = { MILLRACE_CRASH_AT: 'after:stage.started:middle#1' };
      const run = ['run', 'waiting.yaml', ...store(round)];
      expect((await workspace.run(run, crash)).signal).toBe('SIGKILL');
      workspace.write('ran.txt', '');
      const both = [start('resume', ...store(round)), start('resume', ...store(round))];
      await Promise.all(both.map((going) => going.until(/▶ middle +attempt 2/)));
      workspace.write('open', '');
      const ends = await Promise.all(both.map(({ ended }) => ended));
      rmSync(workspace.path('open'));
      expect(ends.map(({ code }) => code)).toEqual([0, 0]);
      expect(ends.filter(({ stdout }) => stdout.includes('kept: first (1)'))).toHaveLength(1);
      expect(ends.filter(({ stderr }) => stderr.includes('following it'))).toHaveLength(1);
      expect(workspace.lines('ran.txt')).toEqual(['middle', 'last']);
      const end = await stored(round);
      expect(end).toMatchObject({ status: 'succeeded', sessions: 2, isOwned: false });
      expect(end?.events.filter(({ type }) => type === 'run.resumed')).toHaveLength(1);
    }
  });

  test('one executes although it fails at once, and the other tells its failure or tries anew', async () => {
    workspace.write('fixable.pipeline.yaml', FIXABLE);
    for (let round = 0; round < ROUNDS; round++) {
      await workspace.run(['run', 'fixable.pipeline.yaml', ...store(round)]);
      workspace.write('ran.txt', '');
      const ends = await Promise.all([1, 2].map(() => workspace.run(['resume', ...store(round)])));
      expect(ends.map(({ code }) => code)).toEqual([1, 1]);
      for (const { stdout } of ends) expect(stdout).toMatch(/✖ sum failed in attempt [23] after/);
      // On a slow machine the second may begin after the first has ended: then it is a resume of its own.
      const end = await stored(round);
      const resumes = (end?.sessions ?? 0) - 1;
      expect([1, 2]).toContain(resumes);
      expect(workspace.lines('ran.txt')).toEqual(new Array(resumes).fill('sum'));
      expect(end?.status).toBe('failed');
    }
  });
});
