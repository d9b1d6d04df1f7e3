import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { sliceBars } from '@millrace/quant';
import { inExample } from '../base/example-folder.ts';
import { useTemporaryFolder } from '../testing-local/temporary-folder.ts';
import { rangeOverAtr } from './range-over-atr.ts';
import { readColumns } from './read-columns.ts';
import { ReplayMarket } from './replay-market.ts';
import { volatilityPercentile } from './volatility-percentile.ts';

const market = new ReplayMarket(inExample('data'));
const utc = (text: string): number => Date.parse(`${text}Z`);

describe('the shipped market', () => {
  it('never tells what is later than it is asked for', () => {
    for (const at of [
      utc('2016-04-26T13:34:59'),
      utc('2016-04-26T18:00'),
      utc('2016-04-27T02:00'),
    ]) {
      const bars = market.fiveMinuteBars('AAPL', at, 50);
      expect(bars.time).toHaveLength(50);
      expect(bars.time.at(-1)).toBeLessThanOrEqual(at);
      expect(market.minuteBars('AAPL', 0, at).time.at(-1)).toBeLessThanOrEqual(at);
    }
  });

  it('puts minutes together by fives, the opening auction with the first of them', () => {
    const day = market.fiveMinuteBars('MSFT', utc('2016-04-26T20:00'), 78);
    expect(new Date(day.time[0] ?? 0).toISOString()).toBe('2016-04-26T13:35:00.000Z');
    expect(new Date(day.time.at(-1) ?? 0).toISOString()).toBe('2016-04-26T20:00:00.000Z');
    const first = market.minuteBars('MSFT', utc('2016-04-26T13:00'), utc('2016-04-26T13:35'));
    expect(first.time).toHaveLength(6);
    const sum = first.volume.reduce((total, one) => total + one, 0);
    expect([day.open[0], day.volume[0]]).toEqual([first.open[0], sum]);
    expect([day.high[0], day.low[0]]).toEqual([Math.max(...first.high), Math.min(...first.low)]);
    expect(day.close[0]).toBe(first.close.at(-1));
  });

  it('knows VIX and volumes while they are fresh, and else says that it does not', () => {
    const session = utc('2016-04-26T14:00');
    expect(market.vix(session)).toBeGreaterThan(10);
    expect(market.minuteVolume('SPY', session)).toBeGreaterThan(0);
    expect(market.vix(utc('2016-04-26T13:30'))).toBeNull();
    expect(market.vix(utc('2016-04-26T20:01:59'))).not.toBeNull();
    expect(market.vix(utc('2016-04-26T20:02'))).toBeNull();
    expect(market.minuteVolume('QQQ', utc('2016-05-26T14:00'))).toBeNull();
  });

  it('has no bars of a share that it does not carry, and says which it has', () => {
    expect(() => market.fiveMinuteBars('TSLA', 0, 5)).toThrow(
      'no bars of TSLA; there are some of AAPL, MSFT',
    );
    expect(market.price('TSLA', utc('2016-04-26T14:00'))).toBeUndefined();
    expect(market.minuteBars('TSLA', 0, utc('2016-04-26T14:00')).time).toHaveLength(0);
    expect(market.options('TSLA', 0)).toBeUndefined();
    expect([market.earnings('AAPL').length, market.earnings('TSLA').length]).toEqual([1, 0]);
  });

  it('measures volatility against its own past, and the day in average ranges', () => {
    const bars = market.fiveMinuteBars('AAPL', utc('2016-04-27T14:00'), 390);
    expect(volatilityPercentile(bars)).toBeGreaterThan(95);
    expect(volatilityPercentile(sliceBars(bars, 0, 30))).toBeNull();
    expect(rangeOverAtr(bars, utc('2016-04-27T13:30'))).toBeGreaterThan(0);
    expect(rangeOverAtr(bars, utc('2016-04-27T15:30'))).toBeNull();
  });
});

describe('a table', () => {
  const folder = useTemporaryFolder();
  it.each([
    ['a,c\n1,2', ':1: expected a,b, got a,c'],
    ['a,b\n1,2\n1', ':3: expected 2 numbers, got "1"'],
    ['a,b\n1,x', ':2: expected 2 numbers, got "1,x"'],
  ])('%j is refused with its line', (text, message) => {
    const path = join(folder(), 'table.csv');
    writeFileSync(path, text);
    expect(() => readColumns(path, ['a', 'b'])).toThrow(message);
  });

  it('may have empty cells', () => {
    const path = join(folder(), 'table.csv');
    writeFileSync(path, 'a,b\n1,\n');
    expect(readColumns(path, ['a', 'b']).b?.[0]).toBeNaN();
    expect(() => readColumns(`${path}.no`, [])).toThrow('cannot be read');
  });
});
