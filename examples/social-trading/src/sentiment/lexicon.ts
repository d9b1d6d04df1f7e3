/** The only file of this example that imports the lexicon package. */
import { afinn165FinancialMarketNews } from 'afinn-165-financialmarketnews';

/** What words mean on a market, over what they mean elsewhere; -5 to 5. */
const MARKET_WORDS: Readonly<Record<string, number>> = {
  ...words(
    3,
    'beat beats upgrade upgraded rally rallies breakout surge surges moon rocket bullish outperform',
  ),
  ...words(
    2,
    'long buy buying buyers bought calls call bull bulls undervalued bounce rebound rebounds upside uptrend',
  ),
  ...words(
    2,
    'higher highs raises raised gains gain climbs climb jump jumps rips squeeze accumulation green',
  ),
  ...words(
    -3,
    'miss misses downgrade downgraded plunge plunges crash crashes bankruptcy bearish underperform dump',
  ),
  ...words(
    -2,
    'short shorting sell selling sellers sold puts put bear bears overvalued selloff downside downtrend',
  ),
  ...words(
    -2,
    'lower lows cuts slashed drops drop falls slide slump sinks tumble breakdown distribution red weak',
  ),
  // Words of the trade that say nothing by themselves.
  ...words(0, 'share shares stock interest support resistance close open report growth strike'),
};

function words(value: number, text: string): Record<string, number> {
  return Object.fromEntries(text.split(' ').map((word) => [word, value]));
}

const meaning = new Map([
  ...Object.entries(afinn165FinancialMarketNews),
  ...Object.entries(MARKET_WORDS),
]);

/** What the words of a text come to: the sums of the good and of the bad ones, both 0 or more. */
export function lexiconBalance(tokens: readonly string[]): { good: number; bad: number } {
  let good = 0;
  let bad = 0;
  for (const token of tokens) {
    const isNegated = token.startsWith('not_');
    const found = meaning.get(isNegated ? token.slice(4) : token) ?? 0;
    const value = isNegated ? -found : found;
    if (value > 0) good += value;
    else bad -= value;
  }
  return { good, bad };
}
