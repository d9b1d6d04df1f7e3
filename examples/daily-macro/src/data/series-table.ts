import type { Day } from '../base/calendar.ts';
import { element } from '../base/element.ts';
import { MacroError } from '../base/macro-error.ts';
import { z } from '../base/schema.ts';

/** One series in columns of equal length, ascending by day. */
export const SeriesTable = z
  .object({
    id: z.string(),
    /** Day observed; the last day of the period for a monthly, quarterly or annual series. */
    days: z.instanceof(Int32Array),
    /** First day on which the observation could be known. */
    published: z.instanceof(Int32Array),
    /** In the unit of the series (see the catalogue). */
    values: z.instanceof(Float64Array),
  })
  .readonly();
export type SeriesTable = z.infer<typeof SeriesTable>;

/** All series of a run by id. */
export const Tables = z.record(z.string(), SeriesTable);
export type Tables = Readonly<Record<string, SeriesTable>>;

/** @throws MacroError SERIES_UNKNOWN */
export function tableOf(tables: Tables, id: string): SeriesTable {
  const table = Object.hasOwn(tables, id) ? tables[id] : undefined;
  if (table === undefined) {
    const known = Object.keys(tables).sort().join(', ');
    throw new MacroError('SERIES_UNKNOWN', `no series ${JSON.stringify(id)}; there are: ${known}`);
  }
  return table;
}

/** The value last observed. @throws MacroError INDEX_OUTSIDE for an empty table */
export function latestValue(table: SeriesTable): number {
  return element(table.values, -1);
}

/** How many rows are there, in all series. */
export function countObservations(tables: Tables): number {
  return Object.values(tables).reduce((sum, table) => sum + table.values.length, 0);
}

/** The part of a table that was public on `asOf`; views, no copies. Later rows of an ascending column are cut. */
export function visibleAt(table: SeriesTable, asOf: Day): SeriesTable {
  let length = table.published.length;
  while (length > 0 && element(table.published, length - 1) > asOf) length -= 1;
  return {
    id: table.id,
    days: table.days.subarray(0, length),
    published: table.published.subarray(0, length),
    values: table.values.subarray(0, length),
  };
}

export function allVisibleAt(tables: Tables, asOf: Day): Tables {
  return Object.fromEntries(
    Object.entries(tables).map(([id, table]) => [id, visibleAt(table, asOf)]),
  );
}
