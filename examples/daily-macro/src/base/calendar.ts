import { MacroError } from './macro-error.ts';

/** Days since 1970-01-01 UTC. All tables hold dates in this form. */
export type Day = number;

const MS_PER_DAY = 86_400_000;
const ISO_DATE = /^\d{4}-\d{2}-\d{2}$/;

/** @throws MacroError DATE_INVALID when `iso` is not a day of the calendar written YYYY-MM-DD */
export function dayOf(iso: string): Day {
  const day = Date.parse(`${iso}T00:00:00Z`) / MS_PER_DAY;
  if (!ISO_DATE.test(iso) || !Number.isInteger(day) || isoOf(day) !== iso) {
    throw new MacroError('DATE_INVALID', `${JSON.stringify(iso)} is not a date written YYYY-MM-DD`);
  }
  return day;
}

export function isoOf(day: Day): string {
  return new Date(day * MS_PER_DAY).toISOString().slice(0, 10);
}

/** The date on the calendar of the person, not that of UTC. */
export function localDate(now: Date): string {
  const [month, day] = [now.getMonth() + 1, now.getDate()].map((part) =>
    String(part).padStart(2, '0'),
  );
  return `${now.getFullYear()}-${month}-${day}`;
}

/** Weekdays only; holidays are not known here. */
export function isWeekday(day: Day): boolean {
  return new Date(day * MS_PER_DAY).getUTCDay() % 6 !== 0;
}

/** The `count` weekdays up to and including `day` (or the last one before it), ascending. */
export function lastWeekdays(day: Day, count: number): Day[] {
  const days: Day[] = [];
  for (let at = day; days.length < count; at -= 1) {
    if (isWeekday(at)) days.push(at);
  }
  return days.reverse();
}
