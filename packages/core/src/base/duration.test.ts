import { describe, expect, it } from '@jest/globals';
import { formatDuration, parseDurationMs } from './duration.ts';

describe('parseDurationMs', () => {
  it.each([
    ['250ms', 250],
    ['0.5ms', 0.5],
    ['1.5s', 1500],
    ['5m', 300_000],
    ['2h', 7_200_000],
    ['1d', 86_400_000],
    ['007s', 7000],
  ])('reads %s as %d', (text, durationMs) => {
    expect(parseDurationMs(text)).toEqual({ ok: true, value: durationMs });
  });

  it.each([
    '',
    '5',
    '5 s',
    ' 5s',
    '5s ',
    '-5s',
    '+5s',
    '.5s',
    '5.s',
    '1e3s',
    '5S',
    '1w',
    '1y',
    '5s5s',
    '٥s',
  ])('refuses %j', (text) => {
    expect(parseDurationMs(text)).toEqual({
      ok: false,
      problem: 'expected a duration with a unit, such as "250ms", "1.5s", "5m", "2h" or "1d"',
    });
  });

  it('refuses what is too long to be meant, however it is written', () => {
    const tooLong = { ok: false, problem: 'expected a duration of at most 100 years' };
    expect(parseDurationMs('36525d')).toEqual({ ok: true, value: 36_525 * 86_400_000 });
    expect(parseDurationMs('36526d')).toEqual(tooLong);
    expect(parseDurationMs(`${'9'.repeat(99)}d`)).toEqual(tooLong);
    expect(parseDurationMs(`${'9'.repeat(500)}ms`)).toEqual(tooLong);
  });
});

describe('formatDuration', () => {
  it.each([
    [0, '0ms'],
    [0.4, '0ms'],
    [350, '350ms'],
    [999, '999ms'],
    [999.6, '1.0s'],
    [1000, '1.0s'],
    [1234, '1.2s'],
    [59_949, '59.9s'],
    [59_951, '1m 0s'],
    [60_000, '1m 0s'],
    [250_000, '4m 10s'],
    [3_599_400, '59m 59s'],
    [3_599_600, '1h 0m'],
    [3_600_000, '1h 0m'],
    [90_061_000, '25h 1m'],
  ])('writes %d ms as %s', (durationMs, text) => {
    expect(formatDuration(durationMs)).toBe(text);
  });
});
