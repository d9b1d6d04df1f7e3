import type { TradingCalendar } from '../calendar/trading-calendar.ts';
import type { MarketData } from '../market/market-data.ts';
import { rangeOverAtr } from '../market/range-over-atr.ts';
import type { MarketState } from './check-gate.ts';

/** A session of five-minute bars, and enough before it for an average range. */
const BARS = 100;

export function marketState(
  market: MarketData,
  ticker: string,
  at: number,
  calendar: TradingCalendar,
): MarketState {
  const isCarried = market.price(ticker, at) !== undefined;
  const open = calendar.dayOpenedAt(at);
  return {
    vix: market.vix(at),
    volume: { SPY: market.minuteVolume('SPY', at), QQQ: market.minuteVolume('QQQ', at) },
    rangeOverAtr: isCarried ? rangeOverAtr(market.fiveMinuteBars(ticker, at, BARS), open) : null,
  };
}
