import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { exampleFolder } from '../base/example-folder.ts';

/** The program in a process of its own, to be killed. */
export class ChildSocial {
  readonly #child: ChildProcess;
  #onLine: () => void = () => undefined;
  readonly lines: string[] = [];
  /** Resolves to the exit code, or to the signal that ended it, once all that it said is in `lines`. */
  readonly ended: Promise<number | string>;

  constructor(argv: readonly string[], env: Readonly<Record<string, string>> = {}) {
    // The same files are started over and over.
    const cache = join(exampleFolder, '..', '..', 'node_modules', '.cache', 'social-trading');
    const child = spawn(process.execPath, ['social.ts', ...argv], {
      cwd: exampleFolder,
      env: { ...process.env, NODE_OPTIONS: '', INIT_CWD: '/', NODE_COMPILE_CACHE: cache, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.#child = child;
    for (const stream of [child.stdout, child.stderr]) {
      createInterface({ input: stream }).on('line', (line) => {
        this.lines.push(line);
        this.#onLine();
      });
    }
    this.ended = once(child, 'close').then(([code, signal]) => code ?? signal);
  }

  /** Resolves once a line begins so, or once the process has ended. */
  async says(start: string): Promise<boolean> {
    const has = (): boolean => this.lines.some((line) => line.startsWith(start));
    const heard = new Promise<void>((resolve) => {
      this.#onLine = () => {
        if (has()) resolve();
      };
    });
    if (!has()) await Promise.race([heard, this.ended]);
    return has();
  }

  kill(signal: 'SIGKILL' | 'SIGTERM' | 'SIGINT' = 'SIGKILL'): void {
    this.#child.kill(signal);
  }
}
