import { describe, expect, it } from '@jest/globals';
import { TradingCalendar } from '../calendar/trading-calendar.ts';
import type { Account } from './account.ts';
import { checkRisk, type RiskDecision } from './check-risk.ts';
import { RiskLimits } from './risk-limits.ts';

const calendar = new TradingCalendar();
const utc = (text: string): number => Date.parse(`${text}Z`);
const MINUTE = 60_000;
/** A Wednesday, 11:00 in New York. */
const NOW = utc('2016-04-27T15:00');
const empty: Account = { positions: 0, unrealised: 0, closed: [], openedAt: [], isBlocked: false };

function check(
  change: Partial<Account> = {},
  { value = 500, now = NOW, direction = 'bullish' as 'bullish' | 'bearish' | 'neutral' } = {},
  limits: Parameters<typeof RiskLimits.parse>[0] = {},
): RiskDecision {
  const account = { ...empty, ...change };
  return checkRisk({ direction, value, now }, account, RiskLimits.parse(limits), calendar);
}

const loss = (amount: number, closedAt: number) => ({ profit: -amount, closedAt });

describe('risk', () => {
  it('approves what breaks no limit, at its value', () => {
    expect(check()).toEqual({ approved: true, reason: '', value: 500, warnings: [] });
  });

  it('rejects a neutral signal first of all, then what is blocked by hand', () => {
    expect(check({ isBlocked: true }, { direction: 'neutral' }).reason).toMatch(/^neutral/);
    expect(check({ isBlocked: true, positions: 9 }).reason).toBe('trading is blocked by hand');
  });

  it('resizes a value above $1,000 down to it', () => {
    expect(check({}, { value: 1000 })).toMatchObject({ value: 1000, warnings: [] });
    const resized = check({}, { value: 1000.01 });
    expect(resized).toMatchObject({ approved: true, value: 1000 });
    expect(resized.warnings).toEqual(['resized from $1000.01 to $1000.00']);
  });

  it('warns from an unrealised loss of $300 on, and trades', () => {
    expect(check({ unrealised: -299.99 }).warnings).toEqual([]);
    expect(check({ unrealised: -300 })).toMatchObject({
      approved: true,
      warnings: ['open positions have lost $300.00'],
    });
  });

  it('blocks the day from a realised loss of $500 on, until the next session opens', () => {
    // Small trades: no breaker of a single trade; an equity at which those of day and week stay quiet.
    const closed = Array.from({ length: 10 }, (_, at) => loss(50, NOW - (90 + at) * MINUTE));
    const quiet = { equity: 100_000 };
    // The session opened 90 minutes ago: only the newest trade is of today.
    expect(check({ closed }, {}, quiet).approved).toBe(true);
    const today = closed.map(({ profit }) => ({ profit, closedAt: NOW - 80 * MINUTE }));
    expect(check({ closed: today }, {}, quiet).reason).toMatch(/^day blocked: \$500\.00 lost/);
    expect(check({ closed: today.slice(1) }, {}, quiet).approved).toBe(true);
    const later = (at: string) => check({ closed: today }, { now: utc(at) }, quiet).approved;
    expect(later('2016-04-28T13:29:59')).toBe(false);
    expect(later('2016-04-28T13:30')).toBe(true);
  });

  it('resets the day at the session open also where the clocks were changed over the weekend', () => {
    const closed = [loss(600, utc('2016-03-11T15:00'))];
    const quiet = { equity: 1_000_000 };
    const at = (now: string) => check({ closed }, { now: utc(now) }, quiet).approved;
    expect(at('2016-03-14T13:29')).toBe(false);
    expect(at('2016-03-14T13:30')).toBe(true);
  });

  it('cools down for 60 minutes after one trade lost 1 % of the equity', () => {
    const closed = [loss(100, NOW)];
    const after = (minutes: number) => check({ closed }, { now: NOW + minutes * MINUTE });
    expect(after(0).reason).toBe('cooling down: the trade breaker tripped, 60 min left');
    expect(after(59.5).reason).toMatch(/1 min left/);
    expect(after(60).approved).toBe(true);
    expect(check({ closed: [loss(99.99, NOW)] }).approved).toBe(true);
  });

  it('trips at 3 % of a day and 6 % of a week, and again by a further loss', () => {
    const small = (count: number, at: number) => Array.from({ length: count }, () => loss(99, at));
    const day = small(4, NOW - 10 * MINUTE);
    expect(check({ closed: day }).reason).toMatch(/the day breaker tripped, 50 min left/);
    expect(check({ closed: day.slice(1) }).approved).toBe(true);
    // $594 on Monday and Tuesday, $99 on Wednesday: 6.93 % of the week, .99 % of the day.
    const week = [
      ...small(3, utc('2016-04-25T15:00')),
      ...small(3, utc('2016-04-26T15:00')),
      loss(99, NOW),
    ];
    expect(check({ closed: week }).reason).toMatch(/the week breaker/);
    const cooled = { now: NOW + 60 * MINUTE };
    expect(check({ closed: week }, cooled).approved).toBe(true);
    const further = [...week, loss(1, NOW + 59 * MINUTE)];
    expect(check({ closed: further }, cooled).reason).toMatch(/59 min left/);
    // The next Monday begins anew.
    expect(check({ closed: week }, { now: utc('2016-05-02T15:00') }).approved).toBe(true);
  });

  it('takes gains against losses, and gains trip nothing', () => {
    const closed = [loss(99, NOW), { profit: 500, closedAt: NOW }, ...Array(3).fill(loss(99, NOW))];
    expect(check({ closed }).approved).toBe(true);
  });

  it('holds at most three positions', () => {
    expect(check({ positions: 2 }).approved).toBe(true);
    expect(check({ positions: 3 }).reason).toBe('3 positions are open, at most 3');
  });

  it('trades three times an hour and ten times a day', () => {
    const ago = (...minutes: readonly number[]) => minutes.map((one) => NOW - one * MINUTE);
    expect(check({ openedAt: ago(60, 30, 0) }).approved).toBe(true);
    expect(check({ openedAt: ago(59.9, 30, 0) }).reason).toMatch(/^3 trades in the last hour/);
    const many = ago(...Array.from({ length: 9 }, (_, at) => 61 + at));
    expect(check({ openedAt: many }).approved).toBe(true);
    expect(check({ openedAt: [...many, NOW - 90 * MINUTE] }).reason).toMatch(/^10 trades today/);
    // One minute more, and the first of them was before the session.
    expect(check({ openedAt: [...many, NOW - 91 * MINUTE] }).approved).toBe(true);
  });
});
