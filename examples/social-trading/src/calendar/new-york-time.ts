const MS_PER_MINUTE = 60_000;
const MS_PER_HOUR = 3_600_000;
const MS_PER_DAY = 86_400_000;

/** What a clock on the wall in New York shows. */
export interface NewYorkTime {
  /** Days since 1970-01-01 of the date there. */
  readonly day: number;
  /** 0 is Sunday. */
  readonly weekday: number;
  /** Minutes since midnight, fractions included. */
  readonly minute: number;
}

const offsets = new Map<number, number>();
const format = new Intl.DateTimeFormat('en-US', {
  timeZone: 'America/New_York',
  timeZoneName: 'longOffset',
});

/** Local time less UTC, in milliseconds. Clocks are changed on the hour, so one answer holds for an hour. */
function offsetMs(at: number): number {
  const hour = Math.floor(at / MS_PER_HOUR);
  const known = offsets.get(hour);
  if (known !== undefined) return known;
  const name = format.formatToParts(hour * MS_PER_HOUR).find(({ type }) => type === 'timeZoneName');
  const [, sign = '+', hours = '0', minutes = '0'] =
    /GMT([+-])(\d+):(\d+)/.exec(name?.value ?? '') ?? [];
  const offset = (Number(hours) * 60 + Number(minutes)) * MS_PER_MINUTE * (sign === '-' ? -1 : 1);
  offsets.set(hour, offset);
  return offset;
}

/** @param at milliseconds since 1970, UTC */
export function newYorkTime(at: number): NewYorkTime {
  const local = at + offsetMs(at);
  const day = Math.floor(local / MS_PER_DAY);
  // 1970-01-01 was a Thursday.
  return { day, weekday: (day + 4) % 7, minute: (local - day * MS_PER_DAY) / MS_PER_MINUTE };
}

/**
 * Milliseconds since 1970, UTC, of a time of the day there. Of the hour that the clocks skip in spring the time after
 * it, of the hour that they repeat in autumn the first.
 */
export function fromNewYork(day: number, minute: number): number {
  const local = day * MS_PER_DAY + minute * MS_PER_MINUTE;
  const before = local - offsetMs(local - MS_PER_DAY);
  const after = local - offsetMs(local + MS_PER_DAY);
  return newYorkTime(before).day === day && newYorkTime(before).minute === minute ? before : after;
}

/** `2016-04-27` of a day. */
export function isoDay(day: number): string {
  return new Date(day * MS_PER_DAY).toISOString().slice(0, 10);
}

/** Days since 1970-01-01 of `2016-04-27`; NaN of what is no date. */
export function dayOfIso(iso: string): number {
  return Date.parse(`${iso}T00:00:00Z`) / MS_PER_DAY;
}
