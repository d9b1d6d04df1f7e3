import { type Bar, type Regime, RollingMoments, readRegime } from '@millrace/quant';

const WINDOW = 20;
const SLOW_WINDOW = 80;

/**
 * The regime of one instrument, bar by bar, from the same figures as the feature `regime`: that one is only its kind as
 * a number, and the weight needs its volatility and confidence too.
 */
export class RegimeReader {
  readonly #path = new RollingMoments(WINDOW);
  readonly #returns = new RollingMoments(WINDOW);
  readonly #slowReturns = new RollingMoments(SLOW_WINDOW);
  readonly #closes = new Float64Array(WINDOW + 1);
  #count = 0;

  /** Takes a sound bar, newer than those before it. */
  push({ close }: Bar): void {
    if (this.#count > 0) {
      const before = this.#closeBefore(1);
      const change = Math.log(close / before);
      this.#path.push(Math.abs(close - before));
      this.#returns.push(change);
      this.#slowReturns.push(change);
    }
    this.#closes[this.#count % this.#closes.length] = close;
    this.#count += 1;
  }

  /** Undefined until it is known. */
  get regime(): Regime | undefined {
    if (!this.#slowReturns.isWarm) return undefined;
    const close = this.#closeBefore(1);
    const path = this.#path.sum;
    const isStill = path < 1e-12 * close;
    const moved = Math.abs(close - this.#closeBefore(WINDOW + 1));
    const slow = this.#slowReturns.deviation;
    const ratio = slow < 1e-12 ? 1 : this.#returns.deviation / slow;
    return readRegime(isStill ? 0 : Math.min(1, moved / path), ratio);
  }

  /** Of the bar that is so many before the next one. */
  #closeBefore(bars: number): number {
    return this.#closes[(this.#count - bars) % this.#closes.length] as number;
  }
}
