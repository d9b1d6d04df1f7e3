import { averageTrueRange, type Bars, sliceBars } from '@millrace/quant';
import { rowsUntil } from './rows-until.ts';

/** Highest high less lowest low since `dayOpenedAt`, in ATR 14 of the last bar; null where either is not known. */
export function rangeOverAtr(bars: Bars, dayOpenedAt: number): number | null {
  const today = sliceBars(bars, rowsUntil(bars.time, dayOpenedAt));
  const range = averageTrueRange(bars, 14).at(-1) ?? Number.NaN;
  if (today.high.length === 0 || Number.isNaN(range) || range === 0) return null;
  return (Math.max(...today.high) - Math.min(...today.low)) / range;
}
