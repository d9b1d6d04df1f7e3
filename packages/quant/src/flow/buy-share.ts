import { normalShareBelow } from '../base/normal-distribution.ts';
import { RollingMoments } from '../base/rolling-moments.ts';
import type { VpinOptions } from './vpin-options.ts';

/** Tells bar by bar which share of the volume was bought. State of one instrument. */
export class BuyShare {
  readonly #byTick: boolean;
  readonly #changeFromOpen: boolean;
  readonly #changes: RollingMoments;
  #lastClose = Number.NaN;
  #lastShare = 0.5;

  constructor({ classification, changeFrom, deviationWindow }: Required<VpinOptions>) {
    this.#byTick = classification === 'tick';
    this.#changeFromOpen = changeFrom === 'open';
    this.#changes = new RollingMoments(deviationWindow);
  }

  /** 0 to 1; .5 for the first bar, and for as long as the deviation is unknown or 0. */
  next(open: number, close: number): number {
    const change = close - (this.#changeFromOpen ? open : this.#lastClose);
    this.#lastClose = close;
    if (Number.isNaN(change)) return 0.5;
    return this.#byTick ? this.#byDirection(change) : this.#byDeviation(change);
  }

  #byDirection(change: number): number {
    if (change !== 0) this.#lastShare = change > 0 ? 1 : 0;
    return this.#lastShare;
  }

  /** The bar's own change joins the deviation only afterwards, so that it is not measured by itself. */
  #byDeviation(change: number): number {
    const { deviation } = this.#changes;
    this.#changes.push(change);
    return deviation > 0 ? normalShareBelow(change / deviation) : 0.5;
  }
}
