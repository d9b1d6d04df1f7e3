/** Digits of a hash that names a value. */
const DIGITS = 64;
const DIGIT_RUNS = /[0-9a-f]{64,}/g;

/**
 * Every text that may name a value, such as the hash in a reference to an artifact. Each 64 digits of a longer
 * run count, since nobody knows where in it a hash would begin: what is named by chance is merely kept.
 */
export function* namedHashes(text: string): Generator<string> {
  for (const [digits] of text.matchAll(DIGIT_RUNS)) {
    for (let from = 0; from + DIGITS <= digits.length; from++) {
      yield digits.slice(from, from + DIGITS);
    }
  }
}
