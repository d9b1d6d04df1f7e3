import { describe, expect, it } from '@jest/globals';
import { TradingCalendar } from '../calendar/trading-calendar.ts';
import { checkGate, GateRules, type MarketState } from './check-gate.ts';

const calendar = new TradingCalendar({ earlyCloses: ['2016-11-25'] });
const rules = GateRules.parse({});
const good: MarketState = { vix: 15, volume: { SPY: 500_000, QQQ: 300_000 }, rangeOverAtr: 1.5 };
const gate = (at: string, change: Partial<MarketState> = {}) =>
  checkGate(Date.parse(`${at}Z`), { ...good, ...change }, rules, calendar);
const TEN = '2016-04-27T14:00';

describe('the gate', () => {
  it('is open where all is in order', () => {
    expect(gate(TEN)).toEqual({ open: true, factor: 1, reasons: [], warnings: [] });
  });

  it.each([
    ['2016-04-27T13:29:59', false],
    ['2016-04-27T13:30', true],
    ['2016-04-27T15:29:59', true],
    ['2016-04-27T15:30', false],
    ['2016-04-27T17:59:59', false],
    ['2016-04-27T18:00', true],
    ['2016-04-27T19:59:59', true],
    ['2016-04-27T20:00', false],
    ['2016-04-30T14:00', false],
    // The Friday before and the Monday after the clocks were changed.
    ['2016-03-11T14:00', false],
    ['2016-03-14T14:00', true],
    ['2016-11-04T13:45', true],
    ['2016-11-07T13:45', false],
    ['2016-11-25T19:30', false],
  ])('is at %s UTC open: %s', (at, open) => {
    expect(gate(at).open).toBe(open);
  });

  it.each([
    [24.9, true, 1],
    [25, true, 0.5],
    [30, true, 0.5],
    [30.1, false, 0],
    [null, false, 0],
  ])('is at a VIX of %s open: %s, with the factor %s', (vix, open, factor) => {
    expect(gate(TEN, { vix })).toMatchObject({ open, factor });
  });

  it('needs volume in SPY and QQQ, and tells all that closes it', () => {
    const closed = gate('2016-04-30T14:00', { vix: 31, volume: { SPY: 499_999, QQQ: null } });
    expect(closed.reasons).toEqual([
      'there is no session: closed',
      'VIX 31.0 is above 30',
      'SPY traded 499999 in a minute, below 500000',
      'the volume of QQQ is not known',
    ]);
    expect(gate(TEN, { volume: { SPY: 600_000, QQQ: 299_999 } }).open).toBe(false);
  });

  it('warns in a day that goes nowhere, and closes where the config says so', () => {
    expect(gate(TEN, { rangeOverAtr: 1.49 })).toMatchObject({
      open: true,
      warnings: ['the day has gone 1.49 average ranges, below 1.5'],
    });
    const strict = GateRules.parse({ chop: { closes: true } });
    const decision = checkGate(
      Date.parse(`${TEN}Z`),
      { ...good, rangeOverAtr: 1 },
      strict,
      calendar,
    );
    expect(decision).toMatchObject({ open: false, warnings: [] });
  });

  it('refuses a time of the day that is none', () => {
    expect(() => GateRules.parse({ pause: { from: '25:00' } })).toThrow('11:30');
  });
});
