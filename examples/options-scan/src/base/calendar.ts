import { ScanError } from './scan-error.ts';

/** Days since 1970-01-01 UTC. Bars, expiries and earnings hold dates in this form. */
export type Day = number;

const MS_PER_DAY = 86_400_000;
const ISO_DATE = /^\d{4}-\d{2}-\d{2}$/;

/** @throws ScanError DATE_INVALID when `iso` is not a day of the calendar written YYYY-MM-DD */
export function dayOf(iso: string): Day {
  const day = Date.parse(`${iso}T00:00:00Z`) / MS_PER_DAY;
  if (!ISO_DATE.test(iso) || !Number.isInteger(day) || isoOf(day) !== iso) {
    throw new ScanError('DATE_INVALID', `${JSON.stringify(iso)} is not a date written YYYY-MM-DD`);
  }
  return day;
}

export function isoOf(day: Day): string {
  return new Date(day * MS_PER_DAY).toISOString().slice(0, 10);
}

/** The third Friday of a month, on which monthly options expire. `month` counts from 0 and may pass 11. */
export function thirdFriday(year: number, month: number): Day {
  const first = Date.UTC(year, month, 1) / MS_PER_DAY;
  // 1970-01-01 was a Thursday: a day is a Friday where (day + 4) % 7 is 5.
  const untilFriday = (8 - ((first + 4) % 7) + 4) % 7;
  return first + untilFriday + 14;
}

/** Year and month, from 0, of a day. */
export function monthOf(day: Day): { readonly year: number; readonly month: number } {
  const date = new Date(day * MS_PER_DAY);
  return { year: date.getUTCFullYear(), month: date.getUTCMonth() };
}
