import { type Bars, logReturns, rollingDeviation } from '@millrace/quant';
import type { MarketData } from './market-data.ts';

const WINDOW = 20;
/** Fewer bars to compare with say nothing. */
const ENOUGH = 60;

/**
 * Where the volatility of the last 20 bars lies among those at all bars given: the share of values below it, in percent.
 * Null of fewer than 60 of them.
 */
export function volatilityPercentile(bars: Bars): number | null {
  const known = rollingDeviation(logReturns(bars.close), WINDOW).filter(
    (one) => !Number.isNaN(one),
  );
  const last = known.at(-1);
  if (last === undefined || known.length < ENOUGH) return null;
  return (100 * known.filter((one) => one < last).length) / known.length;
}

/** Bars of five sessions. */
const PAST_BARS = 390;

/** Of a share that the market may not carry: null then. */
export function knownVolatility(market: MarketData, symbol: string, at: number): number | null {
  if (market.price(symbol, at) === undefined) return null;
  return volatilityPercentile(market.fiveMinuteBars(symbol, at, PAST_BARS));
}
