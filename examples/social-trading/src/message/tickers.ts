/** `$` and one to five capitals, not part of a longer word or of an amount such as $AAPL2. */
const CASHTAG = /(?<![\w$])\$([A-Z]{1,5})(?![\w])/g;

/** Symbols of coins that look like tickers of shares. */
export const CRYPTO_SYMBOLS: readonly string[] = [
  ...['BTC', 'ETH', 'XRP', 'LTC', 'BCH', 'ADA', 'DOT', 'SOL'],
  ...['DOGE', 'SHIB', 'AVAX', 'LINK', 'BNB', 'XLM', 'TRX', 'UNI'],
];

/** The tickers that a text names, each once, in the order of their first mention. */
export function tickersIn(
  text: string,
  excluded: ReadonlySet<string> = new Set(CRYPTO_SYMBOLS),
): readonly string[] {
  const found = [...text.matchAll(CASHTAG)].map(([, symbol = '']) => symbol);
  return [...new Set(found)].filter((symbol) => !excluded.has(symbol));
}
