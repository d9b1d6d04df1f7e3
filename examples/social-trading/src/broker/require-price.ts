import { SocialError } from '../base/social-error.ts';
import type { MarketData } from '../market/market-data.ts';

/** @throws SocialError NO_PRICE */
export function requirePrice(market: MarketData, ticker: string, at: number): number {
  const price = market.price(ticker, at);
  if (price !== undefined) return price;
  const when = new Date(at).toISOString();
  throw new SocialError(
    'NO_PRICE',
    `there is no price of ${ticker} at ${when}: it cannot be traded`,
  );
}
