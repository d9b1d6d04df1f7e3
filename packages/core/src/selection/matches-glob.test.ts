import { describe, expect, it } from '@jest/globals';
import { SeededRandom } from '../graph/index.ts';
import { matchesGlob } from './matches-glob.ts';

describe('matchesGlob', () => {
  it.each([
    ['', '', true],
    ['', 'a', false],
    ['*', '', true],
    ['?', '', false],
    ['***', 'a/b c', true],
    ['a', 'a', true],
    ['a', 'ab', false],
    ['ab', 'a', false],
    ['a*', 'a', true],
    ['a*c', 'abcbc', true],
    ['a*c', 'abcb', false],
    ['*b*', 'abc', true],
    ['?b?', 'abc', true],
    ['??', 'a', false],
    ['?*?', 'ab', true],
    ['?*?', 'a', false],
    ['prep/*', 'prep/deep/ingest', true],
    ['score[*,SPY]', 'score[20,SPY]', true],
    ['score[2?,SPY]', 'score[20,SPY]', true],
    ['A*', 'abc', false],
    ['?', '🦊', true],
    ['??', '🦊', false],
    ['*🦊', 'x🐻🦊', true],
    ['.+', 'ab', false],
    ['^a$', 'a', false],
  ])('says of %j and %j: %j', (pattern, text, fits) => {
    expect(matchesGlob(pattern, text)).toBe(fits);
  });

  it('agrees with plain recursion on random patterns', () => {
    const random = new SeededRandom(7);
    const draw = (letters: string, most: number): string =>
      Array.from(
        { length: random.integer(most + 1) },
        () => letters[random.integer(letters.length)],
      ).join('');
    for (let round = 0; round < 3000; round++) {
      const pattern = draw('ab*?', 6);
      const text = draw('ab', 7);
      expect([pattern, text, matchesGlob(pattern, text)]).toEqual([
        pattern,
        text,
        fitsByRecursion(pattern, text),
      ]);
    }
  });

  it('ends on patterns that blow up where every star is tried again', () => {
    expect(matchesGlob(`${'*a'.repeat(60)}b`, 'a'.repeat(200))).toBe(false);
    expect(matchesGlob('*'.repeat(1_000_000), 'a')).toBe(true);
    expect(matchesGlob(`*${'a'.repeat(1_000_000)}`, 'a'.repeat(200))).toBe(false);
  });
});

function fitsByRecursion(pattern: string, text: string): boolean {
  if (pattern === '') return text === '';
  const [rest, tail] = [pattern.slice(1), text.slice(1)];
  if (pattern[0] === '*') {
    return fitsByRecursion(rest, text) || (text !== '' && fitsByRecursion(pattern, tail));
  }
  if (text === '') return false;
  return (pattern[0] === '?' || pattern[0] === text[0]) && fitsByRecursion(rest, tail);
}
