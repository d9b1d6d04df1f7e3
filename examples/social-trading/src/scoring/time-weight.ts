import { newYorkTime } from '../calendar/new-york-time.ts';
import type { MarketPhase, TradingCalendar } from '../calendar/trading-calendar.ts';

const WEIGHTS: Readonly<Record<MarketPhase, number>> = {
  'pre-market': 0.9,
  session: 1,
  'after-hours': 0.8,
  closed: 0.5,
};
const NEAR_EARNINGS = 0.7;
const NEAR_DAYS = 3;

/**
 * How much a signal is worth at its time of the day, in New York; less within three calendar days of a report, before and
 * after it.
 * @param earnings days since 1970-01-01 of the reports of the share
 */
export function timeWeight(
  at: number,
  calendar: TradingCalendar,
  earnings: readonly number[] = [],
): number {
  const weight = WEIGHTS[calendar.phaseAt(at)];
  const { day } = newYorkTime(at);
  const isNear = earnings.some((report) => Math.abs(report - day) <= NEAR_DAYS);
  return isNear ? weight * NEAR_EARNINGS : weight;
}
