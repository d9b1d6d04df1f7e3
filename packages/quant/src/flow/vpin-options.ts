import { requirePositive, requireWhole } from '../base/require.ts';

export interface VpinOptions {
  /** Units of volume in a bucket; a fiftieth of an average day is usual. */
  readonly bucketVolume: number;
  /** Buckets in the average. Default 50. */
  readonly buckets?: number;
  /**
   * How a bar's volume is told apart. `bulk`, the default: the share bought is the normal share below the price change
   * over its deviation. `tick`: all is bought after a rise and sold after a fall; without a change, as the bar before.
   */
  readonly classification?: 'bulk' | 'tick';
  /** Whose change of price: from the `close` before, the default, or from the bar's own `open`. */
  readonly changeFrom?: 'close' | 'open';
  /** How many changes, of the bars before this one, the deviation is taken of. Default 50. */
  readonly deviationWindow?: number;
}

/** @throws MillraceError QUANT_ARGUMENT */
export function checkVpinOptions(options: VpinOptions): Required<VpinOptions> {
  const { bucketVolume, buckets = 50, deviationWindow = 50 } = options;
  requirePositive('bucketVolume', bucketVolume);
  requireWhole('buckets', buckets, 1);
  requireWhole('deviationWindow', deviationWindow, 2);
  const { classification = 'bulk', changeFrom = 'close' } = options;
  return { bucketVolume, buckets, deviationWindow, classification, changeFrom };
}
