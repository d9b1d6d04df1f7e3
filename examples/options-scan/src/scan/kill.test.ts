import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { ChildScan } from '../testing-local/child-scan.ts';
import { TemporaryHome } from '../testing-local/scan.ts';
import { makeUniverse } from '../universe/make-universe.ts';

// Thousands of tickers and real processes: seconds on a busy machine.

let home: TemporaryHome;
let child: ChildScan | undefined;
beforeEach(() => {
  home = new TemporaryHome();
});
afterEach(async () => {
  child?.signal('SIGKILL');
  await child?.ended;
  child = undefined;
  home.remove();
});

function start(pause: string, ...argv: readonly string[]): ChildScan {
  child = new ChildScan([...argv, ...home.flag], { OPTIONS_SCAN_PAUSE: pause });
  return child;
}

describe('a scan of 3,000 tickers that is killed with SIGKILL at ticker 1,700', () => {
  it('has 1,700 on record, and a resume does exactly the missing 1,300, to the same values', async () => {
    // Sixty days each: the number of tickers counts here, not what is known of them.
    const universe = makeUniverse(home.folder, { tickers: 3000, seed: 7, rows: 60 });
    const killed = start('data:1700', '--universe', universe);
    const runId = await killed.runId();
    await killed.notice('paused in data before item 1700');
    await home.itemsCount(runId, 'data', 1700);
    killed.signal('SIGKILL');
    expect(await killed.ended).toBe('SIGKILL');
    const before = await home.items(runId, 'data');
    expect(before).toHaveLength(1700);
    expect(before.every(({ status }) => status === 'succeeded')).toBe(true);
    expect(home.rows('SELECT status FROM scan_runs')).toEqual([{ status: 'UNFINISHED' }]);

    const resumed = await home.result('--resume', runId);
    expect(resumed.status).toBe('COMPLETED');
    const done = new Set(before.map(({ key }) => key));
    const after = await home.items(runId, 'data');
    const again = after.filter(({ attempt }) => attempt === 2);
    expect(again).toHaveLength(1300);
    expect(again.some(({ key }) => done.has(key))).toBe(false);
    const whole = await home.result('--universe', universe);
    expect(await home.hashes(runId)).toEqual(await home.hashes(whole.runId));
    expect(home.rows('SELECT status FROM scan_runs WHERE id = ?', runId)).toEqual([
      { status: 'COMPLETED' },
    ]);
  });
});

describe('a scan that is killed while it debates', () => {
  it('has its scores and contracts in the tables already, and a resume debates the rest', async () => {
    const killed = start('debate:4', '--tickers', '120');
    const runId = await killed.runId();
    await killed.notice('paused in debate before item 4');
    await home.itemsCount(runId, 'debate', 4);
    killed.signal('SIGKILL');
    await killed.ended;
    const count = (sql: string) => home.rows(`SELECT count(*) AS n ${sql}`)[0]?.n;
    expect(count('FROM ticker_scores')).toBeGreaterThan(100);
    expect(count('FROM ticker_scores WHERE recommendation IS NOT NULL')).toBeGreaterThan(10);
    expect(count('FROM ai_theses')).toBe(0);
    expect(await home.items(runId, 'debate')).toHaveLength(4);
    const resumed = await home.result('--resume', 'latest');
    expect(resumed).toMatchObject({ status: 'COMPLETED', runId });
    const items = await home.items(runId, 'debate');
    expect(items.filter(({ attempt }) => attempt === 2)).toHaveLength(6);
    expect(count('FROM ai_theses')).toBe(10);
  });
});

describe('a scan that gets Ctrl-C', () => {
  it('begins no further ticker, ends with 130, and goes on behind it', async () => {
    const file = join(home.folder, 'pause');
    writeFileSync(file, '');
    const stopped = start(`data:40@${file}`, '--tickers', '120');
    const runId = await stopped.runId();
    await stopped.notice('paused in data before item 40');
    await home.itemsCount(runId, 'data', 40);
    stopped.signal('SIGINT');
    await stopped.notice('the running stage finishes');
    rmSync(file);
    expect(await stopped.ended).toBe(130);
    const done = await home.items(runId, 'data');
    // The fifty that were under way end; the seventy others never began.
    expect(done.length).toBeLessThan(120);
    expect(done.length).toBeGreaterThanOrEqual(40);
    const { exitCode } = await home.scan('--resume', runId);
    expect(exitCode).toBe(0);
    const again = (await home.items(runId, 'data')).filter(({ attempt }) => attempt === 2);
    expect(again).toHaveLength(120 - done.length);
  });
});
