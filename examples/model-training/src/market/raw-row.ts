import type { Bar } from '@millrace/quant';
import { timeOf } from '../base/day.ts';
import { z } from '../base/schema.ts';

export const HEADER = ['date', 'open', 'high', 'low', 'close', 'volume'] as const;

/** By its look, since `Number` takes an empty cell for 0. NaN is told from rubbish: it is a number that no market gives. */
const Cell = z
  .string()
  .regex(/^(?:-?\d+(?:\.\d+)?(?:e[+-]?\d+)?|NaN|-?Infinity)$/i, 'is no number')
  .transform(Number);

/** The schema of a row of the file. */
export const RowCells = z.object({
  date: z.iso.date('is no date such as 2015-06-08'),
  open: Cell,
  high: Cell,
  low: Cell,
  close: Cell,
  volume: Cell,
});

/** A row that could be read. Whether its numbers make sense is another question. */
export interface RawRow extends Bar {
  /** In the file, from 1. */
  readonly line: number;
}

/** The row of a line, or what is wrong with its cells. */
export function readRow(text: string, line: number): RawRow | string {
  const cells = text.split(',');
  if (cells.length !== HEADER.length) {
    return `${cells.length} cells, expected ${HEADER.length}`;
  }
  const named = Object.fromEntries(HEADER.map((name, at) => [name, cells[at]?.trim() ?? '']));
  const row = RowCells.safeParse(named);
  if (row.success) {
    const { date, ...prices } = row.data;
    return { line, time: timeOf(date), ...prices };
  }
  return row.error.issues
    .map(({ path, message }) => {
      const name = String(path[0]);
      return `${name} ${JSON.stringify(named[name]?.slice(0, 40))} ${message}`;
    })
    .join('; ');
}
