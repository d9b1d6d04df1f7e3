import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { RedisConnection } from '@millrace/stream';
import { RedisServer } from '@millrace-internal/tools/redis-server';
import { ChildSocial } from '../testing-local/child-social.ts';
import { somePosts } from '../testing-local/replayed.ts';
import { useTemporaryFolder } from '../testing-local/temporary-folder.ts';

const STREAM = 'social:posts';
const folder = useTemporaryFolder();
let server: RedisServer;
let connection: RedisConnection;

beforeEach(async () => {
  server = await RedisServer.start();
  connection = new RedisConnection({ url: server.url });
});

afterEach(async () => {
  await connection.call((client) => client.del([STREAM, 'social:results']));
  connection.close();
  await server.stop();
});

it('takes from Redis what another process feeds, shows itself, and brings all to its end when it is told to stop', async () => {
  const listening = new ChildSocial([
    ...['listen', '--redis', server.url],
    ...['--home', join(folder(), 'home'), '--status', '0'],
  ]);
  expect(await listening.says('Status: ')).toBe(true);
  const page = listening.lines.find((line) => line.startsWith('Status: '))?.slice(8) ?? '';
  const feeding = new ChildSocial([
    ...['feed', '--redis', server.url],
    ...['--posts', somePosts(folder(), 80)],
  ]);
  expect(await feeding.ended).toBe(0);
  await untilTaken(80);
  const metrics = await (await fetch(new URL('/metrics', page))).text();
  expect(metrics).toMatch(/^millrace_stream_received_total\{stream="[^"]+"\} [1-9]/m);
  listening.kill('SIGTERM');
  expect(await listening.ended).toBe(130);
  const [told] = listening.lines.filter((line) => line.startsWith('Conservation:'));
  const [, received, decided] =
    /(\d+) messages in = (\d+) with a final status/.exec(told ?? '') ?? [];
  expect(Number(received)).toBeGreaterThan(0);
  expect(decided).toBe(received);
});

it('prints its help in lines', async () => {
  const helping = new ChildSocial(['help']);
  expect(await helping.ended).toBe(0);
  expect(helping.lines).toContain('commands');
  expect(helping.lines.join('')).not.toContain('\ufffd');
});

/** Until the group has been given so many entries, and has acknowledged each: the journal has them. */
async function untilTaken(count: number): Promise<void> {
  for (;;) {
    const [group] = await connection.call((client) => client.xInfoGroups(STREAM));
    if (Number(group?.['entries-read'] ?? 0) >= count && group?.pending === 0) return;
  }
}
