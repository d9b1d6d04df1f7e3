import type { Day } from '../base/calendar.ts';
import { element } from '../base/element.ts';
import type { Frequency } from '../data/series-catalog.ts';
import type { SeriesTable } from '../data/series-table.ts';

/** Days since the last publication after which a series counts as stale. */
export const stalenessLimitDays: Readonly<Record<Frequency, number>> = {
  daily: 5,
  weekly: 12,
  monthly: 50,
  quarterly: 120,
  annual: 400,
};

/**
 * Days from the publication of the newest observation to `asOf`; Infinity for an empty table.
 * Counted from publication, so that a long release lag alone never makes a series stale.
 */
export function ageInDays(table: SeriesTable, asOf: Day): number {
  if (table.published.length === 0) return Number.POSITIVE_INFINITY;
  return asOf - element(table.published, -1);
}

export function isStale(table: SeriesTable, frequency: Frequency, asOf: Day): boolean {
  return ageInDays(table, asOf) > stalenessLimitDays[frequency];
}

/** How far an observation may still be relied on: 1 up to the limit, then linear to 0 at twice the limit. */
export function freshness(table: SeriesTable, frequency: Frequency, asOf: Day): number {
  const used = ageInDays(table, asOf) / stalenessLimitDays[frequency];
  return Math.min(1, Math.max(0, 2 - used));
}
