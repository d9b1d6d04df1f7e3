import { describe, expect, it } from '@jest/globals';
import { CRYPTO_SYMBOLS, tickersIn } from './tickers.ts';

describe('tickers', () => {
  it.each([
    ['$AAPL to the moon', ['AAPL']],
    ['long $F, short $T and $GOOGL', ['F', 'T', 'GOOGL']],
    ['$AAPL $MSFT $AAPL', ['AAPL', 'MSFT']],
    ['($AAPL) $MSFT: up, "$F"', ['AAPL', 'MSFT', 'F']],
    ['$AAPL’s quarter', ['AAPL']],
  ])('are found in %j', (text, tickers) => {
    expect(tickersIn(text)).toEqual(tickers);
  });

  it.each(['$aapl', 'AAPL', '$TOOLONG', '$AAPL2', '$100', 'US$AB', '$$AAPL', '$AA_B', ''])(
    'are not found in %j',
    (text) => {
      expect(tickersIn(text)).toEqual([]);
    },
  );

  it('leave out the symbols of sixteen coins unless the config says otherwise', () => {
    expect(CRYPTO_SYMBOLS).toHaveLength(16);
    expect(new Set(CRYPTO_SYMBOLS).size).toBe(16);
    expect(tickersIn('$BTC and $MSFT, not $DOGE')).toEqual(['MSFT']);
    expect(tickersIn('$BTC and $MSFT', new Set(['MSFT']))).toEqual(['BTC']);
  });
});
