/** A source of numbers in (0, 1), reproducible from its seed. */
export type Random = () => number;

const rotate = (x: number, by: number): number => (x << by) | (x >>> (32 - by));

/** Spreads one 32-bit seed over the state: splitmix32, a Weyl sequence through the finaliser of T. Ettinger. */
function* splitmix32(seed: number): Generator<number, never> {
  for (let state = seed | 0; ; ) {
    state = (state + 0x9e3779b9) | 0;
    let mixed = state ^ (state >>> 16);
    mixed = Math.imul(mixed, 0x21f0aaad);
    mixed ^= mixed >>> 15;
    mixed = Math.imul(mixed, 0x735a2d97);
    yield (mixed ^ (mixed >>> 15)) >>> 0;
  }
}

/** xoshiro128** of D. Blackman and S. Vigna (public domain, prng.di.unimi.it): 32-bit outputs from four words. */
export function xoshiro128(words: readonly [number, number, number, number]): () => number {
  let [a, b, c, d] = words;
  return () => {
    const result = Math.imul(rotate(Math.imul(b, 5), 7), 9) >>> 0;
    const shifted = b << 9;
    c ^= a;
    d ^= b;
    b ^= c;
    a ^= d;
    c ^= shifted;
    d = rotate(d, 11);
    return result;
  };
}

/** Seeded uniform numbers with 32 bits each, never 0 or 1. */
export function seededRandom(seed: number): Random {
  const words = splitmix32(seed);
  const word = (): number => words.next().value;
  const next = xoshiro128([word(), word(), word(), word()]);
  return () => (next() + 0.5) / 2 ** 32;
}

/** Standard normal numbers by the method of Box and Muller, two for each pair of uniforms. */
export function normals(random: Random): () => number {
  let spare: number | undefined;
  return () => {
    if (spare !== undefined) {
      const kept = spare;
      spare = undefined;
      return kept;
    }
    const radius = Math.sqrt(-2 * Math.log(random()));
    const angle = 2 * Math.PI * random();
    spare = radius * Math.sin(angle);
    return radius * Math.cos(angle);
  };
}

/** Shuffles in place: Fisher and Yates. */
export function shuffle(
  items: { [index: number]: number; readonly length: number },
  random: Random,
): void {
  for (let last = items.length - 1; last > 0; last--) {
    const other = Math.floor(random() * (last + 1));
    const kept = items[last] as number;
    items[last] = items[other] as number;
    items[other] = kept;
  }
}
