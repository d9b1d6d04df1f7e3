import { join } from 'node:path';
import { MacroError } from '../base/macro-error.ts';
import { type CsvColumns, readCsv } from './read-csv.ts';
import { readShiller } from './read-shiller.ts';
import { type SeriesSpec, seriesCatalog } from './series-catalog.ts';
import type { SeriesTable, Tables } from './series-table.ts';

/**
 * All series of the catalogue with their whole history; `allVisibleAt` then takes the run's date into account.
 * @param folder holds the CSV files named in the catalogue
 */
export function loadTables(folder: string, catalog = seriesCatalog): Tables {
  const files = new Map<string, CsvColumns>();
  const open = (source: string): CsvColumns => {
    const file = source.endsWith('.csv') ? readCsv(join(folder, source)) : readShiller();
    files.set(source, file);
    return file;
  };
  return Object.fromEntries(
    catalog.map((spec) => [spec.id, toTable(spec, files.get(spec.source) ?? open(spec.source))]),
  );
}

/** Rows without a value are left out: a missing observation is absent, never filled. */
export function toTable(spec: SeriesSpec, file: CsvColumns): SeriesTable {
  const column = file.columns.get(spec.id);
  if (column === undefined) {
    throw new MacroError('COLUMN_MISSING', `${spec.source} has no column ${spec.id}`);
  }
  const rows = file.days
    .map((day, at) => ({ day, value: column[at] ?? Number.NaN }))
    .filter(({ value }) => !Number.isNaN(value));
  return {
    id: spec.id,
    days: Int32Array.from(rows, ({ day }) => day),
    published: Int32Array.from(rows, ({ day }) => day + spec.lagDays),
    values: Float64Array.from(rows, ({ value }) => value),
  };
}
