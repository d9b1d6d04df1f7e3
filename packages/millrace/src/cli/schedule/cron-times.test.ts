import { describe, expect, test } from '@jest/globals';
import { CronTimes } from './cron-times.ts';

function timesOf(expression: string, zone: string, from: string, count: number): string[] {
  const times = new CronTimes(expression, zone);
  const found: string[] = [];
  let at = Date.parse(from);
  while (found.length < count) {
    at = times.next(at) ?? Number.NaN;
    found.push(new Date(at).toISOString().slice(0, 16));
  }
  return found;
}

describe('the times of a schedule', () => {
  test('are those of the zone, the year round', () => {
    expect(timesOf('0 6 * * 1-5', 'Europe/Berlin', '2026-10-22T12:00Z', 3)).toEqual([
      '2026-10-23T04:00',
      '2026-10-26T05:00',
      '2026-10-27T05:00',
    ]);
  });

  test('have one on the day in spring on which theirs is left out, at the end of the hour that is not there', () => {
    expect(timesOf('30 2 * * *', 'Europe/Berlin', '2026-03-27T12:00Z', 3)).toEqual([
      '2026-03-28T01:30',
      '2026-03-29T01:00',
      '2026-03-30T00:30',
    ]);
  });

  test('of which a day has several are left out in spring, and come twice in autumn', () => {
    expect(timesOf('15,45 2 * * *', 'Europe/Berlin', '2026-03-28T12:00Z', 1)).toEqual([
      '2026-03-30T00:15',
    ]);
    expect(timesOf('15,45 2 * * *', 'Europe/Berlin', '2026-10-24T12:00Z', 4)).toEqual([
      '2026-10-25T00:15',
      '2026-10-25T00:45',
      '2026-10-25T01:15',
      '2026-10-25T01:45',
    ]);
  });

  test('have one on the day in autumn on which theirs comes twice', () => {
    expect(timesOf('30 2 * * *', 'Europe/Berlin', '2026-10-24T12:00Z', 2)).toEqual([
      '2026-10-25T00:30',
      '2026-10-26T01:30',
    ]);
  });

  test('are each hour of the day with 25 of them', () => {
    expect(timesOf('0 * * * *', 'Europe/Berlin', '2026-10-24T23:30Z', 3)).toEqual([
      '2026-10-25T00:00',
      '2026-10-25T01:00',
      '2026-10-25T02:00',
    ]);
  });

  test('are found backwards, too', () => {
    const times = new CronTimes('0 6 * * *', 'UTC');
    const at = times.previous(Date.parse('2026-11-20T05:00Z')) ?? 0;
    expect(new Date(at).toISOString()).toBe('2026-11-19T06:00:00.000Z');
  });

  test.each([
    ['61 * * * *', 'UTC', 'its minute "61" is not understood; expected 0-59, a list'],
    ['0 6 1 13 *', 'UTC', 'its month "13" is not understood; expected 1-12, or JAN-DEC'],
    ['70 * * * * *', 'UTC', 'its second "70" is not understood'],
    ['0 6 * * MON-FOO', 'UTC', 'its weekday "MON-FOO" is not understood; expected 0-7, or SUN-SAT'],
    ['nonsense', 'UTC', 'it has 1 part, and 5 are expected, or 6 with the second first'],
    ['@dayly', 'UTC', 'there is no "@dayly"; did you mean "@daily"?'],
    ['0 0 30 2 *', 'UTC', 'it names no time to come'],
    ['0 6 * * *', 'Mars/Olympus', 'there is no such time zone'],
  ])('are refused when there are none: %s in %s', (expression, zone, why) => {
    expect(() => new CronTimes(expression, zone)).toThrow(why);
  });
});
