import { describe, expect, it } from '@jest/globals';
import { dayOf, isoOf } from '../base/calendar.ts';
import { corruptions } from '../rehearsal/corruptions.ts';
import { barsOf, realBars, times } from '../testing-local/sample-bars.ts';
import { barsText } from './bars-text.ts';
import { checkBars } from './check-bars.ts';
import { parseBars } from './parse-bars.ts';

const bars = barsOf(times(20, 10), { high: times(20, 11), low: times(20, 9) });
const asOf = dayOf('2015-01-20');
const check =
  (changed: Partial<typeof bars>, maxAgeDays = 7) =>
  () =>
    checkBars('X', { ...bars, ...changed }, { asOf, maxAgeDays });
const changed = (column: Float64Array, value: number): Float64Array => column.with(3, value);

describe('bars', () => {
  it('are sound as they come', () => {
    expect(check({})).not.toThrow();
  });

  it.each<[string, Partial<typeof bars>, string]>([
    [
      'a high below the low',
      { high: changed(bars.high, 8) },
      'X on 2015-01-04: high 8 is below low 9',
    ],
    ['a negative low', { low: changed(bars.low, -1) }, 'low is -1, expected a price above 0'],
    ['a price of nothing', { low: changed(bars.low, 0) }, 'low is 0'],
    [
      'an open out of range',
      { open: changed(bars.open, 12) },
      'open 12 is outside of low 9 to high 11',
    ],
    ['a close out of range', { close: changed(bars.close, 8) }, 'close 8 is outside'],
    ['NaN', { close: changed(bars.close, Number.NaN) }, 'close NaN is outside'],
    ['no volume', { volume: changed(bars.volume, 0) }, 'volume is 0'],
    ['a day twice', { days: bars.days.with(3, bars.days[2] ?? 0) }, 'the date is there twice'],
    ['a day before the last', { days: bars.days.with(3, 0) }, 'expected ascending dates'],
  ])('are refused with %s', (_what, change, message) => {
    expect(check(change)).toThrow(message);
  });

  it('are too few below five, and stale after a week', () => {
    const few = barsOf(times(4, 10));
    expect(() => checkBars('X', few, { asOf, maxAgeDays: 30 })).toThrow(
      '4 rows, expected at least 5',
    );
    const late = dayOf('2015-01-28');
    const age = () => checkBars('X', bars, { asOf: late, maxAgeDays: 7 });
    expect(age).toThrow('X ends on 2015-01-20, 8 days before 2015-01-28, expected at most 7');
    expect(() => checkBars('X', bars, { asOf: late - 1, maxAgeDays: 7 })).not.toThrow();
  });
});

describe('every corruption of the rehearsal', () => {
  const text = barsText(realBars('GE'));
  const read = (given: string) => {
    const parsed = parseBars(given, 'GE.csv');
    checkBars('GE', parsed, { asOf: dayOf('2015-05-11'), maxAgeDays: 7 });
    return isoOf(parsed.days.at(-1) ?? 0);
  };

  it('spoils a file that is sound', () => {
    expect(read(text)).toBe('2015-05-11');
  });

  it.each(Object.keys(corruptions))('%s: is found', (name) => {
    const spoilt = corruptions[name]?.(text);
    if (spoilt !== undefined) expect(() => read(spoilt)).toThrow(/GE/);
  });
});
