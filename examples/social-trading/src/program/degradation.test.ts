import { describe, expect, it } from '@jest/globals';
import { ledgerRows, replayed, somePosts } from '../testing-local/replayed.ts';
import { useTemporaryFolder } from '../testing-local/temporary-folder.ts';

/** From the night before the second session on: the opening trades, and the fright in the VIX. */
const FROM = 280;
const COUNT = 150;

describe('each row of the degradation table', () => {
  const home = useTemporaryFolder();
  const broken = async (what: string) => {
    const outcome = await replayed(home(), { posts: somePosts(home(), COUNT, FROM) }, what);
    const { counts, decided } = outcome.summary;
    // Whatever breaks, nothing is lost.
    expect(counts).toMatchObject({ queued: 0, running: 0, buffered: 0, unsent: 0 });
    expect(decided).toBe(counts.received);
    return { ...outcome, statuses: counts.statuses };
  };
  const rows = (sql: string) => ledgerRows(home(), sql);
  const count = (sql: string): number => Number(rows(`SELECT count(*) AS n FROM ${sql}`)[0]?.n);

  it('needs nothing where nothing breaks: some are executed, gate-closed, vetoed, rejected', async () => {
    const { statuses, summary } = await broken('');
    expect(statuses.executed).toBeGreaterThan(0);
    expect(statuses.vetoed).toBeGreaterThan(0);
    expect(statuses.risk_rejected).toBeGreaterThan(0);
    expect(summary.reason).toBe('source-ended');
  });

  it('collect: a source that fails stops the stream after restarts with back-off', async () => {
    const { summary, notices } = await broken('source');
    expect(summary).toMatchObject({ reason: 'source-failed', counts: { received: 0 } });
    const failures = notices.filter((line) => line.includes('posts.jsonl failed'));
    expect(failures.map((line) => /attempt (\d), ([^)]+)\)/.exec(line)?.slice(1))).toEqual([
      ['1', 'again in 1 s'],
      ['2', 'again in 2 s'],
      ['3', 'again in 4 s'],
      ['4', 'given up'],
    ]);
  });

  it('collect: a source that comes back in time costs nothing', async () => {
    const whole = await broken('');
    const { summary, notices } = await broken('source:3');
    expect(summary).toMatchObject({ reason: 'source-ended', counts: whole.summary.counts });
    expect(notices.some((line) => line.includes('is back'))).toBe(true);
  });

  it('collect: the stage that fails stops the stream', async () => {
    const { summary, statuses } = await broken('collect');
    expect(summary.reason).toBe('stage-failed');
    expect(summary.failure).toContain('SOCIAL_BREAK');
    expect(statuses.error).toBeGreaterThan(0);
    expect(summary.counts.received).toBeLessThan(COUNT);
  });

  it('analyze: skips the messages that it cannot read', async () => {
    const whole = await broken('');
    const { statuses, summary } = await broken('analyze:7');
    expect(summary).toMatchObject({ reason: 'source-ended' });
    expect(summary.counts.received).toBe(whole.summary.counts.received);
    expect(count("results WHERE status = 'error' AND reason LIKE 'analyze: %by hand%'")).toBe(7);
    expect(statuses.executed).toBeGreaterThan(0);
    const all = await broken('analyze');
    expect(Object.keys(all.statuses).sort()).toEqual(['duplicate', 'error']);
    expect(all.summary.health).toMatchObject({ status: 'degraded' });
  });

  it('validate: passes signals through unvalidated, with a warning', async () => {
    const whole = await broken('');
    const { statuses, notices, summary } = await broken('validate');
    expect(whole.statuses.vetoed).toBeGreaterThan(0);
    expect(statuses.vetoed).toBeUndefined();
    expect(statuses.executed).toBeGreaterThan(0);
    expect(notices.join('\n')).toContain('▲ validate fails, its fallback is used');
    expect(summary.health.components).toContainEqual(
      expect.objectContaining({ name: 'validate', status: 'degraded' }),
    );
    const [row] = rows("SELECT detail, degraded FROM results WHERE status = 'executed'");
    expect(JSON.parse(String(row?.degraded))).toEqual(['validate']);
    const detail = JSON.parse(String(row?.detail));
    expect(detail.validation).toMatchObject({ verdict: 'UNVALIDATED' });
    expect(detail.score.technical).toBe(50);
  });

  it('score: skips the message', async () => {
    const whole = await broken('');
    const { statuses } = await broken('score');
    const { vetoed, duplicate, no_consensus } = whole.statuses;
    expect(statuses).toMatchObject({ vetoed, duplicate, no_consensus });
    expect(Object.keys(statuses).sort()).toEqual(['duplicate', 'error', 'no_consensus', 'vetoed']);
    expect(count('orders')).toBe(0);
  });

  it('risk: skips the trade', async () => {
    const { statuses } = await broken('risk');
    expect(statuses.error).toBeGreaterThan(0);
    expect([statuses.executed, statuses.risk_rejected, statuses.gate_closed]).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
    expect(count('orders') + count('gate_records')).toBe(0);
    expect(count("results WHERE status = 'error' AND reason NOT LIKE 'risk: %'")).toBe(0);
  });

  it('gate: closed, and what would have been traded is recorded', async () => {
    const { statuses, notices } = await broken('gate');
    expect(statuses.executed).toBeUndefined();
    expect(statuses.gate_closed).toBeGreaterThan(0);
    expect(count('orders')).toBe(0);
    expect(count('gate_records WHERE reasons = \'["the gate failed"]\'')).toBe(
      count('gate_records'),
    );
    expect(notices.join('\n')).toContain('▲ gate fails, its fallback is used');
  });

  it('execute: an error result, never executed', async () => {
    const { statuses } = await broken('execute');
    expect(statuses.error).toBeGreaterThan(0);
    expect([statuses.executed, statuses.gate_closed]).toEqual([undefined, undefined]);
    expect(count('orders')).toBe(0);
    expect(count("results WHERE status = 'error' AND reason LIKE 'execute: %'")).toBe(
      statuses.error,
    );
  });
});
