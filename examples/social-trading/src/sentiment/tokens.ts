const NEGATIONS = new Set([
  'not',
  'no',
  'never',
  'dont',
  'cannot',
  'cant',
  'isnt',
  'without',
  'neither',
]);

/**
 * Words of a text as the analysers see them: small letters, each ticker as `$t`, each number as `#` with its sign and
 * percent sign; a word behind a negation as `not_word`. Links and quoted users are left out.
 */
export function tokensOf(text: string): readonly string[] {
  const plain = text
    .replaceAll(/https?:\/\/\S+|@\w+/g, ' ')
    .replaceAll(/\$[A-Za-z]{1,5}\b/g, ' $t ')
    .toLowerCase()
    .replaceAll(/(?<=\w)['’](?=\w)/g, '')
    .replaceAll(/([+-]?)\$?\d[\d.,]*\s?(%?)/g, ' $1#$2 ');
  const words = plain.match(/\$t|[+-]?#%?|\p{L}+/gu) ?? [];
  let isNegated = false;
  return words.map((word) => {
    const token = isNegated && !NEGATIONS.has(word) ? `not_${word}` : word;
    isNegated = NEGATIONS.has(word);
    return token;
  });
}

/** Tokens and pairs of neighbours. */
export function termsOf(text: string): readonly string[] {
  const tokens = tokensOf(text);
  const pairs = tokens.slice(1).map((token, at) => `${tokens[at]} ${token}`);
  return [...tokens, ...pairs];
}
