/** A bar of a day is known when its market closes; 21:00 UTC is the close of New York in winter. */
const CLOSE = 'T21:00:00.000Z';

/** When the bar of a day, `2015-06-08`, is known: milliseconds since 1970, UTC. NaN for what is no date. */
export function timeOf(day: string): number {
  return Date.parse(`${day}${CLOSE}`);
}

/** The day of a bar, `2015-06-08`. */
export function dayOf(time: number): string {
  return new Date(time).toISOString().slice(0, 10);
}

export const DAY_MS = 86_400_000;
