import { z } from '../base/schema.ts';
import { dayOfIso, fromNewYork, newYorkTime } from './new-york-time.ts';

export const SESSION_OPENS = 9 * 60 + 30;
export const SESSION_CLOSES = 16 * 60;
const PRE_MARKET_OPENS = 4 * 60;
const AFTER_HOURS_CLOSE = 20 * 60;
/** Longer than any row of days without a session. */
const DAYS_BACK = 14;

export const CalendarSettings = z
  .strictObject({
    /** Days without a session, besides weekends: `2016-05-30`. */
    holidays: z.array(z.iso.date()).default([]),
    /** Days whose session ends at 13:00. */
    earlyCloses: z.array(z.iso.date()).default([]),
  })
  .readonly();
export type CalendarSettings = z.input<typeof CalendarSettings>;

export type MarketPhase = 'pre-market' | 'session' | 'after-hours' | 'closed';

/** Sessions of the New York exchanges. Times are milliseconds since 1970, UTC. */
export class TradingCalendar {
  readonly #holidays: ReadonlySet<number>;
  readonly #earlyCloses: ReadonlySet<number>;

  constructor(settings: CalendarSettings = {}) {
    const { holidays, earlyCloses } = CalendarSettings.parse(settings);
    this.#holidays = new Set(holidays.map(dayOfIso));
    this.#earlyCloses = new Set(earlyCloses.map(dayOfIso));
  }

  /** @param day days since 1970-01-01 */
  hasSession(day: number): boolean {
    const weekday = (day + 4) % 7;
    return weekday !== 0 && weekday !== 6 && !this.#holidays.has(day);
  }

  /** Minutes since midnight in New York at which the session of the day ends. */
  closesAt(day: number): number {
    return this.#earlyCloses.has(day) ? 13 * 60 : SESSION_CLOSES;
  }

  /** Where each phase begins with its first minute and ends before the next: 09:30 is session, 16:00 is after hours. */
  phaseAt(at: number): MarketPhase {
    const { day, minute } = newYorkTime(at);
    if (!this.hasSession(day)) return 'closed';
    if (minute < PRE_MARKET_OPENS || minute >= AFTER_HOURS_CLOSE) return 'closed';
    if (minute < SESSION_OPENS) return 'pre-market';
    return minute < this.closesAt(day) ? 'session' : 'after-hours';
  }

  /** When the newest session opened: what is counted by day is counted from here. */
  dayOpenedAt(at: number): number {
    const { day, minute } = newYorkTime(at);
    let open = minute >= SESSION_OPENS ? day : day - 1;
    for (let back = 0; back < DAYS_BACK && !this.hasSession(open); back++) open -= 1;
    return fromNewYork(open, SESSION_OPENS);
  }

  /** When the first session of this week opened, or that of the last one until it does. */
  weekOpenedAt(at: number): number {
    const newest = newYorkTime(this.dayOpenedAt(at));
    let open = newest.day - ((newest.weekday + 6) % 7);
    while (open < newest.day && !this.hasSession(open)) open += 1;
    return fromNewYork(open, SESSION_OPENS);
  }
}
