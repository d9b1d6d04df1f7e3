import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { dayOf } from '../base/calendar.ts';
import { useTemporaryFolder } from '../testing-local/temporary-folder.ts';
import { openCalendar } from './open-calendar.ts';

const asOf = dayOf('2015-05-11');
const stock = { ticker: 'AAPL', kind: 'stock', origin: 'real' } as const;
const fund = { ticker: 'SP500', kind: 'etf', origin: 'real' } as const;

describe('calendars of earnings', () => {
  const folder = useTemporaryFolder();

  it('model one report a quarter, the same whenever they are asked', () => {
    const calendar = openCalendar({ kind: 'modelled' });
    const dates = Array.from({ length: 366 }, (_, at) => calendar.nextReport(stock, asOf + at));
    const different = [...new Set(dates)];
    expect(different).toHaveLength(5);
    expect(dates.every((date, at) => date !== undefined && date >= asOf + at)).toBe(true);
    expect(calendar.nextReport(fund, asOf)).toBeUndefined();
  });

  it('read the next date of a file, and know nothing of tickers that it lacks', () => {
    const path = join(folder(), 'earnings.json');
    writeFileSync(
      path,
      '{"AAPL": ["2015-07-21", "2015-04-27", "2015-05-11"], "SP500": ["2015-06-01"]}',
    );
    const calendar = openCalendar({ kind: 'file', path });
    expect(calendar.nextReport(stock, asOf)).toBe(asOf);
    expect(calendar.nextReport(stock, asOf + 1)).toBe(dayOf('2015-07-21'));
    expect(calendar.nextReport(stock, dayOf('2016-01-01'))).toBeUndefined();
    expect(calendar.nextReport({ ...stock, ticker: 'toString' }, asOf)).toBeUndefined();
    expect(calendar.nextReport(fund, asOf)).toBeUndefined();
  });

  it.each(['', 'no json', '{"AAPL": ["soon"]}', '[]'])('refuse a file with %j', (text) => {
    const path = join(folder(), 'earnings.json');
    writeFileSync(path, text);
    expect(() => openCalendar({ kind: 'file', path })).toThrow(path);
  });
});
