import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { FINAL_STATUSES } from '../flow/status-of.ts';
import { ledgerRows, type Replayed, replayed } from '../testing-local/replayed.ts';
import { summaryLines } from './summary-lines.ts';

describe('the shipped replay', () => {
  let home = '';
  let first: Replayed;
  beforeAll(async () => {
    home = mkdtempSync(join(tmpdir(), 'social-trading-'));
    first = await replayed(home);
  });
  afterAll(() => rmSync(home, { recursive: true, force: true }));
  const rows = (sql: string) => ledgerRows(home, sql);

  it('brings a message to each status, and some into the buffer on the way', () => {
    const { statuses } = first.summary.counts;
    expect(Object.keys(statuses).sort()).toEqual([...FINAL_STATUSES].sort());
    expect(first.summary.buffered).toBeGreaterThan(100);
  });

  it('loses nothing: messages in are the sum of all statuses out', () => {
    const { counts, decided, posts } = first.summary;
    expect(counts).toMatchObject({ queued: 0, running: 0, buffered: 0, unsent: 0 });
    expect(decided).toBe(counts.received);
    expect(counts.received).toBe(posts.messages);
    expect(summaryLines(first.summary).join('\n')).toContain(
      `${counts.received} messages in = ${counts.received} with a final status`,
    );
  });

  it('keeps a result of each message id', () => {
    const { duplicate = 0, ...others } = first.summary.counts.statuses;
    const stored = rows('SELECT status, count(*) AS n FROM results GROUP BY status');
    for (const { status, n } of stored) {
      // Of a message that came twice under one id the first is kept.
      if (status === 'duplicate') expect(Number(n)).toBeLessThanOrEqual(duplicate);
      else expect([status, n]).toEqual([status, others[String(status)]]);
    }
    const [ids] = rows('SELECT count(*) AS n FROM results');
    expect(Number(ids?.n)).toBeGreaterThan(500);
  });

  it('places one order for each executed message or batch, and none for anything else', () => {
    const executed = rows("SELECT message_id FROM results WHERE status = 'executed' ORDER BY 1");
    const backed = rows('SELECT message_id FROM order_messages ORDER BY 1');
    expect(backed).toEqual(executed);
    const orders = rows('SELECT DISTINCT order_key AS key FROM order_messages ORDER BY 1');
    expect(orders).toEqual(rows('SELECT key FROM orders ORDER BY 1'));
    const open = rows('SELECT count(*) AS n FROM orders WHERE closed_at IS NULL');
    expect(Number(open[0]?.n)).toBe(first.summary.broker.open);
    expect(first.summary.broker.stopped).toBeGreaterThan(0);
    expect(first.summary.broker.reachedTarget).toBeGreaterThan(0);
  });

  it('trades only while the gate is open, and records what it would have traded', () => {
    const at = rows('SELECT opened_at FROM orders').map((row) => new Date(Number(row.opened_at)));
    for (const time of at) {
      const minute = time.getUTCHours() * 60 + time.getUTCMinutes();
      // 09:30-11:30 and 14:00-16:00 of New York's summer.
      const isOpen = (minute >= 810 && minute < 930) || (minute >= 1080 && minute < 1200);
      expect([time.toISOString(), isOpen]).toEqual([time.toISOString(), true]);
    }
    const [records] = rows('SELECT count(*) AS n, min(quantity) AS least FROM gate_records');
    expect(records?.n).toBe(first.summary.gateRecords);
    expect(Number(records?.least)).toBeGreaterThan(0);
  });

  it('names the analyser that runs, with a held-back score above silence and lexicon', () => {
    expect(first.lines[0]).toMatch(/^Analyser: trained model \w+, held-back macro-F1 0\.\d+ \(lex/);
    const { own, lexicon, alwaysNeutral } = first.summary.analyzer.heldBack ?? {};
    expect(own).toBeGreaterThan(lexicon ?? 1);
    expect(own).toBeGreaterThan(alwaysNeutral ?? 1);
    expect(first.lines[1]).toContain('GENERATED');
  });

  it('comes to the same end every time', async () => {
    const results = 'SELECT message_id, status, reason, detail FROM results ORDER BY 1';
    const before = rows(results);
    const orders = rows('SELECT * FROM orders ORDER BY key');
    const again = await replayed(home);
    expect(again.summary.counts).toEqual(first.summary.counts);
    expect(rows(results)).toEqual(before);
    expect(rows('SELECT * FROM orders ORDER BY key')).toEqual(orders);
  });
});
