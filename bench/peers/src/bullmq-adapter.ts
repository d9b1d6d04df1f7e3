import { readdirSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { Adapter, Ran, Trial } from '../../src/adapters/adapter.ts';
import { type RedisPlace, type RedisSync, redisVariable } from '../../src/harness/redis-place.ts';
import { BullmqRun } from './bullmq-run.ts';

function findRedis(sync: RedisSync): RedisPlace {
  const given = process.env[redisVariable(sync)];
  if (given === undefined) throw new RangeError(`${redisVariable(sync)} names no Redis`);
  return JSON.parse(given);
}

/** All that a Redis has on disk, which it never makes smaller; undefined where its folder is not known. */
function bytesIn({ folder }: RedisPlace): number | undefined {
  if (folder === undefined) return undefined;
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .reduce((sum, { parentPath, name }) => sum + statSync(join(parentPath, name)).size, 0);
}

/** What the first run and the resume of a folder have in common. */
function prefixOf(folder: string): string {
  return `${basename(dirname(folder))}-${basename(folder)}`;
}

/** A Redis beside the process of the cell, which holds the queue and its one worker. */
export function bullmqAdapter(sync: RedisSync): Adapter {
  return {
    async begin(workload, folder): Promise<Trial> {
      const redis = findRedis(sync);
      const bytesBefore = bytesIn(redis);
      const isResume = workload.kind === 'resume';
      const run = new BullmqRun(workload, { url: redis.url, prefix: prefixOf(folder) });
      if (!isResume) await run.open();
      let bytes: number | undefined;
      return {
        build() {
          run.build();
        },
        async run(): Promise<Ran> {
          await (isResume ? run.resume() : run.start());
          return { values: run.values, executed: run.executed };
        },
        async close() {
          const bytesAfter = bytesIn(redis);
          // The first run of a resume was written before.
          if (!isResume && bytesBefore !== undefined && bytesAfter !== undefined) {
            bytes = bytesAfter - bytesBefore;
          }
          await run.forget();
        },
        bytesOnDisk: () => bytes,
      };
    },
    async fail(workload, folder) {
      const place = { url: findRedis(sync).url, prefix: prefixOf(folder) };
      const run = new BullmqRun(workload, place, workload.nodes.length - 1);
      await run.open();
      run.build();
      await run.start();
      await run.close();
    },
  };
}
