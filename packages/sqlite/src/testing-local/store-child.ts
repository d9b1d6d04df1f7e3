import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { StoreCommand } from './store-process.ts';

/** A running `store-process.ts`, and what it answers. */
export class StoreChild {
  readonly #process: ChildProcess;
  readonly #answers: AsyncIterator<string>;

  private constructor(child: ChildProcess, answers: AsyncIterator<string>) {
    this.#process = child;
    this.#answers = answers;
  }

  static async start(): Promise<StoreChild> {
    const child = spawn(
      process.execPath,
      [
        '--disable-warning=ExperimentalWarning',
        '--import',
        new URL('source-packages.ts', import.meta.url).href,
        fileURLToPath(new URL('store-process.ts', import.meta.url)),
      ],
      { stdio: ['pipe', 'pipe', 'inherit'] },
    );
    const lines = createInterface({ input: child.stdout });
    const started = new StoreChild(child, lines[Symbol.asyncIterator]());
    await started.nextAnswer();
    return started;
  }

  send(command: StoreCommand): void {
    this.#process.stdin?.write(`${JSON.stringify(command)}\n`);
  }

  async ask(command: StoreCommand): Promise<string | undefined> {
    this.send(command);
    return await this.nextAnswer();
  }

  /** Undefined when the process has ended. */
  async nextAnswer(): Promise<string | undefined> {
    const { value, done } = await this.#answers.next();
    return done === true ? undefined : value;
  }

  /** Stops it at whatever it is doing; what it has said until then can still be read. */
  kill(): void {
    this.#process.kill('SIGKILL');
  }

  async end(): Promise<void> {
    if (this.#process.exitCode !== null || this.#process.signalCode !== null) return;
    const ended = once(this.#process, 'exit');
    this.#process.stdin?.end();
    await ended;
  }
}

/** Gives the body so many children and ends them, whatever happens. */
export async function withChildren(
  count: number,
  body: (children: readonly StoreChild[]) => Promise<void>,
): Promise<void> {
  const children = await Promise.all(Array.from({ length: count }, () => StoreChild.start()));
  try {
    await body(children);
  } finally {
    await Promise.all(children.map((child) => child.end()));
  }
}
