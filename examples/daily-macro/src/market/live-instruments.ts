import type { Day } from '../base/calendar.ts';
import { type Tables, tableOf } from '../data/series-table.ts';
import { isStale } from '../quality/staleness.ts';
import { type Instrument, instruments } from './instrument.ts';
import { commonDays } from './return-table.ts';

/** Whether the instrument has a current price; only then can it be traded or marked. */
export function isLive({ series }: Instrument, tables: Tables, asOf: Day): boolean {
  return !isStale(tableOf(tables, series), 'daily', asOf);
}

/** The newest day on which all live instruments have a price; undefined when none is live. */
export function marketDay(tables: Tables, asOf: Day): Day | undefined {
  const live = instruments.filter((instrument) => isLive(instrument, tables, asOf));
  return commonDays(tables, live).at(-1);
}
