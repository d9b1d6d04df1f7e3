import { padTo, widthOf } from './printable.ts';
import type { Paint } from './terminal.ts';

export interface Column {
  readonly title: string;
  /** Numbers and durations. Default false. */
  readonly right?: boolean;
}

const GAP = '  ';

/** Rows under their titles, each column as wide as its widest cell. A column with nothing in it is left out. */
export function table(
  columns: readonly Column[],
  rows: readonly (readonly string[])[],
  paint: Paint,
): string {
  const used = columns.map((_, at) => rows.some((row) => (row[at] ?? '') !== ''));
  const widths = columns.map(({ title }, at) =>
    rows.reduce((widest, row) => Math.max(widest, widthOf(row[at] ?? '')), widthOf(title)),
  );
  const line = (cells: readonly string[]): string =>
    columns
      .flatMap(({ right = false }, at) => {
        if (used[at] !== true) return [];
        const cell = cells[at] ?? '';
        const width = widths[at] ?? 0;
        return [right ? ' '.repeat(Math.max(0, width - widthOf(cell))) + cell : padTo(cell, width)];
      })
      .join(GAP)
      .trimEnd();
  const titles = line(columns.map(({ title }) => title));
  return [paint('dim', titles), ...rows.map(line)].join('\n');
}
