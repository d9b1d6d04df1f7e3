import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { inExample } from '../base/example-folder.ts';
import type { Signal } from '../consensus/signal.ts';
import { SocialLedger } from '../ledger/social-ledger.ts';
import { ReplayMarket } from '../market/replay-market.ts';
import { useTemporaryFolder } from '../testing-local/temporary-folder.ts';

const MINUTE = 60_000;
const market = new ReplayMarket(inExample('data'));
/** Apple opens at $96 after $104, and goes on falling for a while. */
const GAP = Date.parse('2016-04-27T13:30:00Z');
const folder = useTemporaryFolder();
let ledger: SocialLedger;
beforeEach(() => {
  ledger = new SocialLedger(join(folder(), 'social.db'), market);
});
afterEach(() => ledger.close());

function signal(id: string, at: number, change: Partial<Signal> = {}): Signal {
  const direction = change.direction ?? 'bullish';
  const messages = [{ messageId: id, author: 'ann', tier: 1 as const, direction, at }];
  return {
    id,
    ticker: 'AAPL',
    at,
    direction,
    sentiment: 0.9,
    confidence: 0.9,
    messages,
    ...change,
  };
}

describe('the signals around a signal', () => {
  it('are those of the same ticker and side in the 15 minutes up to it, itself counted', () => {
    const own = signal('own', GAP);
    const others = [
      signal('old', GAP - 15 * MINUTE),
      signal('in', GAP - 15 * MINUTE + 1),
      signal('same time', GAP),
      signal('later', GAP + 1),
      signal('other side', GAP, { direction: 'bearish' }),
      signal('other ticker', GAP, { ticker: 'MSFT' }),
    ];
    for (const one of [own, ...others, own]) ledger.signals.record(one);
    expect(ledger.signals.signalsAround(own)).toBe(3);
    expect(ledger.signals.signalsAround(signal('new', GAP - MINUTE))).toBe(3);
  });
});

describe('what an author is worth', () => {
  it('is judged by the half hour after each message, once it is over', () => {
    // Five days of the sessions: nothing moved by 1 % within half an hour of 11:00 on the 26th.
    const quiet = Date.parse('2016-04-26T15:00:00Z');
    for (let at = 0; at < 5; at++) ledger.signals.record(signal(`quiet-${at}`, quiet + at));
    const after = (minutes: number): Signal => signal('now', quiet + minutes * MINUTE);
    expect(ledger.signals.credibilityOf(after(29))).toBe(1.2);
    expect(ledger.signals.credibilityOf(after(31))).toBe(0.5);
    expect(ledger.signals.trackRecord('ann', quiet + 31 * MINUTE)).toEqual({
      right: 0,
      outcomes: 5,
    });
    // What is known now was not known then.
    expect(ledger.signals.credibilityOf(after(29))).toBe(1.2);
  });

  it('counts a move of 1 % to the right side, and leaves neutral and unknown ones out', () => {
    const before = Date.parse('2016-04-26T19:59:00Z') - 29 * MINUTE;
    const gap = Date.parse('2016-04-27T13:29:00Z');
    ledger.signals.record(signal('bear', gap, { direction: 'bearish' }));
    ledger.signals.record(signal('bull', gap));
    ledger.signals.record(signal('none', gap, { direction: 'neutral' }));
    ledger.signals.record(signal('unknown', before, { ticker: 'TSLA' }));
    ledger.signals.credibilityOf(signal('now', gap + 31 * MINUTE));
    const rows = ledger.rows('SELECT message_id, outcome FROM signals ORDER BY message_id');
    expect(rows).toEqual([
      { message_id: 'bear', outcome: 'right' },
      { message_id: 'bull', outcome: 'wrong' },
      { message_id: 'none', outcome: 'none' },
      { message_id: 'unknown', outcome: 'none' },
    ]);
  });

  it('is of a batch the mean over its messages', () => {
    const messages = [1, 2, 3].map((tier) => ({
      ...{ messageId: `m${tier}`, author: `a${tier}`, direction: 'bullish' as const, at: GAP },
      tier: tier as 1 | 2 | 3,
    }));
    expect(ledger.signals.credibilityOf(signal('m1', GAP, { messages }))).toBeCloseTo(1, 12);
  });
});
