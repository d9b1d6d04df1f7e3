import { randomUUID } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { RedisConnection } from '@millrace/stream';
import { RedisServer } from '@millrace-internal/tools/redis-server';
import { inExample } from '../base/example-folder.ts';
import {
  ledgerRows,
  postLines,
  type Replayed,
  replayed,
  somePosts,
} from '../testing-local/replayed.ts';
import { useTemporaryFolder } from '../testing-local/temporary-folder.ts';

const folder = useTemporaryFolder();
let server: RedisServer;
beforeEach(async () => {
  server = await RedisServer.start();
});
afterEach(() => server.stop());

/** Streams of its own, since the server may be one that others use. */
function settings(whenDown: 'wait' | 'ledger'): { file: string; results: string } {
  const own = randomUUID();
  const text = readFileSync(inExample('stream.yaml'), 'utf8')
    .replace('social:posts', `posts-${own}`)
    .replace('social:results', `results-${own}`)
    .replace('whenDown: wait', `whenDown: ${whenDown}`)
    .replace('wait: 10s', 'wait: 200ms');
  const file = join(folder(), 'stream.yaml');
  writeFileSync(file, text);
  return { file, results: `results-${own}` };
}

const through = (posts: string, file: string, onLine: (line: string) => void = () => {}) =>
  replayed(join(folder(), 'redis'), { posts, redis: server.url }, '', { settings: file, onLine });

async function published(stream: string): Promise<readonly (readonly [string, string])[]> {
  const connection = new RedisConnection({ url: server.url });
  try {
    const entries = await connection.call((client) => client.xRange(stream, '-', '+'));
    return (entries ?? []).map(({ message }) => {
      const { status } = JSON.parse(message.message ?? '{}') as { status: string };
      return [message.id ?? '', status] as const;
    });
  } finally {
    connection.close();
  }
}

function expectWhole({ summary }: Replayed, posts: string): void {
  const { counts, decided } = summary;
  expect(counts).toMatchObject({ queued: 0, running: 0, buffered: 0, unsent: 0 });
  expect(decided).toBe(counts.received);
  const told = ledgerRows(join(folder(), 'redis'), 'SELECT message_id, status FROM results');
  const ids = new Set(told.map((row) => String(row.message_id).split('/')[0]));
  const wanted = postLines(posts).filter(({ text }) => /\$(?:AAPL|MSFT|TSLA)/.test(text));
  expect(ids).toEqual(new Set(wanted.map(({ id }) => id)));
}

const results = 'SELECT message_id, status, reason FROM results ORDER BY 1';

describe('the replay through a real Redis', () => {
  it('comes to the same results as without, and publishes each of them', async () => {
    const posts = somePosts(folder(), 120, 300);
    const direct = await replayed(join(folder(), 'direct'), { posts });
    const { file, results: stream } = settings('wait');
    const redis = await through(posts, file);
    expectWhole(redis, posts);
    expect(redis.summary.counts).toEqual(direct.summary.counts);
    const stored = ledgerRows(join(folder(), 'redis'), results);
    expect(stored).toEqual(ledgerRows(join(folder(), 'direct'), results));
    const told = new Map(await published(stream));
    expect(told).toEqual(
      new Map(stored.map((row) => [String(row.message_id), String(row.status)])),
    );
  });

  it.each(['wait', 'ledger'] as const)(
    'loses nothing when Redis is killed and restarted in the middle: %s',
    async (whenDown) => {
      const posts = somePosts(folder(), 120, 300);
      const { file, results: stream } = settings(whenDown);
      let outage: Promise<void> | undefined;
      let isNoticed = false;
      const outcome = await through(posts, file, (line) => {
        if (line.includes('Redis is gone')) isNoticed = true;
        // In the middle: at the first order.
        if (outage !== undefined || !/ (?:long|short) \d+ /.test(line)) return;
        outage = server.kill().then(async () => {
          // It is gone until somebody has noticed.
          while (!isNoticed) await new Promise((resolve) => setImmediate(resolve));
          await server.restart();
        });
      }).finally(() => outage);
      expect(outage).toBeDefined();
      expectWhole(outcome, posts);
      const notices = outcome.notices.join('\n');
      expect(notices).toContain('warning: Redis is gone');
      expect(notices).toContain('Redis is back');
      const stored = ledgerRows(join(folder(), 'redis'), results);
      const told = new Map(await published(stream));
      expect(told).toEqual(
        new Map(stored.map((row) => [String(row.message_id), String(row.status)])),
      );
    },
  );
});
