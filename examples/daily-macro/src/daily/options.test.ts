import { describe, expect, it } from '@jest/globals';
import { localDate } from '../base/calendar.ts';
import { readOptions } from './options.ts';

const today = '2026-11-21';
const read = (...argv: readonly string[]) => readOptions(argv, today);

describe('the command line', () => {
  it('takes today unless a date is given', () => {
    expect(read()).toEqual({
      ...{ dryRun: false, strict: false, home: undefined },
      task: { kind: 'new', date: today },
    });
    expect(read('--date', '2000-05-15').task).toEqual({ kind: 'new', date: '2000-05-15' });
    expect(read('--date=2000-05-15', '--dry-run', '--strict')).toMatchObject({
      ...{ dryRun: true, strict: true },
    });
    expect(read('--resume', 'latest').task).toEqual({ kind: 'resume', run: 'latest' });
    expect(read('-h').task).toEqual({ kind: 'help' });
  });

  it('takes the date of the calendar on the wall as today', () => {
    expect(localDate(new Date(2026, 0, 2, 0, 30))).toBe('2026-01-02');
    expect(localDate(new Date(2026, 11, 31, 23, 30))).toBe('2026-12-31');
  });

  it('refuses what is no date', () => {
    for (const date of ['2000-02-30', '15.5.2000', '2000-5-15', 'today', '']) {
      expect(() => read('--date', date)).toThrow('is not a date written YYYY-MM-DD');
    }
  });

  it('refuses what it does not know, and what does not go together', () => {
    expect(() => read('--dat', 'x')).toThrow("Unknown option '--dat' (npm run daily -- --help");
    expect(() => read('--date')).toThrow('argument missing');
    expect(() => read('2000-05-15')).toThrow("Unexpected argument '2000-05-15'");
    expect(() => read('--strict=1')).toThrow('does not take an argument');
    expect(() => read('--resume', 'x', '--date', '2000-05-15')).toThrow('leave --date out');
    expect(() => read('--resume', 'x', '--dry-run')).toThrow('leave --dry-run out');
    expect(() => read('--home', '')).toThrow('want a value');
  });
});
