import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { exampleFolder } from '../base/example-folder.ts';

/** The program in a process of its own, to be killed. */
export class ChildTraining {
  readonly #child: ChildProcess;
  readonly #notices: string[] = [];
  readonly #lines: AsyncIterator<string>;
  /** Resolves to the exit code, or to the signal that ended it. */
  readonly ended: Promise<number | string>;

  constructor(argv: readonly string[], env: Readonly<Record<string, string>>) {
    const hook = join(import.meta.dirname, 'source-packages.ts');
    const child = spawn(process.execPath, ['--import', hook, 'train.ts', ...argv], {
      cwd: exampleFolder,
      env: { ...process.env, NODE_OPTIONS: '', INIT_CWD: '/', ...env },
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    this.#child = child;
    this.#lines = createInterface({ input: child.stderr })[Symbol.asyncIterator]();
    this.ended = once(child, 'close').then(([code, signal]) => code ?? signal);
  }

  /** Resolves to the first notice that begins so. */
  async notice(start: string): Promise<string> {
    for (;;) {
      const { value, done } = await this.#lines.next();
      if (done === true) throw new Error(`it ended before "${start}": ${this.#notices.join('\n')}`);
      this.#notices.push(value);
      if (value.startsWith(start)) return value;
    }
  }

  /** The id in the first notice of every run. */
  async runId(): Promise<string> {
    return /--resume (\S+)/.exec(await this.notice('if this is killed'))?.[1] ?? 'none';
  }

  signal(name: 'SIGKILL' | 'SIGINT'): void {
    this.#child.kill(name);
  }
}
