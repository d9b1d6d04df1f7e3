import { ExactSum } from '../base/exact-sum.ts';
import { argumentError } from '../base/require.ts';
import { Ring } from '../base/ring.ts';
import { BuyShare } from './buy-share.ts';
import { checkVpinOptions, type VpinOptions } from './vpin-options.ts';

/**
 * Volume-synchronised probability of informed trading of one instrument, bar by bar: the mean over the newest
 * buckets of equal volume of |bought - sold| / volume. A bar across a border is split pro rata; one bar may fill
 * several buckets. O(1) a bar, and O(buckets) for one that fills them all.
 * Source: D. Easley, M. López de Prado and M. O'Hara, Flow Toxicity and Liquidity in a High-frequency World, Review of
 * Financial Studies 25 (2012).
 */
export class Vpin {
  readonly #bucketVolume: number;
  readonly #share: BuyShare;
  readonly #imbalances: Ring;
  readonly #sum = new ExactSum();
  readonly #capacity: number;
  #filled = 0;
  #bought = 0;
  #sold = 0;

  /** @throws MillraceError QUANT_ARGUMENT */
  constructor(options: VpinOptions) {
    const checked = checkVpinOptions(options);
    this.#bucketVolume = checked.bucketVolume;
    this.#capacity = checked.buckets;
    this.#share = new BuyShare(checked);
    this.#imbalances = new Ring(checked.buckets);
  }

  /** 0 (balanced) to 1 (one-sided); null until the first `buckets` are full. Unchanged inside an open bucket. */
  get value(): number | null {
    if (!this.#imbalances.isFull) return null;
    const mean = this.#sum.value / (this.#capacity * this.#bucketVolume);
    return Math.min(1, Math.max(0, mean));
  }

  /** Buckets filled since the start. */
  get filled(): number {
    return this.#filled;
  }

  /** Volume in the bucket that is not full yet. */
  get openVolume(): number {
    return this.#bought + this.#sold;
  }

  /**
   * Takes a closed bar. One without volume moves the price only.
   * @returns the value after it
   * @throws MillraceError QUANT_ARGUMENT for a price or a volume that is no number, or a negative volume
   */
  push(bar: {
    readonly open: number;
    readonly close: number;
    readonly volume: number;
  }): number | null {
    const { open, close, volume } = bar;
    if (!(volume >= 0 && volume < Number.POSITIVE_INFINITY))
      throw argumentError('volume', volume, 'a finite number, at least 0');
    if (!Number.isFinite(open + close))
      throw argumentError('open and close', open + close, 'prices');
    const share = this.#share.next(open, close);
    let rest = volume;
    while (rest > 0) {
      const room = this.#bucketVolume - this.openVolume;
      if (rest < room) {
        this.#bought += rest * share;
        this.#sold += rest * (1 - share);
        break;
      }
      this.#close(this.#bought + room * share, this.#sold + room * (1 - share));
      rest = this.#fillWhole(rest - room, share);
    }
    return this.value;
  }

  /** Fills as many whole buckets as the volume gives, those beyond the average without a push; gives the rest. */
  #fillWhole(volume: number, share: number): number {
    const whole = Math.floor(volume / this.#bucketVolume);
    const skipped = Math.max(0, whole - this.#capacity);
    this.#filled += skipped;
    for (let bucket = skipped; bucket < whole; bucket++) {
      this.#close(this.#bucketVolume * share, this.#bucketVolume * (1 - share));
    }
    return Math.max(0, volume - whole * this.#bucketVolume);
  }

  #close(bought: number, sold: number): void {
    const imbalance = Math.abs(bought - sold);
    this.#sum.add(-this.#imbalances.oldest);
    this.#imbalances.push(imbalance);
    this.#sum.add(imbalance);
    this.#filled += 1;
    this.#bought = 0;
    this.#sold = 0;
  }
}
