import { spawn } from 'node:child_process';

export interface ProgramRequest {
  readonly file: string;
  readonly args: readonly string[];
  readonly limitMs: number;
  /** Added to the environment. */
  readonly env?: Readonly<Record<string, string>>;
  /** Default: the folder of this process. */
  readonly cwd?: string;
}

/** How a program ended; `over` is one that was killed because it had not ended in time, or needed more memory. */
export type ProgramEnd =
  | { readonly kind: 'ended'; readonly stdout: string; readonly wallMs: number }
  | { readonly kind: 'failed'; readonly reason: string }
  | { readonly kind: 'over'; readonly limit: string };

/** Node, as the cells are started: the same one, without warnings about what it calls experimental. */
export const NODE_OPTIONS = ['--disable-warning=ExperimentalWarning'] as const;

/** What Node says at last when its heap is full. */
const OUT_OF_MEMORY = 'JavaScript heap out of memory';

/** Lines of what a failed program has said that are shown. */
const SHOWN_LINES = 12;

/** Runs a program to its end and times it from before its start until it is gone. */
export function runProgram({ file, args, limitMs, env, cwd }: ProgramRequest): Promise<ProgramEnd> {
  return new Promise((resolve) => {
    const began = performance.now();
    const child = spawn(file, [...args], {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, ...env },
      ...(cwd === undefined ? {} : { cwd }),
    });
    let stdout = '';
    let stderr = '';
    let isOver = false;
    const limit = setTimeout(() => {
      isOver = true;
      child.kill('SIGKILL');
    }, limitMs);
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      stdout += text;
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      stderr += text;
    });
    const end = (ended: ProgramEnd): void => {
      clearTimeout(limit);
      resolve(ended);
    };
    child.on('error', (error) => end({ kind: 'failed', reason: error.message }));
    child.on('close', (code, signal) => {
      const wallMs = performance.now() - began;
      if (isOver) end({ kind: 'over', limit: `${limitMs / 1000} s` });
      else if (stderr.includes(OUT_OF_MEMORY)) end({ kind: 'over', limit: 'the memory of Node' });
      else if (code === 0) end({ kind: 'ended', stdout, wallMs });
      else end({ kind: 'failed', reason: reasonOf(stderr, signal ?? `exit code ${code}`) });
    });
  });
}

function reasonOf(stderr: string, ending: string): string {
  const lines = stderr.split('\n').filter((line) => line.trim() !== '');
  return [`${ending}:`, ...lines.slice(0, SHOWN_LINES)].join('\n    ');
}
