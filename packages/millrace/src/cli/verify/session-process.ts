import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';

/** How a process of the command line is started for one session of a run. */
export interface SessionCommand {
  /** Words behind the program: `run`, `p.yaml`, `--store`, ... */
  readonly words: readonly string[];
  readonly cwd: string;
  /** A crash point that kills it. */
  readonly crashAt?: string;
  /** File that gets the names of the crash points that it passes. */
  readonly crashLog?: string;
  /** Kills it after so many milliseconds, if it still lives. */
  readonly killAfterMs?: number;
}

export interface SessionEnd {
  /** Null when a signal ended it. */
  readonly exit: number | null;
  readonly wasKilled: boolean;
  /** Both streams, as they came. */
  readonly output: string;
  /** Wall clock at its start. */
  readonly startedAt: number;
  readonly durationMs: number;
}

const PROGRAM = join(import.meta.dirname, '../../../bin/millrace.js');
/** More of what a session prints is not kept. */
const LONGEST_OUTPUT = 20_000;

/** Runs one session in a process of its own, and waits for the end of it. */
export function runSessionProcess(command: SessionCommand): Promise<SessionEnd> {
  const { words, cwd, crashAt = '', crashLog = '', killAfterMs } = command;
  const startedAt = Date.now();
  const beganMs = performance.now();
  const child = spawn(process.execPath, [...process.execArgv, PROGRAM, ...words], {
    cwd,
    env: { ...process.env, MILLRACE_CRASH_AT: crashAt, MILLRACE_CRASH_LOG: crashLog },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      output = (output + text).slice(0, LONGEST_OUTPUT);
    });
  }
  const timer =
    killAfterMs === undefined ? undefined : setTimeout(() => child.kill('SIGKILL'), killAfterMs);
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (exit, signal) => {
      clearTimeout(timer);
      const durationMs = performance.now() - beganMs;
      resolve({ exit, wasKilled: signal === 'SIGKILL', output, startedAt, durationMs });
    });
  });
}
