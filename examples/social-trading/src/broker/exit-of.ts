import type { Bars } from '@millrace/quant';
import type { TradePlan } from './trade.ts';

const MINUTE = 60_000;

export interface Exit {
  readonly at: number;
  readonly price: number;
  readonly reason: 'stop' | 'target';
}

/**
 * Where a position leaves in the one-minute bars, if it does. A bar that opens beyond a price leaves at the open, worse than
 * the stop or better than the target; one that reaches both leaves at the stop, since nobody knows which came first. Bars
 * that began before the position was opened are passed over.
 */
export function exitOf(plan: TradePlan, openedAt: number, bars: Bars): Exit | undefined {
  const side = plan.side === 'long' ? 1 : -1;
  const isBeyond = (price: number, limit: number): boolean => side * (price - limit) >= 0;
  for (const [row, at] of bars.time.entries()) {
    if (at - MINUTE < openedAt) continue;
    const open = bars.open[row] ?? Number.NaN;
    const [worst = Number.NaN, best = Number.NaN] =
      side > 0 ? [bars.low[row], bars.high[row]] : [bars.high[row], bars.low[row]];
    if (isBeyond(plan.stop, open)) return { at, price: open, reason: 'stop' };
    if (isBeyond(open, plan.target)) return { at, price: open, reason: 'target' };
    if (isBeyond(plan.stop, worst)) return { at, price: plan.stop, reason: 'stop' };
    if (isBeyond(best, plan.target)) return { at, price: plan.target, reason: 'target' };
  }
  return undefined;
}

/** Dollars, below 0 for a loss. */
export function profitOf({ side, price, quantity }: TradePlan, exitPrice: number): number {
  return (side === 'long' ? 1 : -1) * (exitPrice - price) * quantity;
}
