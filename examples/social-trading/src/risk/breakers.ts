import type { TradingCalendar } from '../calendar/trading-calendar.ts';
import type { ClosedTrade } from './account.ts';
import type { RiskLimits } from './risk-limits.ts';

export interface Tripped {
  readonly breaker: 'trade' | 'day' | 'week';
  /** When the trade that tripped it was closed. */
  readonly at: number;
  /** When trading may go on. */
  readonly until: number;
}

/**
 * The breaker that stops trading longest at `now`, if one does. A loss trips: of one trade 1 % of the equity, of the trades since
 * the day opened 3 %, since the week opened 6 %; whatever is lost after that trips again. Made from what is on record,
 * so a restart forgets none.
 */
export function trippedBreaker(
  closed: readonly ClosedTrade[],
  now: number,
  { equity, breakers }: RiskLimits,
  calendar: TradingCalendar,
): Tripped | undefined {
  const coolDownMs = breakers.coolDown;
  let latest: Tripped | undefined;
  for (const { closedAt, profit } of closed) {
    if (profit >= 0 || closedAt > now || closedAt + coolDownMs <= now) continue;
    const lostSince = (from: number): number => realisedLoss(closed, from, closedAt);
    const percent = (loss: number): number => (100 * loss) / equity;
    const breaker =
      percent(lostSince(calendar.weekOpenedAt(closedAt))) >= breakers.weekPercent
        ? 'week'
        : percent(lostSince(calendar.dayOpenedAt(closedAt))) >= breakers.dayPercent
          ? 'day'
          : percent(-profit) >= breakers.tradePercent
            ? 'trade'
            : undefined;
    if (breaker === undefined || (latest !== undefined && closedAt < latest.at)) continue;
    latest = { breaker, at: closedAt, until: closedAt + coolDownMs };
  }
  return latest;
}

/** What the trades that were closed from `from` until `to` lost together, in dollars; 0 where they made money. */
export function realisedLoss(closed: readonly ClosedTrade[], from: number, to: number): number {
  const within = closed.filter(({ closedAt }) => closedAt >= from && closedAt <= to);
  return Math.max(0, -within.reduce((sum, { profit }) => sum + profit, 0));
}
