import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Bars } from '@millrace/quant';
import { inExample } from '../base/example-folder.ts';
import { SocialLedger } from '../ledger/social-ledger.ts';
import { ReplayMarket } from '../market/replay-market.ts';
import { useTemporaryFolder } from '../testing-local/temporary-folder.ts';
import { exitOf } from './exit-of.ts';
import { planTrade, TradeRules } from './trade.ts';

const MINUTE = 60_000;
const utc = (text: string): number => Date.parse(`${text}Z`);
const rules = TradeRules.parse({});
const signal = (direction: 'bullish' | 'bearish', ticker = 'AAPL') => ({ ticker, direction });

describe('a trade', () => {
  it('is of floor(approved / price x factor) shares, 2 % to the stop and 4 % to the target', () => {
    const plan = planTrade({ signal: signal('bullish'), price: 50, value: 999, factor: 1 }, rules);
    expect(plan).toMatchObject({ side: 'long', quantity: 19, stop: 49, target: 52 });
    const half = planTrade(
      { signal: signal('bearish'), price: 50, value: 999, factor: 0.5 },
      rules,
    );
    expect(half).toMatchObject({ side: 'short', quantity: 9, stop: 51, target: 48 });
  });
});

describe('an exit', () => {
  const bars = (...rows: readonly (readonly [number, number, number])[]): Bars => {
    const column = (of: (row: readonly [number, number, number], at: number) => number) =>
      Float64Array.from(rows, of);
    return {
      time: column((_, at) => (at + 1) * MINUTE),
      ...{ open: column(([open]) => open), low: column(([, low]) => low) },
      ...{ high: column(([, , high]) => high), close: column(([open]) => open) },
      volume: column(() => 1),
    };
  };
  const long = planTrade({ signal: signal('bullish'), price: 100, value: 1000, factor: 1 }, rules);
  const short = planTrade({ signal: signal('bearish'), price: 100, value: 1000, factor: 1 }, rules);

  it('is at the stop or the target that a bar reaches, inclusive', () => {
    expect(exitOf(long, 0, bars([100, 98.1, 103.9]))).toBeUndefined();
    expect(exitOf(long, 0, bars([100, 99, 101], [100, 98, 101]))).toEqual({
      ...{ at: 2 * MINUTE, price: 98, reason: 'stop' },
    });
    expect(exitOf(long, 0, bars([100, 99, 104]))).toMatchObject({ price: 104, reason: 'target' });
    expect(exitOf(short, 0, bars([100, 99, 102]))).toMatchObject({ price: 102, reason: 'stop' });
    expect(exitOf(short, 0, bars([100, 96, 101]))).toMatchObject({ price: 96, reason: 'target' });
  });

  it('is at the open where the bar begins beyond a price, for better or worse', () => {
    expect(exitOf(long, 0, bars([95, 94, 96]))).toMatchObject({ price: 95, reason: 'stop' });
    expect(exitOf(long, 0, bars([106, 90, 107]))).toMatchObject({ price: 106, reason: 'target' });
    expect(exitOf(short, 0, bars([105, 90, 107]))).toMatchObject({ price: 105, reason: 'stop' });
  });

  it('is the stop where a bar reaches both', () => {
    expect(exitOf(long, 0, bars([100, 97, 105]))).toMatchObject({ price: 98, reason: 'stop' });
  });

  it('is not in a bar that began before the position', () => {
    expect(exitOf(long, 1, bars([100, 97, 105]))).toBeUndefined();
    expect(exitOf(long, 1, bars([100, 97, 105], [100, 97, 99]))?.at).toBe(2 * MINUTE);
  });
});

describe('the paper broker', () => {
  const folder = useTemporaryFolder();
  const market = new ReplayMarket(inExample('data'));
  const AT = utc('2016-04-26T18:30');
  let ledger: SocialLedger;
  beforeEach(() => {
    ledger = new SocialLedger(join(folder(), 'social.db'), market);
  });
  afterEach(() => ledger.close());

  const request = (key: string, direction: 'bullish' | 'bearish' = 'bullish', at = AT) => {
    const price = market.price('AAPL', at) ?? 0;
    const plan = planTrade({ signal: signal(direction), price, value: 1000, factor: 1 }, rules);
    return { key, messageIds: [key], plan, at };
  };

  it('places a repeated order once, by its key and by its messages', () => {
    const first = ledger.broker.place(request('a'));
    expect(ledger.broker.place(request('a', 'bearish', AT + MINUTE))).toEqual(first);
    const sameMessage = { ...request('b'), messageIds: ['x', 'a'] };
    expect(ledger.broker.place(sameMessage)).toEqual(first);
    expect(ledger.broker.orderOf('none', ['x'])).toEqual(first);
    expect(ledger.rows('SELECT key FROM orders')).toEqual([{ key: 'a' }]);
    expect(ledger.broker.place(request('c')).key).toBe('c');
  });

  it('refuses an order of no shares, and keeps nothing of it', () => {
    const { plan, ...rest } = request('a');
    const place = () => ledger.broker.place({ ...rest, plan: { ...plan, quantity: 0 } });
    expect(place).toThrow('0 shares of AAPL');
    expect(ledger.rows('SELECT * FROM order_messages')).toEqual([]);
  });

  it('closes a long at the open that gaps through its stop, and a short at its target', () => {
    // Apple closed at $104.35 on the 26th and opened at $96.00 on the 27th, after its report.
    const long = ledger.broker.place(request('long'));
    const short = ledger.broker.place(request('short', 'bearish'));
    ledger.broker.watch(utc('2016-04-27T13:29'));
    expect(ledger.broker.account(utc('2016-04-27T13:29'), []).positions).toBe(2);
    ledger.broker.watch(utc('2016-04-27T13:32'));
    const open =
      market.minuteBars('AAPL', utc('2016-04-27T13:00'), utc('2016-04-27T13:30')).open[0] ?? 0;
    expect(open).toBeLessThan(long.stop);
    const rows = ledger.rows(
      'SELECT key, close_price, profit, close_reason FROM orders ORDER BY key',
    );
    expect(rows).toEqual([
      { key: 'long', close_price: open, profit: (open - long.price) * 9, close_reason: 'stop' },
      { key: 'short', close_price: open, profit: (short.price - open) * 9, close_reason: 'target' },
    ]);
    ledger.broker.watch(utc('2016-04-27T20:00'));
    expect(ledger.rows('SELECT key FROM orders WHERE closed_at IS NULL')).toEqual([]);
  });

  it('tells the account as it was at a time, without the orders of the asker', () => {
    ledger.broker.place(request('a'));
    ledger.broker.place(request('b', 'bearish', AT + 5 * MINUTE));
    const at = (minutes: number, own: readonly string[] = []) =>
      ledger.broker.account(AT + minutes * MINUTE, own);
    expect(at(-1)).toMatchObject({ positions: 0, openedAt: [] });
    expect(at(4)).toMatchObject({ positions: 1, openedAt: [AT] });
    expect(at(5, ['a'])).toMatchObject({ positions: 1, openedAt: [AT + 5 * MINUTE] });
    ledger.broker.watch(utc('2016-04-27T14:00'));
    const later = ledger.broker.account(utc('2016-04-27T14:00'), []);
    expect(later).toMatchObject({ positions: 0, unrealised: 0 });
    expect(later.closed.map(({ profit }) => Math.sign(profit))).toEqual([-1, 1]);
    // What has happened since does not change what was.
    expect(at(5).positions).toBe(2);
  });
});
