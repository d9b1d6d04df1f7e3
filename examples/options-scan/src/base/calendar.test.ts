import { describe, expect, it } from '@jest/globals';
import { dayOf, isoOf, monthOf, thirdFriday } from './calendar.ts';

describe('calendar', () => {
  it('counts days from 1970-01-01', () => {
    expect(dayOf('1970-01-01')).toBe(0);
    // 45 years with 11 leap days (1972 to 2012): 45 x 365 + 11 = 16,436.
    expect(dayOf('2015-01-01')).toBe(16_436);
    expect(isoOf(16_436)).toBe('2015-01-01');
    expect(monthOf(16_436 + 40)).toEqual({ year: 2015, month: 1 });
  });

  it.each(['2015-02-30', '2015-6-8', '08.06.2015', 'today', '', '2015-06-08T00:00:00Z'])(
    'refuses %j with the offending text',
    (text) => {
      expect(() => dayOf(text)).toThrow(JSON.stringify(text));
    },
  );

  it('finds the third Friday of months that begin on each day of the week', () => {
    // As on the calendar of the wall for 2015; the fourteenth month of 2014 is February 2015.
    const fridays = Array.from({ length: 12 }, (_, month) => isoOf(thirdFriday(2015, month)));
    expect(fridays).toEqual(
      ['01-16', '02-20', '03-20', '04-17', '05-15', '06-19', '07-17', '08-21']
        .concat(['09-18', '10-16', '11-20', '12-18'])
        .map((day) => `2015-${day}`),
    );
    expect(isoOf(thirdFriday(2014, 13))).toBe('2015-02-20');
  });
});
