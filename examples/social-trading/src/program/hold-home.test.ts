import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from '@jest/globals';
import { ChildSocial } from '../testing-local/child-social.ts';
import { ledgerRows, replayed, somePosts } from '../testing-local/replayed.ts';
import { useTemporaryFolder } from '../testing-local/temporary-folder.ts';
import { holdHome } from './hold-home.ts';

const folder = useTemporaryFolder();
const COUNT = 60;
const FROM = 330;

it('never removes what a durable replay keeps', async () => {
  const home = join(folder(), 'home');
  const posts = somePosts(folder(), COUNT, FROM);
  await replayed(home, { durable: true, posts });
  const kept = ledgerRows(home, 'SELECT * FROM results ORDER BY message_id');
  expect(kept.length).toBeGreaterThan(0);
  await expect(replayed(home, { posts })).rejects.toMatchObject({
    code: 'HOME_DURABLE',
    message: expect.stringContaining('--durable'),
  });
  expect(ledgerRows(home, 'SELECT * FROM results ORDER BY message_id')).toEqual(kept);
  expect(existsSync(join(home, 'journal.db'))).toBe(true);
});

it('takes no order of a replay in memory for one of a crash', async () => {
  const home = join(folder(), 'home');
  const posts = somePosts(folder(), COUNT, FROM);
  await replayed(home, { posts });
  const orders = ledgerRows(home, 'SELECT * FROM orders');
  expect(orders.length).toBeGreaterThan(0);
  await replayed(home, { durable: true, posts });
  const crashed = "SELECT * FROM results WHERE reason = 'it was traded before a crash'";
  expect(ledgerRows(home, crashed)).toEqual([]);
  expect(ledgerRows(home, 'SELECT * FROM orders')).toHaveLength(orders.length);
});

it('keeps the ledger of a durable replay whose journal is gone', () => {
  const home = join(folder(), 'home');
  holdHome(home, true)();
  const ledger = join(home, 'social.db');
  writeFileSync(ledger, '');
  holdHome(home, true)();
  expect(existsSync(ledger)).toBe(true);
});

it('lets one process at a time into a home, and the next one in after a kill', async () => {
  const home = join(folder(), 'home');
  const argv = ['replay', '--home', home, '--posts', somePosts(folder(), COUNT, FROM)];
  const child = new ChildSocial(argv, { SOCIAL_PAUSE: 'any:5' });
  expect(await child.says('paused in any')).toBe(true);
  for (const durable of [true, false])
    expect(() => holdHome(home, durable)).toThrow(`another process uses ${home}`);
  child.kill();
  await child.ended;
  holdHome(home, false)();
});

it('says so when a home cannot be a folder', () => {
  const file = join(folder(), 'file');
  writeFileSync(file, '');
  expect(() => holdHome(file, false)).toThrow(
    expect.objectContaining({ code: 'HOME_UNUSABLE', message: expect.stringContaining(file) }),
  );
});
