import { TrainingError } from '../base/training-error.ts';
import type { BarFault } from './bar-fault-kind.ts';
import { HEADER, type RawRow, readRow } from './raw-row.ts';

export interface ParsedFile {
  /** In the order of the file. */
  readonly rows: readonly RawRow[];
  /** One for each row that is not among `rows`. */
  readonly faults: readonly BarFault[];
}

/**
 * Reads CSV with the header `date,open,high,low,close,volume`, each row ended by a line break.
 * @param name of the file, for messages
 * @throws TrainingError DATA_UNREADABLE for a file that is empty, cut off or of another header
 */
export function parseBarFile(text: string, name: string): ParsedFile {
  if (text.trim() === '') throw unreadable(`${name} is empty`);
  // A number that lost its end is still a number: only the line break tells that the last row is whole.
  if (!text.endsWith('\n'))
    throw unreadable(`${name} does not end with a line break: it is cut off`);
  const [header = '', ...lines] = text.trimEnd().split(/\r?\n/);
  const expected = HEADER.join(',');
  if (header !== expected) {
    const got = JSON.stringify(header.slice(0, 80));
    throw unreadable(`${name}:1 has the header ${got}, expected ${JSON.stringify(expected)}`);
  }
  const rows: RawRow[] = [];
  const faults: BarFault[] = [];
  for (const [at, cells] of lines.entries()) {
    const line = at + 2;
    const row = readRow(cells, line);
    if (typeof row === 'string') faults.push({ kind: 'unreadable', line, text: row });
    else rows.push(row);
  }
  return { rows, faults };
}

function unreadable(message: string): TrainingError {
  return new TrainingError('DATA_UNREADABLE', message);
}
