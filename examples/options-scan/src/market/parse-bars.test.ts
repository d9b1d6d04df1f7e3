import { describe, expect, it } from '@jest/globals';
import { dayOf } from '../base/calendar.ts';
import { barsText } from './bars-text.ts';
import { decodeBars, encodeBars } from './encode-bars.ts';
import { parseBars } from './parse-bars.ts';

const header = 'date,open,high,low,close,volume';
const row = '2015-05-08,10,11.5,9,10.25,1000000';
const parse = (...lines: readonly string[]) => parseBars(`${lines.join('\n')}\n`, 'X.csv');

describe('files of bars', () => {
  it('are read into columns, and written back to the same text', () => {
    const bars = parse(header, row, '2015-05-11,10.25,10.5,10,10.5,2000000');
    expect([...bars.days]).toEqual([dayOf('2015-05-08'), dayOf('2015-05-11')]);
    expect([...bars.high]).toEqual([11.5, 10.5]);
    expect(parseBars(barsText(bars), 'X.csv')).toEqual(bars);
    expect(decodeBars(encodeBars(bars))).toEqual(bars);
    expect(decodeBars(encodeBars(bars).subarray(1))).toBeUndefined();
  });

  it.each<[string, readonly string[], string]>([
    ['another header', ['date,close', row], 'X.csv:1 has the header "date,close", expected'],
    ['too few cells', [header, '2015-05-08,10'], 'X.csv:2 has 2 cells, expected 6: it is cut off'],
    [
      'text for a number',
      [header, row.replace('9', 'n/a')],
      'X.csv:2: low is "n/a", expected a number',
    ],
    ['nothing for a number', [header, row.replace('9', '')], 'X.csv:2: low is "", expected'],
    ['infinity', [header, row.replace('9', 'Infinity')], 'low is "Infinity"'],
    ['a day that is none', [header, row.replace('05-08', '02-30')], '"2015-02-30" is not a date'],
  ])('are refused with %s', (_what, lines, message) => {
    expect(() => parse(...lines)).toThrow(message);
  });

  it('are refused when they are empty, or end within a row whose numbers are still numbers', () => {
    expect(() => parseBars('', 'X.csv')).toThrow('X.csv is empty');
    expect(() => parseBars(`${header}\n${row.slice(0, -2)}`, 'X.csv')).toThrow('it is cut off');
  });
});
