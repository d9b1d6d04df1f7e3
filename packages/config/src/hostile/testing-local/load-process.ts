import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import type { Measure, Outcome } from './measure.ts';

const CHILD = join(import.meta.dirname, 'load-hostile.ts');
/** Far beyond what any load takes: only what never ends ends here. */
const TIMEOUT_MS = 120_000;
/** What matters of it stands at its beginning. */
const LONGEST_WORDS = 2000;

interface LoadProcessOptions {
  readonly folder: string;
  /** Of what outlives a few collections, with the modules of the package. Default: as Node chooses. */
  readonly heapMb?: number | undefined;
}

/** A process of its own that loads one file after the other. */
export class LoadProcess {
  readonly #child: ChildProcess;
  readonly #words: Promise<string>;

  constructor({ folder, heapMb }: LoadProcessOptions) {
    this.#child = fork(CHILD, [], {
      cwd: folder,
      silent: true,
      execArgv: ['--no-warnings', '--expose-gc', ...(heapMb === undefined ? [] : bounds(heapMb))],
      env: {
        ...process.env,
        // Compiled once, the sources cost no more memory than the package that is built of them.
        NODE_COMPILE_CACHE: join(folder, 'compiled'),
        // Freed at once, and not kept for later in as many places as there are processors.
        MALLOC_ARENA_MAX: '1',
        MALLOC_MMAP_THRESHOLD_: '1000000',
        MALLOC_TRIM_THRESHOLD_: '1000000',
      },
    });
    this.#words = this.#child.stderr === null ? Promise.resolve('') : text(this.#child.stderr);
  }

  get isAlive(): boolean {
    const { connected, exitCode, signalCode } = this.#child;
    return connected && exitCode === null && signalCode === null;
  }

  async load(file: string): Promise<Outcome> {
    const settled = new AbortController();
    const { signal } = settled;
    const answered = once(this.#child, 'message', { signal });
    const ended = once(this.#child, 'exit', { signal });
    const timer = setTimeout(() => this.#child.kill('SIGKILL'), TIMEOUT_MS);
    try {
      this.#child.send(file);
      return await Promise.race([
        answered.then(([measure]) => measure as Measure),
        ended.then(async ([, by]) => ({ death: lastWords(await this.#words) ?? `ended by ${by}` })),
      ]);
    } finally {
      clearTimeout(timer);
      settled.abort();
      await Promise.allSettled([answered, ended]);
    }
  }

  async end(): Promise<void> {
    if (!this.isAlive) return;
    const ended = once(this.#child, 'exit');
    this.#child.disconnect();
    await ended;
  }
}

/** Of what Node tells in many lines, the one that says why. */
function lastWords(words: string): string | undefined {
  const [reason = words.slice(0, LONGEST_WORDS)] = /^FATAL ERROR: .*/m.exec(words) ?? [];
  return reason === '' ? undefined : reason;
}

/**
 * A heap that leaves no room to be lazy in. How much garbage Node lets lie depends on the memory and
 * the processors of the machine, so that the memory which it takes says nothing of what a load needs;
 * what a load needs and this heap cannot hold ends the process. One thread collects, because several
 * of them leave gaps as their number and the chances of the moment will have it.
 */
function bounds(heapMb: number): string[] {
  return [`--max-old-space-size=${heapMb}`, '--max-semi-space-size=4', '--single-threaded-gc'];
}
