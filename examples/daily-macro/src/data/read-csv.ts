import { readFileSync } from 'node:fs';
import { type Day, dayOf } from '../base/calendar.ts';
import { MacroError } from '../base/macro-error.ts';

/** Columns by header name: the days, and the numbers of each column, NaN where the cell is empty. */
export interface CsvColumns {
  readonly days: readonly Day[];
  readonly columns: ReadonlyMap<string, readonly number[]>;
}

/**
 * Reads a CSV whose first column is an ISO date and whose other cells are numbers or empty. No quoting.
 * @throws MacroError CSV_INVALID naming the file and line
 */
export function readCsv(path: string): CsvColumns {
  return parseCsv(readFileSync(path, 'utf8'), path);
}

export function parseCsv(text: string, name: string): CsvColumns {
  const [header = '', ...lines] = text.trimEnd().split(/\r?\n/);
  const names = header.split(',').slice(1);
  const days: Day[] = [];
  const columns = names.map((): number[] => []);
  lines.forEach((line, at) => {
    const [date = '', ...cells] = line.split(',');
    if (cells.length !== names.length) {
      const got = `${cells.length + 1} cells, expected ${names.length + 1}`;
      throw new MacroError('CSV_INVALID', `${name}:${at + 2} has ${got}`);
    }
    days.push(dayOf(date));
    cells.forEach((cell, column) => {
      columns[column]?.push(cell === '' ? Number.NaN : numberIn(cell, `${name}:${at + 2}`));
    });
  });
  return { days, columns: new Map(names.map((column, at) => [column, columns[at] ?? []])) };
}

function numberIn(cell: string, where: string): number {
  const value = Number(cell);
  if (!Number.isFinite(value)) {
    throw new MacroError('CSV_INVALID', `${where}: ${JSON.stringify(cell)} is not a number`);
  }
  return value;
}
