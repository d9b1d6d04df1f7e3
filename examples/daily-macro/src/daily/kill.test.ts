import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { daily, runIdIn, TemporaryHome, withoutTimes } from '../testing-local/daily.ts';
import { exampleFolder } from './places.ts';

// Whole runs and real processes: seconds on a busy machine.

let home: TemporaryHome;
let child: ChildProcess | undefined;
beforeEach(() => {
  home = new TemporaryHome();
});
afterEach(() => {
  child?.kill('SIGKILL');
  child = undefined;
  home.remove();
});

interface PausedRun {
  readonly process: ChildProcess;
  readonly runId: string;
  /** Resolves to the exit code, or the signal that ended it, and what it printed. */
  readonly ended: Promise<{ readonly end: number | string; readonly out: readonly string[] }>;
}

/** The program in a process of its own, once it waits in `strategies`. */
async function pausedRun(pause: string): Promise<PausedRun> {
  const hook = join(import.meta.dirname, '..', 'testing-local', 'source-packages.ts');
  const started = spawn(
    process.execPath,
    ['--import', hook, 'daily.ts', '--date', '2000-05-15', ...home.flag],
    {
      cwd: exampleFolder,
      env: { ...process.env, NODE_OPTIONS: '', DAILY_MACRO_PAUSE: pause, INIT_CWD: '/' },
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  );
  child = started;
  const out: string[] = [];
  createInterface({ input: started.stdout }).on('line', (line) => out.push(line));
  const ended = once(started, 'close').then(([code, signal]) => ({ end: code ?? signal, out }));
  let runId = 'none';
  const notices: string[] = [];
  for await (const line of createInterface({ input: started.stderr })) {
    notices.push(line);
    runId = /--resume (\S+)/.exec(line)?.[1] ?? runId;
    if (line.startsWith('strategies: paused')) return { process: started, runId, ended };
  }
  throw new Error(`it ended before its pause: ${notices.join('\n')}`);
}

const begun = ['ingest', 'quality', 'agents', 'aggregate'].map((id) => `${id} 1 succeeded`);
const rest = ['portfolio', 'risk', 'report'].map((id) => `${id} 1 succeeded`);

describe('a run that is killed with SIGKILL in the middle', () => {
  it('has its row, and a resume runs only the killed stage and what follows, to the same values', async () => {
    const whole = await daily('--date', '2000-05-15', ...home.flag);
    const run = await pausedRun('strategies');
    run.process.kill('SIGKILL');
    expect((await run.ended).end).toBe('SIGKILL');
    const [killed] = await home.rows();
    expect(killed).toMatchObject({ id: run.runId, status: 'FAILED' });
    expect(JSON.parse(killed?.summary ?? '')).toEqual({ error: 'started, and not finished' });
    expect(Object.keys(killed?.stepTimings ?? {})).toEqual(begun.map((line) => line.split(' ')[0]));

    const resumed = await daily('--resume', run.runId, ...home.flag);
    expect(resumed.exitCode).toBe(0);
    expect(await home.attempts(run.runId)).toEqual([
      ...begun,
      'strategies 1 lost',
      'strategies 2 succeeded',
      ...rest,
    ]);
    expect(await home.hashes(run.runId)).toEqual(await home.hashes(runIdIn(whole.out)));
    const figures = (lines: readonly string[]) => withoutTimes(lines).slice(12, 22);
    expect(figures(resumed.out)).toEqual(figures(whole.out));
    expect(await home.rows()).toMatchObject([{ id: run.runId, status: 'SUCCESS' }, {}]);
  });
});

describe('a run that gets Ctrl-C', () => {
  it('finishes the running stage and starts none; exit 130, and the resume goes on behind it', async () => {
    const file = join(home.folder, 'pause');
    writeFileSync(file, '');
    const run = await pausedRun(`strategies:${file}`);
    run.process.kill('SIGINT');
    rmSync(file);
    const { end, out } = await run.ended;
    expect(end).toBe(130);
    expect(out.join('\n')).toContain('✓ strategies:');
    expect(out.join('\n')).not.toContain('portfolio:');
    expect(await home.rows()).toMatchObject([{ status: 'FAILED', signalCount: 23 }]);
    expect((await daily('--resume', 'latest', ...home.flag)).exitCode).toBe(0);
    expect(await home.attempts(run.runId)).toEqual([...begun, 'strategies 1 succeeded', ...rest]);
  });

  it('twice aborts the running stage', async () => {
    const run = await pausedRun('strategies');
    const notices = createInterface({ input: run.process.stderr ?? process.stdin });
    run.process.kill('SIGINT');
    await once(notices, 'line');
    run.process.kill('SIGINT');
    const { end, out } = await run.ended;
    expect(end).toBe(130);
    expect(out.join('\n')).toMatch(/✗ strategies: .* FAILED -- cancelled/);
    expect(await home.attempts(run.runId)).toEqual([...begun, 'strategies 1 cancelled']);
  });
});

describe('a resume of a run that is still going on', () => {
  it('is refused, and leaves the run alone', async () => {
    const run = await pausedRun('strategies');
    const second = daily('--resume', run.runId, ...home.flag);
    await expect(second).rejects.toMatchObject({ code: 'RUN_HELD' });
  });
});
