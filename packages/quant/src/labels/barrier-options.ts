import { requireWhole, requireWithin } from '../base/require.ts';

export interface BarrierOptions {
  /**
   * `close`: only closes are looked at, and a barrier is touched when it is passed. `ohlc`, the default: reaching it is
   * enough; an open beyond it exits at the open; of two barriers inside one bar the stop comes first.
   */
  readonly mode?: 'close' | 'ohlc';
  /** Distance of the upper barrier in targets; 0 for none. */
  readonly takeProfit: number;
  /** Distance of the lower barrier in targets; 0 for none. */
  readonly stopLoss: number;
  /** Bars until the vertical barrier, 1 or more. */
  readonly horizon: number;
  /** Whether the stop follows the best return so far. What a bar raises applies from the next bar on. Default false. */
  readonly trailing?: boolean;
}

/** @throws MillraceError QUANT_ARGUMENT */
export function checkBarriers({ takeProfit, stopLoss, horizon }: BarrierOptions): void {
  requireWithin('takeProfit', takeProfit, [0, Number.POSITIVE_INFINITY]);
  requireWithin('stopLoss', stopLoss, [0, Number.POSITIVE_INFINITY]);
  requireWhole('horizon', horizon, 1);
}
