import { describe, expect, it } from '@jest/globals';
import { didYouMean, nearestName } from './nearest-name.ts';

const NAMES = ['ingest', 'score', 'report', 'daily-macro', 'constructor', '__proto__', 'größe'];

describe('nearestName', () => {
  it.each([
    ['ingset', 'ingest'],
    ['ignest', 'ingest'],
    ['Score', 'score'],
    ['SCORE', 'score'],
    ['scor', 'score'],
    ['scoree', 'score'],
    ['sc0re', 'score'],
    ['dailymacro', 'daily-macro'],
    ['constructr', 'constructor'],
    ['_proto_', '__proto__'],
    ['grösse', 'größe'],
    ['rep', 'report'],
    ['reporting', 'report'],
  ])('takes %j for %j', (typed, meant) => {
    expect(nearestName(typed, NAMES)).toBe(meant);
    expect(didYouMean(typed, NAMES)).toBe(`did you mean ${JSON.stringify(meant)}?`);
  });

  it.each(['load', 'x', '', 'sc', 'toString', 'zzzzzzzzzzzz'])(
    'does not guess what %j means',
    (typed) => {
      expect(nearestName(typed, NAMES)).toBeUndefined();
      expect(didYouMean(typed, NAMES)).toBeUndefined();
    },
  );

  it('sees two swapped letters in a short name, and no mere anagram', () => {
    expect(nearestName('ba', ['ab', 'xy'])).toBe('ab');
    expect(nearestName('silent', ['listen'])).toBeUndefined();
  });

  it('does not take one letter for another', () => {
    expect(nearestName('a', ['b', 'c'])).toBeUndefined();
    expect(nearestName('a', ['A'])).toBe('A');
  });

  it('does not choose between names that begin alike', () => {
    expect(nearestName('extract', ['extract-prices', 'extract-volumes'])).toBeUndefined();
    expect(nearestName('extract', ['extract-prices', 'load'])).toBe('extract-prices');
  });

  it('knows nothing without names', () => {
    expect(nearestName('a', [])).toBeUndefined();
  });
});
