import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { rmSync } from 'node:fs';
import { connect } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { freePort } from './free-port.ts';
import type { RedisPlace, RedisSync } from './redis-place.ts';
import { workFolder } from './work-folder.ts';

const PROGRAM = 'redis-server';
const START_LIMIT_MS = 10_000;
const TRY_EVERY_MS = 50;

/** A Redis of the bench's own, which logs each write and never rewrites its log, so that its size can be read. */
export class RedisServer {
  readonly place: RedisPlace;
  readonly #process: ChildProcess;
  readonly #folder: string;

  private constructor(child: ChildProcess, port: number, folder: string) {
    this.#process = child;
    this.#folder = folder;
    process.once('exit', () => child.kill('SIGKILL'));
    this.place = { url: `redis://127.0.0.1:${port}`, folder };
  }

  /** @returns the reason, where there is none to be had */
  static async start(sync: RedisSync): Promise<RedisServer | string> {
    const port = await freePort();
    const folder = workFolder('redis');
    const settings = {
      port: String(port),
      bind: '127.0.0.1',
      dir: folder,
      save: '',
      appendonly: 'yes',
      appendfsync: sync,
      'auto-aof-rewrite-percentage': '0',
    };
    const args = Object.entries(settings).flatMap(([name, value]) => [`--${name}`, value]);
    const child = spawn(PROGRAM, args, { stdio: 'ignore' });
    const server = new RedisServer(child, port, folder);
    const reason = await untilAnswers(child, port);
    if (reason === undefined) return server;
    await server.stop();
    return reason;
  }

  async stop(): Promise<void> {
    if (isAlive(this.#process)) {
      const gone = once(this.#process, 'exit');
      this.#process.kill('SIGKILL');
      await gone;
    }
    rmSync(this.#folder, { recursive: true, force: true });
  }
}

/** Undefined once it answers, else why it does not. */
async function untilAnswers(child: ChildProcess, port: number): Promise<string | undefined> {
  let failure: string | undefined;
  child.on('error', ({ message }) => {
    failure = message;
  });
  child.on('exit', (code) => {
    failure = `${PROGRAM} ended with ${code}`;
  });
  const until = performance.now() + START_LIMIT_MS;
  while (failure === undefined && performance.now() < until) {
    if (await pong(port)) return undefined;
    await wait(TRY_EVERY_MS);
  }
  return failure ?? `${PROGRAM} did not answer within ${START_LIMIT_MS / 1000} s`;
}

function pong(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    const end = (isThere: boolean): void => {
      socket.destroy();
      resolve(isThere);
    };
    socket.on('error', () => end(false));
    socket.on('data', (bytes) => end(bytes.toString().startsWith('+PONG')));
    socket.write('PING\r\n');
  });
}

function isAlive({ pid, exitCode, signalCode }: ChildProcess): boolean {
  return pid !== undefined && exitCode === null && signalCode === null;
}
