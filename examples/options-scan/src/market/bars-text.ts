import { isoOf } from '../base/calendar.ts';
import { type Bars, PRICE_COLUMNS } from './bars.ts';

/** CSV as `parseBars` reads it. */
export function barsText(bars: Bars): string {
  const columns = PRICE_COLUMNS.map((column) => bars[column]);
  const lines = Array.from(bars.days, (day, at) => {
    return `${isoOf(day)},${columns.map((column) => column[at]).join(',')}`;
  });
  return `${['date', ...PRICE_COLUMNS].join(',')}\n${lines.join('\n')}\n`;
}
