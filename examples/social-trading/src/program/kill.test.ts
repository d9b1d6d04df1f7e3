import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { seededRandom } from '@millrace/quant';
import { tickersIn } from '../message/tickers.ts';
import { ChildSocial } from '../testing-local/child-social.ts';
import { ledgerRows, postLines, somePosts } from '../testing-local/replayed.ts';
import { useTemporaryFolder } from '../testing-local/temporary-folder.ts';

const folder = useTemporaryFolder();

interface Chain {
  readonly kills: number;
  readonly lastLines: readonly string[];
}

/** Kills the same replay again and again, each time at a place by the seed, then lets it come to its end. */
async function killedOften(
  home: string,
  posts: string,
  rounds: number,
  seed: number,
): Promise<Chain> {
  const random = seededRandom(seed);
  const argv = ['replay', '--durable', '--home', home, '--posts', posts];
  let kills = 0;
  for (let round = 0; round < rounds; round++) {
    const before = 1 + Math.floor(random() * 24);
    const child = new ChildSocial(argv, { SOCIAL_PAUSE: `any:${before}` });
    if (!(await child.says('paused in any'))) break;
    child.kill();
    expect(await child.ended).toBe('SIGKILL');
    kills += 1;
  }
  const last = new ChildSocial(argv);
  expect([await last.ended, last.lines.join('\n')]).toEqual([
    0,
    expect.stringContaining('Health:'),
  ]);
  return { kills, lastLines: last.lines };
}

function expectWhole(home: string, posts: string, { lastLines }: Chain): void {
  const line = lastLines.find((one) => one.startsWith('Conservation:')) ?? '';
  const [, received, decided] = /(\d+) messages in = (\d+) with a final status$/.exec(line) ?? [];
  expect([line, received]).toEqual([line, expect.stringMatching(/^\d+$/)]);
  expect(decided).toBe(received);
  const rows = (sql: string) => ledgerRows(home, sql);
  const wanted = postLines(posts).flatMap(({ id, text }) =>
    tickersIn(text).map((one) => `${id}/${one}`),
  );
  const decidedIds = rows('SELECT message_id FROM results').map((row) => String(row.message_id));
  expect(new Set(decidedIds)).toEqual(new Set(wanted));
  const executed = rows("SELECT message_id FROM results WHERE status = 'executed' ORDER BY 1");
  expect(rows('SELECT message_id FROM order_messages ORDER BY 1')).toEqual(executed);
  const keys = rows('SELECT key FROM orders ORDER BY 1');
  expect(keys).toEqual(rows('SELECT DISTINCT order_key AS key FROM order_messages ORDER BY 1'));
}

describe('a durable replay that is killed with SIGKILL again and again', () => {
  // 100 kills. Two chains side by side, as there are two cores: each process takes most of a second to start.
  it.each([1, 3, 5, 7, 9])(
    'brings every message to a final status and places no order twice, over 20 kills by seed %s',
    async (seed) => {
      const chains = await Promise.all(
        [seed, seed + 1].map(async (one) => {
          const home = join(folder(), `home-${one}`);
          const posts = somePosts(folder(), 60, 20 * one + 240, `posts-${one}.jsonl`);
          return { home, posts, chain: await killedOften(home, posts, 10, one) };
        }),
      );
      for (const { home, posts, chain } of chains) {
        expect(chain.kills).toBe(10);
        expectWhole(home, posts, chain);
      }
    },
  );
});

describe('a replay that is killed between an order and the news of it', () => {
  it('finds the order when it goes on, and places no second one', async () => {
    const home = join(folder(), 'home');
    const posts = somePosts(folder(), 40, 330);
    const argv = ['replay', '--durable', '--home', home, '--posts', posts];
    const child = new ChildSocial(argv, { SOCIAL_PAUSE: 'placed' });
    expect(await child.says('paused in placed')).toBe(true);
    child.kill();
    await child.ended;
    const placed = ledgerRows(home, 'SELECT * FROM orders');
    expect(placed).toHaveLength(1);
    const results = "SELECT order_key, reason FROM results WHERE status = 'executed'";
    expect(ledgerRows(home, results)).toEqual([]);
    const again = new ChildSocial(argv);
    expect(await again.ended).toBe(0);
    const [order] = placed;
    expect(ledgerRows(home, results)).toContainEqual({
      order_key: order?.key,
      reason: 'it was traded before a crash',
    });
    const others = ledgerRows(home, `SELECT * FROM orders WHERE key <> '${String(order?.key)}'`);
    expect(others).not.toContainEqual(expect.objectContaining({ opened_at: order?.opened_at }));
  });
});

describe('a replay that is told to end', () => {
  it('decides what it has accepted, flushes the buffer, and ends with 130', async () => {
    const home = join(folder(), 'home');
    const argv = ['replay', '--durable', '--home', home, '--speed', '2000'];
    const child = new ChildSocial(argv);
    expect(await child.says('2016-04-26 13:')).toBe(true);
    child.kill('SIGTERM');
    expect(await child.ended).toBe(130);
    const line = child.lines.find((one) => one.startsWith('Conservation:')) ?? '';
    expect(line).toMatch(/(\d+) messages in = \1 with a final status$/);
    expect(child.lines).toContainEqual(expect.stringMatching(/^buffered: .* 0 now$/));
  });
});
