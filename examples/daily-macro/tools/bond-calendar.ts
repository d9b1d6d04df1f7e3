/**
 * The days on which the Federal Reserve's H.15 release carried Treasury yields, 1985-2000.
 *
 * `tcmd` in the R package `tseries` lists those days without dates. The calendar is: weekdays without the
 * federal holidays (Saturday holidays kept on Friday, except New Year) and Good Friday, with the exceptions below.
 * `extract-data.ts` proves it: the mean of the daily values over every month equals the published monthly average.
 */

/** Good Fridays on which the market opened, because the employment report came out. */
const OPEN_GOOD_FRIDAYS = new Set(['1996-04-05', '1999-04-02']);
/** Hurricane Gloria; the day of mourning for President Nixon. */
const CLOSED = new Set(['1985-09-27', '1994-04-27']);

const MS_PER_DAY = 86_400_000;
const iso = (date: Date): string => date.toISOString().slice(0, 10);
const utc = (year: number, month: number, day: number): Date =>
  new Date(Date.UTC(year, month - 1, day));

function nthWeekday(year: number, month: number, weekday: number, nth: number): Date {
  const first = utc(year, month, 1);
  return utc(year, month, 1 + ((weekday - first.getUTCDay() + 7) % 7) + 7 * (nth - 1));
}

function lastMonday(year: number, month: number): Date {
  const last = utc(year, month + 1, 0);
  return utc(year, month, last.getUTCDate() - ((last.getUTCDay() + 6) % 7));
}

/** Gregorian Easter Sunday (Meeus, Jones and Butcher). */
function easter(year: number): Date {
  const [a, b, c] = [year % 19, Math.floor(year / 100), year % 100];
  const g = Math.floor((b - Math.floor((b + 8) / 25) + 1) / 3);
  const h = (19 * a + b - Math.floor(b / 4) - g + 15) % 30;
  const l = (32 + 2 * (b % 4) + 2 * Math.floor(c / 4) - h - (c % 4)) % 7;
  const m = Math.floor((a + 11 * h + 22 * l) / 451);
  const n = h + l - 7 * m + 114;
  return utc(year, Math.floor(n / 31), (n % 31) + 1);
}

function observed(date: Date, saturdayToFriday: boolean): Date {
  if (date.getUTCDay() === 0) return new Date(date.getTime() + MS_PER_DAY);
  if (date.getUTCDay() === 6 && saturdayToFriday) return new Date(date.getTime() - MS_PER_DAY);
  return date;
}

function holidays(year: number): string[] {
  const days = [
    observed(utc(year, 1, 1), false),
    nthWeekday(year, 2, 1, 3),
    new Date(easter(year).getTime() - 2 * MS_PER_DAY),
    lastMonday(year, 5),
    observed(utc(year, 7, 4), true),
    nthWeekday(year, 9, 1, 1),
    nthWeekday(year, 10, 1, 2),
    observed(utc(year, 11, 11), false),
    nthWeekday(year, 11, 4, 4),
    observed(utc(year, 12, 25), true),
  ];
  if (year >= 1986) days.push(nthWeekday(year, 1, 1, 3));
  return days.map(iso).filter((day) => !OPEN_GOOD_FRIDAYS.has(day));
}

/** Days of publication from `first` to `last` (ISO dates, both included), ascending. */
export function bondDays(first: string, last: string): string[] {
  const days: string[] = [];
  const closed = new Set(CLOSED);
  for (let year = Number(first.slice(0, 4)); year <= Number(last.slice(0, 4)); year += 1) {
    for (const day of holidays(year)) closed.add(day);
  }
  for (let at = Date.parse(first); at <= Date.parse(last); at += MS_PER_DAY) {
    const date = new Date(at);
    const weekend = date.getUTCDay() % 6 === 0;
    if (!weekend && !closed.has(iso(date))) days.push(iso(date));
  }
  return days;
}
