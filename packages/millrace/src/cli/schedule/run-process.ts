import { spawn } from 'node:child_process';
import { join } from 'node:path';
import type { StartedRun } from './scheduler.ts';

export interface RunProcess {
  /** Words behind the program: `run`, `p.yaml`, ... */
  readonly words: readonly string[];
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** False: what it prints on standard output is nobody's. */
  readonly isShown: boolean;
}

const PROGRAM = join(import.meta.dirname, '../../../bin/millrace.js');

/**
 * Starts a run in a process of its own: it loads config and stages as they are by then, it goes on when the scheduler
 * dies, and a Ctrl-C that is meant for the scheduler does not reach it.
 */
export function startRunProcess({ words, cwd, env, isShown }: RunProcess): StartedRun {
  const child = spawn(process.execPath, [...process.execArgv, PROGRAM, ...words], {
    cwd,
    // Several may write at a time, so none draws.
    env: { ...env, TERM: 'dumb' },
    stdio: ['ignore', isShown ? 'inherit' : 'ignore', 'inherit'],
    detached: true,
  });
  return {
    ended: new Promise((resolve, reject) => {
      child.once('error', reject);
      child.once('exit', (code) => resolve(code));
    }),
    stop: () => void child.kill('SIGTERM'),
  };
}
