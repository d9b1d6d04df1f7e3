import type { Bars, Samples } from '@millrace/quant';

/** What each sample's bar is followed by: the simple return from its close to the next, a share. */
export function nextReturns({ close }: Bars, { starts }: Samples): Float64Array {
  return Float64Array.from(starts, (at) => (close[at + 1] ?? Number.NaN) / (close[at] ?? 0) - 1);
}
