const SHINGLE_LENGTH = 3;

/**
 * A text as the set of its runs of three characters, each packed into a number: small changes of a text change few of them.
 * Case, links, punctuation and who is quoted do not count; a text shorter than a run is one run.
 */
export function shinglesOf(text: string): ReadonlySet<number> {
  const plain = plainText(text);
  if (plain.length < SHINGLE_LENGTH) return new Set(plain === '' ? [] : [packed(plain, 0)]);
  const shingles = new Set<number>();
  for (let at = 0; at + SHINGLE_LENGTH <= plain.length; at++) shingles.add(packed(plain, at));
  return shingles;
}

/** What both have over what either has (Jaccard), 0 to 1; two empty texts are the same. */
export function similarity(a: ReadonlySet<number>, b: ReadonlySet<number>): number {
  const [small, large] = a.size <= b.size ? [a, b] : [b, a];
  if (large.size === 0) return 1;
  let both = 0;
  for (const shingle of small) if (large.has(shingle)) both += 1;
  return both / (small.size + large.size - both);
}

export function plainText(text: string): string {
  return text
    .toLowerCase()
    .replaceAll(/https?:\/\/\S+/g, ' ')
    .replaceAll(/^rt @\w+:?|@\w+/g, ' ')
    .replaceAll(/[^\p{L}\p{N}$%+-]+/gu, ' ')
    .trim();
}

/** 16 bits a character: 48 in all, which a number holds exactly. */
function packed(text: string, from: number): number {
  let value = 0;
  for (let at = from; at < Math.min(text.length, from + SHINGLE_LENGTH); at++) {
    value = value * 65_536 + text.charCodeAt(at);
  }
  return value;
}
