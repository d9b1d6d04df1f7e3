import type { AdapterEntry } from '../adapters/adapter-list.ts';
import { installPeers } from './install-peers.ts';
import { type RedisPlace, type RedisSync, redisVariable } from './redis-place.ts';
import { RedisServer } from './redis-server.ts';

/** What the adapters need besides this package, and why some of them cannot be measured here. */
export class PeerServices {
  readonly #reasons = new Map<AdapterEntry['needs'], string>();
  readonly #servers: RedisServer[] = [];
  readonly #env: Record<string, string> = {};

  /** Environment of the cells. */
  get env(): Readonly<Record<string, string>> {
    return this.#env;
  }

  /** Installs and starts what these adapters need. What cannot be had is no error. */
  async prepare(adapters: readonly AdapterEntry[]): Promise<void> {
    const needed = new Set(adapters.map(({ needs }) => needs));
    needed.delete('nothing');
    if (needed.size === 0) return;
    const reason = await installPeers();
    for (const need of needed) {
      if (reason !== undefined) this.#reasons.set(need, reason);
      else if (need === 'redis-everysec') await this.#findRedis(need, 'everysec');
      else if (need === 'redis-always') await this.#findRedis(need, 'always');
    }
  }

  /** Why an adapter cannot be measured; undefined when it can. */
  reasonAgainst({ needs }: AdapterEntry): string | undefined {
    return this.#reasons.get(needs);
  }

  async stop(): Promise<void> {
    await Promise.all(this.#servers.map((server) => server.stop()));
  }

  async #findRedis(need: AdapterEntry['needs'], sync: RedisSync): Promise<void> {
    const given = process.env.REDIS_URL;
    if (given === undefined) await this.#startRedis(need, sync);
    else if (sync === 'everysec')
      this.#env[redisVariable(sync)] = JSON.stringify({ url: given } satisfies RedisPlace);
    else this.#reasons.set(need, 'REDIS_URL is set, and the settings of that server are its own');
  }

  async #startRedis(need: AdapterEntry['needs'], sync: RedisSync): Promise<void> {
    const server = await RedisServer.start(sync);
    if (typeof server === 'string') {
      this.#reasons.set(need, `no Redis: ${server}; install redis-server, or set REDIS_URL`);
      return;
    }
    this.#servers.push(server);
    this.#env[redisVariable(sync)] = JSON.stringify(server.place);
  }
}
