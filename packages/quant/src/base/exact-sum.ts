/** Splits a double into halves of 26 bits, so that their products are exact (Veltkamp). */
const SPLITTER = 2 ** 27 + 1;

/**
 * A sum kept as two doubles, about 106 bits: what was added can be taken out again and leaves nothing behind. A
 * running sum of plain doubles would keep the rounding error of a large value after it has left the window, and
 * report a tiny deviation where there is none. Source: T. J. Dekker, A floating-point technique for extending the
 * available precision, Numerische Mathematik 18 (1971).
 */
export class ExactSum {
  #high = 0;
  #low = 0;

  get value(): number {
    return this.#high + this.#low;
  }

  add(x: number): void {
    const high = this.#high;
    const sum = high + x;
    const back = sum - high;
    this.#low += high - (sum - back) + (x - back);
    const folded = sum + this.#low;
    this.#low -= folded - sum;
    this.#high = folded;
  }

  /** Adds x * y, or takes it out with a `sign` of -1, rounding error of the product included. */
  addProduct(x: number, y: number, sign: 1 | -1 = 1): void {
    const product = x * y;
    this.add(sign * product);
    this.#low += sign * productError(x, y, product);
  }

  /** `this - x * y / n`, where the two may be nearly equal. */
  minusProductOver(x: ExactSum, n: number): number {
    const share = x.#high / n;
    const shareError = productError(share, n, share * n);
    const rest = (x.#high - share * n - shareError + x.#low) / n;
    const product = x.#high * share;
    const error = productError(x.#high, share, product);
    return this.#high - product + (this.#low - error - x.#high * rest - x.#low * share);
  }
}

function productError(x: number, y: number, product: number): number {
  const bigX = SPLITTER * x;
  const highX = bigX - (bigX - x);
  const lowX = x - highX;
  const bigY = SPLITTER * y;
  const highY = bigY - (bigY - y);
  const lowY = y - highY;
  return lowX * lowY - (product - highX * highY - lowX * highY - highX * lowY);
}
