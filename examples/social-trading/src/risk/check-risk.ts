import { z } from '../base/schema.ts';
import type { TradingCalendar } from '../calendar/trading-calendar.ts';
import type { Direction } from '../sentiment/sentiment.ts';
import type { Account } from './account.ts';
import { realisedLoss, trippedBreaker } from './breakers.ts';
import type { RiskLimits } from './risk-limits.ts';

const MS_PER_HOUR = 3_600_000;

export const RiskDecision = z
  .object({
    approved: z.boolean(),
    /** Why it was rejected; empty when approved. */
    reason: z.string(),
    /** Dollars; 0 when rejected. */
    value: z.number(),
    warnings: z.array(z.string()).readonly(),
  })
  .readonly();
export type RiskDecision = z.infer<typeof RiskDecision>;

export interface RiskRequest {
  readonly direction: Direction;
  /** Dollars that the trade is worth before any limit. */
  readonly value: number;
  readonly now: number;
}

/** Checks a trade in a fixed order; the first check that rejects gives the reason. */
export function checkRisk(
  request: RiskRequest,
  account: Account,
  limits: RiskLimits,
  calendar: TradingCalendar,
): RiskDecision {
  const { value, now } = request;
  const warnings: string[] = [];
  const before = rejectionBefore(request, account);
  if (before !== undefined) return rejected(before, warnings);
  const approved = Math.min(value, limits.maxTradeValue);
  if (approved < value) warnings.push(`resized from ${dollars(value)} to ${dollars(approved)}`);
  if (-account.unrealised >= limits.warnUnrealisedLoss)
    warnings.push(`open positions have lost ${dollars(-account.unrealised)}`);
  const after = rejectionAfter(account, limits, now, calendar);
  if (after !== undefined) return rejected(after, warnings);
  return { approved: true, reason: '', value: approved, warnings };
}

function rejectionBefore({ direction }: RiskRequest, account: Account): string | undefined {
  if (direction === 'neutral') return 'neutral: there is nothing to trade';
  return account.isBlocked ? 'trading is blocked by hand' : undefined;
}

function rejectionAfter(
  { closed, openedAt, positions }: Account,
  limits: RiskLimits,
  now: number,
  calendar: TradingCalendar,
): string | undefined {
  const dayOpen = calendar.dayOpenedAt(now);
  const lost = realisedLoss(closed, dayOpen, now);
  if (lost >= limits.maxDayLoss)
    return `day blocked: ${dollars(lost)} lost since the session opened, at most ${dollars(limits.maxDayLoss)}`;
  const tripped = trippedBreaker(closed, now, limits, calendar);
  if (tripped !== undefined) {
    const minutes = Math.ceil((tripped.until - now) / 60_000);
    return `cooling down: the ${tripped.breaker} breaker tripped, ${minutes} min left`;
  }
  if (positions >= limits.maxPositions)
    return `${positions} positions are open, at most ${limits.maxPositions}`;
  const since = (from: number): number => openedAt.filter((at) => at >= from && at <= now).length;
  const lastHour = openedAt.filter((at) => at > now - MS_PER_HOUR && at <= now).length;
  if (lastHour >= limits.maxTradesAnHour)
    return `${lastHour} trades in the last hour, at most ${limits.maxTradesAnHour}`;
  const today = since(dayOpen);
  return today >= limits.maxTradesADay
    ? `${today} trades today, at most ${limits.maxTradesADay}`
    : undefined;
}

function rejected(reason: string, warnings: readonly string[]): RiskDecision {
  return { approved: false, reason, value: 0, warnings };
}

const dollars = (amount: number): string => `$${amount.toFixed(2)}`;
