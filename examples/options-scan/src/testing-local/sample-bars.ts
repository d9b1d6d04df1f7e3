import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { dayOf } from '../base/calendar.ts';
import { inExample } from '../base/example-folder.ts';
import { type Bars, newestBars } from '../market/bars.ts';
import { parseBars } from '../market/parse-bars.ts';

type Columns = Partial<Record<'open' | 'high' | 'low' | 'volume', readonly number[]>>;

/** Bars on consecutive days from 2015-01-01 on; what is left out is the close, or a million shares. */
export function barsOf(close: readonly number[], columns: Columns = {}): Bars {
  const first = dayOf('2015-01-01');
  const column = (values: readonly number[] = close): Float64Array => Float64Array.from(values);
  return {
    days: Int32Array.from(close, (_, at) => first + at),
    open: column(columns.open),
    high: column(columns.high),
    low: column(columns.low),
    close: column(),
    volume: column(columns.volume ?? close.map(() => 1_000_000)),
  };
}

/** The last 500 shipped bars of a real ticker. */
export function realBars(ticker: string): Bars {
  const text = readFileSync(inExample(join('data', `${ticker}.csv`)), 'utf8');
  return newestBars(parseBars(text, `${ticker}.csv`), dayOf('2015-05-11'), 500);
}

/** A value as often as wanted. */
export function times<T>(count: number, value: T): T[] {
  return Array.from({ length: count }, () => value);
}
