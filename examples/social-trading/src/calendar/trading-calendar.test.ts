import { describe, expect, it } from '@jest/globals';
import { dayOfIso, fromNewYork, isoDay, newYorkTime } from './new-york-time.ts';
import { TradingCalendar } from './trading-calendar.ts';

const utc = (text: string): number => Date.parse(`${text}Z`);

describe('the clock of New York', () => {
  it.each([
    // Four hours behind in summer, five in winter.
    ['2016-04-27T13:30', '2016-04-27', 3, 570],
    ['2016-12-27T14:30', '2016-12-27', 2, 570],
    ['2016-04-27T03:59', '2016-04-26', 2, 1439],
    // 2016-03-13: at 02:00, 07:00 UTC, the clocks show 03:00.
    ['2016-03-13T06:59', '2016-03-13', 0, 119],
    ['2016-03-13T07:00', '2016-03-13', 0, 180],
    // 2016-11-06: at 02:00, 06:00 UTC, the clocks show 01:00 again.
    ['2016-11-06T05:59', '2016-11-06', 0, 119],
    ['2016-11-06T06:00', '2016-11-06', 0, 60],
    // In 2006 summer time began on the first Sunday of April.
    ['2006-03-27T14:30', '2006-03-27', 1, 570],
    ['2006-04-03T13:30', '2006-04-03', 1, 570],
  ])('shows at %s UTC the day %s and its minute', (at, day, weekday, minute) => {
    expect(newYorkTime(utc(at))).toEqual({ day: dayOfIso(day), weekday, minute });
  });

  it('is turned back into UTC on both days on which it is changed', () => {
    for (const [day, opens] of [
      ['2016-03-11', '2016-03-11T14:30'],
      ['2016-03-13', '2016-03-13T13:30'],
      ['2016-03-14', '2016-03-14T13:30'],
      ['2016-11-04', '2016-11-04T13:30'],
      ['2016-11-06', '2016-11-06T14:30'],
    ] as const) {
      expect(fromNewYork(dayOfIso(day), 570)).toBe(utc(opens));
    }
    expect(isoDay(dayOfIso('2016-02-29'))).toBe('2016-02-29');
  });
});

describe('the calendar', () => {
  const calendar = new TradingCalendar({
    holidays: ['2016-05-30'],
    earlyCloses: ['2016-11-25'],
  });

  it.each([
    ['2016-04-27T07:59', 'closed'],
    ['2016-04-27T08:00', 'pre-market'],
    ['2016-04-27T13:29:59.999', 'pre-market'],
    ['2016-04-27T13:30', 'session'],
    ['2016-04-27T19:59:59.999', 'session'],
    ['2016-04-27T20:00', 'after-hours'],
    ['2016-04-28T00:00', 'closed'],
    ['2016-04-30T15:00', 'closed'],
    ['2016-05-30T15:00', 'closed'],
    // The session opens an hour earlier in UTC from the Monday on after the clocks were changed.
    ['2016-03-11T14:00', 'pre-market'],
    ['2016-03-14T14:00', 'session'],
    ['2016-11-04T13:30', 'session'],
    ['2016-11-07T13:30', 'pre-market'],
    ['2016-11-25T17:59', 'session'],
    ['2016-11-25T18:00', 'after-hours'],
  ])('is at %s UTC: %s', (at, phase) => {
    expect(calendar.phaseAt(utc(at))).toBe(phase);
  });

  it.each([
    ['2016-04-27T13:29', '2016-04-26T13:30', '2016-04-25T13:30'],
    ['2016-04-27T13:30', '2016-04-27T13:30', '2016-04-25T13:30'],
    ['2016-05-01T12:00', '2016-04-29T13:30', '2016-04-25T13:30'],
    ['2016-05-02T13:29', '2016-04-29T13:30', '2016-04-25T13:30'],
    ['2016-05-02T13:30', '2016-05-02T13:30', '2016-05-02T13:30'],
    // Memorial Day: the week begins on Tuesday.
    ['2016-05-31T12:00', '2016-05-27T13:30', '2016-05-23T13:30'],
    ['2016-06-01T12:00', '2016-05-31T13:30', '2016-05-31T13:30'],
    // Over the change of the clocks the open moves in UTC.
    ['2016-03-13T20:00', '2016-03-11T14:30', '2016-03-07T14:30'],
    ['2016-03-14T13:30', '2016-03-14T13:30', '2016-03-14T13:30'],
  ])('counts day and week from their opening: at %s', (at, day, week) => {
    expect(calendar.dayOpenedAt(utc(at))).toBe(utc(day));
    expect(calendar.weekOpenedAt(utc(at))).toBe(utc(week));
  });
});
