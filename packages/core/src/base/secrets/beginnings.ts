/** Fewer signs tell too little, and begin too many words. */
const SHORTEST = 4;

/** Finds the beginnings of one text at given places of others, in time that grows with their length alone. */
export class Beginnings {
  readonly #whole: string;
  readonly #head: string;
  #shorter: Int32Array | undefined;

  constructor(whole: string) {
    this.#whole = whole;
    this.#head = whole.slice(0, SHORTEST);
  }

  /**
   * The longest beginning that reaches up to each of the places, by its index; places without one are left out.
   * @param ends ascending
   */
  lengthsAt(text: string, ends: readonly number[]): ReadonlyMap<number, number> {
    const found = new Map<number, number>();
    const from = this.#head.length < SHORTEST ? -1 : text.indexOf(this.#head);
    // Hardly any text has it.
    if (from === -1) return found;
    this.#shorter ??= shorterMatches(this.#whole);
    let length = 0;
    let at = from;
    for (const [index, end] of ends.entries()) {
      for (; at < end; at++) length = grown(this.#whole, this.#shorter, length, text[at]);
      if (length >= SHORTEST) found.set(index, length);
    }
    return found;
  }
}

/** For each beginning the length of the longest shorter one that it ends with, as Knuth, Morris and Pratt do. */
function shorterMatches(whole: string): Int32Array {
  const shorter = new Int32Array(whole.length + 1);
  let length = 0;
  for (let at = 1; at < whole.length; at++) {
    length = grown(whole, shorter, length, whole[at]);
    shorter[at + 1] = length;
  }
  return shorter;
}

/** The length of the beginning that is matched after one more sign. */
function grown(
  whole: string,
  shorter: Int32Array,
  length: number,
  sign: string | undefined,
): number {
  let matched = length;
  while (matched > 0 && whole[matched] !== sign) matched = shorter[matched] ?? 0;
  return whole[matched] === sign ? matched + 1 : matched;
}
