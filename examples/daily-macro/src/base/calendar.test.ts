import { describe, expect, it } from '@jest/globals';
import { dayOf, isoOf, isWeekday, lastWeekdays } from './calendar.ts';

describe('calendar', () => {
  it('counts days from 1970-01-01', () => {
    expect(dayOf('1970-01-01')).toBe(0);
    // 30 years with 7 leap days: 30 x 365 + 7 = 10,957.
    expect(dayOf('2000-01-01')).toBe(10_957);
    expect(isoOf(10_957)).toBe('2000-01-01');
  });

  it.each(['2000-02-30', '2000-5-15', '15.05.2000', 'today', '', '2000-05-15T00:00:00Z'])(
    'refuses %j with the offending text',
    (text) => {
      expect(() => dayOf(text)).toThrow(JSON.stringify(text));
    },
  );

  it('knows weekdays', () => {
    expect(isWeekday(dayOf('2000-05-12'))).toBe(true);
    expect(isWeekday(dayOf('2000-05-13'))).toBe(false);
    expect(isWeekday(dayOf('2000-05-14'))).toBe(false);
  });

  it('gives the last weekdays across a weekend, from a weekend as well', () => {
    const expected = ['2000-05-11', '2000-05-12', '2000-05-15'];
    expect(lastWeekdays(dayOf('2000-05-15'), 3).map(isoOf)).toEqual(expected);
    expect(lastWeekdays(dayOf('2000-05-14'), 1).map(isoOf)).toEqual(['2000-05-12']);
  });
});
