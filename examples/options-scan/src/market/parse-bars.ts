import { dayOf } from '../base/calendar.ts';
import { messageOf, ScanError } from '../base/scan-error.ts';
import { type Bars, PRICE_COLUMNS } from './bars.ts';

const HEADER = ['date', ...PRICE_COLUMNS];

/**
 * Reads CSV with the header `date,open,high,low,close,volume`, each row ended by a line break. Whether the numbers make sense is not its business.
 * @param name of the file, for messages
 * @throws ScanError BARS_INVALID with the line
 */
export function parseBars(text: string, name: string): Bars {
  if (text.trim() === '') throw invalid(`${name} is empty`);
  // A number that lost its end is still a number: only the line break tells that the last row is whole.
  if (!text.endsWith('\n')) throw invalid(`${name} does not end with a line break: it is cut off`);
  const [header = '', ...lines] = text.trimEnd().split(/\r?\n/);
  if (header !== HEADER.join(',')) {
    throw invalid(`${name}:1 has the header ${quote(header)}, expected ${quote(HEADER.join(','))}`);
  }
  const count = lines.length;
  const bars = {
    days: new Int32Array(count),
    open: new Float64Array(count),
    high: new Float64Array(count),
    low: new Float64Array(count),
    close: new Float64Array(count),
    volume: new Float64Array(count),
  };
  lines.forEach((line, at) => {
    const cells = line.split(',');
    const where = `${name}:${at + 2}`;
    if (cells.length !== HEADER.length) {
      throw invalid(`${where} has ${cells.length} cells, expected ${HEADER.length}: it is cut off`);
    }
    bars.days[at] = dayIn(cells[0] ?? '', where);
    PRICE_COLUMNS.forEach((column, place) => {
      bars[column][at] = numberIn(cells[place + 1] ?? '', column, where);
    });
  });
  return bars;
}

function dayIn(cell: string, where: string): number {
  try {
    return dayOf(cell);
  } catch (cause) {
    throw invalid(`${where}: ${messageOf(cause)}`, cause);
  }
}

function numberIn(cell: string, column: string, where: string): number {
  const value = cell.trim() === '' ? Number.NaN : Number(cell);
  if (Number.isFinite(value)) return value;
  throw invalid(`${where}: ${column} is ${quote(cell)}, expected a number`);
}

/** Cells come from files of unknown content. */
function quote(text: string): string {
  return JSON.stringify(text.length > 60 ? `${text.slice(0, 60)}…` : text);
}

function invalid(message: string, cause?: unknown): ScanError {
  return new ScanError('BARS_INVALID', message, { cause });
}
