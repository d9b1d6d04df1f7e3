import { z } from '../base/schema.ts';
import type { Signal } from '../consensus/signal.ts';

export const Side = z.enum(['long', 'short']);
export type Side = z.infer<typeof Side>;

export const TradeRules = z
  .strictObject({
    stopPercent: z.number().positive().lt(100).default(2),
    /** The target lies so many times as far as the stop. */
    rewardRisk: z.number().positive().default(2),
  })
  .readonly();
export type TradeRules = z.infer<typeof TradeRules>;

/** What is to be traded, whether or not it will be. */
export const TradePlan = z
  .object({
    ticker: z.string(),
    side: Side,
    quantity: z.int().min(0),
    price: z.number().positive(),
    stop: z.number(),
    target: z.number(),
  })
  .readonly();
export type TradePlan = z.infer<typeof TradePlan>;

export interface TradeRequest {
  readonly signal: Pick<Signal, 'ticker' | 'direction'>;
  readonly price: number;
  /** Dollars that risk approved. */
  readonly value: number;
  /** Of the gate. */
  readonly factor: number;
}

/** quantity = floor(value / price x factor). */
export function planTrade(
  { signal, price, value, factor }: TradeRequest,
  { stopPercent, rewardRisk }: TradeRules,
): TradePlan {
  const isLong = signal.direction === 'bullish';
  const distance = (price * stopPercent) / 100;
  const toward = isLong ? 1 : -1;
  return {
    ticker: signal.ticker,
    side: isLong ? 'long' : 'short',
    quantity: Math.floor((value / price) * factor),
    price,
    stop: price - toward * distance,
    target: price + toward * distance * rewardRisk,
  };
}
