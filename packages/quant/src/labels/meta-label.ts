import { requireWithin } from '../base/require.ts';
import { TOUCH } from './barrier-walk.ts';
import type { BarrierLabels } from './triple-barrier.ts';

/**
 * 1 where the primary side made more than `cost` (a share of the price, both ways together), else 0.
 * Source: López de Prado (2018), section 3.6.
 */
export function metaLabels({ outcome }: BarrierLabels, cost = 0): Uint8Array {
  requireWithin('cost', cost, [0, Number.POSITIVE_INFINITY]);
  return Uint8Array.from(outcome, (gain) => (gain > cost ? 1 : 0));
}

/**
 * Direction of the price by the first barrier: 1 up, -1 down. At the vertical one the `sign` of the return, the default, or 0.
 */
export function directionLabels(
  { touch, outcome, side }: BarrierLabels,
  vertical: 'sign' | 'zero' = 'sign',
): Int8Array {
  return Int8Array.from(touch, (barrier, at) => {
    const direction = side[at] as number;
    if (barrier === TOUCH.takeProfit) return direction;
    if (barrier === TOUCH.stopLoss) return -direction;
    return vertical === 'zero' ? 0 : direction * Math.sign(outcome[at] as number);
  });
}
