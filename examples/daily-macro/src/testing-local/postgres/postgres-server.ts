import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, chownSync, cpSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { Client } from 'pg';
import { MacroError } from '../../base/macro-error.ts';
import type { PostgresSource } from './find-postgres.ts';

/** PostgreSQL refuses root; this user is there on every Unix. */
const NOBODY = 65534;
const READY = 'database system is ready to accept connections';

/** A real server, in a folder of its own unless it was there before. */
export class PostgresServer {
  readonly #url: string;
  readonly #child: ChildProcess | undefined;
  readonly #folder: string | undefined;
  #schemas = 0;

  private constructor(url: string, child?: ChildProcess, folder?: string) {
    this.#url = url;
    this.#child = child;
    this.#folder = folder;
  }

  static async start(source: PostgresSource): Promise<PostgresServer> {
    if (source.kind === 'server') return new PostgresServer(source.url);
    const folder = mkdtempSync(join(tmpdir(), 'daily-macro-postgres-'));
    // Another user must be able to go through it.
    chmodSync(folder, 0o755);
    const binaries = source.kind === 'binaries' ? source.folder : unpack(source.folder, folder);
    const { port, child } = await startServer(binaries, folder);
    return new PostgresServer(`postgres://postgres@127.0.0.1:${port}/postgres`, child, folder);
  }

  /** A new empty schema, and the URL of a connection that sees nothing else. */
  async emptySchema(): Promise<{ readonly url: string; readonly drop: () => Promise<void> }> {
    this.#schemas += 1;
    const name = `daily_macro_${process.pid}_${this.#schemas}`;
    await this.#query(`DROP SCHEMA IF EXISTS ${name} CASCADE`);
    await this.#query(`CREATE SCHEMA ${name}`);
    const url = new URL(this.#url);
    url.searchParams.set('options', `-c search_path=${name}`);
    return { url: url.href, drop: () => this.#query(`DROP SCHEMA ${name} CASCADE`) };
  }

  async stop(): Promise<void> {
    if (this.#child !== undefined && this.#child.exitCode === null) {
      const closed = once(this.#child, 'close');
      // Fast shutdown: open sessions are ended.
      this.#child.kill('SIGINT');
      await closed;
    }
    if (this.#folder !== undefined) rmSync(this.#folder, { recursive: true, force: true });
  }

  async #query(sql: string): Promise<void> {
    const client = new Client({ connectionString: this.#url });
    await client.connect();
    try {
      await client.query(sql);
    } finally {
      await client.end();
    }
  }
}

/** A copy, because the user of the server may not be let into the repository, and its links may be missing. */
function unpack(from: string, folder: string): string {
  cpSync(join(from, 'native'), join(folder, 'native'), { recursive: true, verbatimSymlinks: true });
  execFileSync(process.execPath, [join(from, 'scripts', 'hydrate-symlinks.js')], { cwd: folder });
  return join(folder, 'native', 'bin');
}

async function startServer(
  binaries: string,
  folder: string,
): Promise<{ readonly port: number; readonly child: ChildProcess }> {
  const data = join(folder, 'data');
  mkdirSync(data, { mode: 0o700 });
  const isRoot = process.getuid?.() === 0;
  if (isRoot) chownSync(data, NOBODY, NOBODY);
  const user = {
    cwd: folder,
    env: { ...process.env, LC_ALL: 'C' },
    ...(isRoot ? { uid: NOBODY, gid: NOBODY } : {}),
  };
  execFileSync(
    join(binaries, 'initdb'),
    ['-D', data, '-U', 'postgres', '-A', 'trust', '-E', 'UTF8', '--no-sync'],
    { ...user, stdio: ['ignore', 'ignore', 'pipe'] },
  );
  const port = await freePort();
  const settings = ['listen_addresses=127.0.0.1', 'unix_socket_directories=', 'fsync=off'];
  const child = spawn(
    join(binaries, 'postgres'),
    ['-D', data, '-p', String(port), ...settings.flatMap((setting) => ['-c', setting])],
    { ...user, stdio: ['ignore', 'ignore', 'pipe'] },
  );
  const said: string[] = [];
  for await (const line of createInterface({ input: child.stderr })) {
    said.push(line);
    if (!line.includes(READY)) continue;
    // Nobody reads on, and a full pipe would stop the server.
    child.stderr.resume();
    return { port, child };
  }
  throw new MacroError('POSTGRES_UNUSABLE', `postgres did not start: ${said.join('\n')}`);
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  return typeof address === 'object' && address !== null ? address.port : 0;
}
