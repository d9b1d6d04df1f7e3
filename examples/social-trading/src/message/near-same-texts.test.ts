import { describe, expect, it } from '@jest/globals';
import { NearSameTexts } from './near-same-texts.ts';
import { shinglesOf, similarity } from './shingles.ts';

const MINUTE = 60_000;
const message = (id: string, text: string, at = 0, ticker = 'AAPL') => ({ id, text, at, ticker });

describe('similarity', () => {
  it('is what both have over what either has', () => {
    // abc bcd cde def against bcd cde def efg: three of five.
    expect(similarity(shinglesOf('abcdef'), shinglesOf('bcdefg'))).toBe(3 / 5);
    // Eight of ten: abcdefghijk has nine runs, bcdefghijkl nine, eight are common.
    expect(similarity(shinglesOf('abcdefghijk'), shinglesOf('bcdefghijkl'))).toBe(0.8);
    expect(similarity(shinglesOf('abc'), shinglesOf('xyz'))).toBe(0);
  });

  it('does not see case, links, punctuation or who is quoted', () => {
    const a = shinglesOf('RT @trader: $AAPL is breaking out!! https://t.example/1');
    expect(similarity(a, shinglesOf('$AAPL is BREAKING out'))).toBe(1);
  });

  it('tells a rise from a fall of so many percent', () => {
    expect(similarity(shinglesOf('up +5%'), shinglesOf('up -5%'))).toBeLessThan(1);
  });

  it('takes empty texts for the same, and short ones for what they are', () => {
    expect(similarity(shinglesOf(''), shinglesOf('!?'))).toBe(1);
    expect(similarity(shinglesOf('a'), shinglesOf('b'))).toBe(0);
    expect(similarity(shinglesOf('ab'), shinglesOf('AB'))).toBe(1);
  });
});

describe('near-same texts', () => {
  it('names the original from a similarity of .8 on, inclusive', () => {
    const texts = new NearSameTexts();
    expect(texts.originalOf(message('a', 'abcdefghijk'))).toBeUndefined();
    expect(texts.originalOf(message('b', 'bcdefghijkl'))).toBe('a');
    expect(new NearSameTexts({ similarity: 0.81 }).originalOf(message('a', 'x'))).toBeUndefined();
    const strict = new NearSameTexts({ similarity: 0.81 });
    strict.originalOf(message('a', 'abcdefghijk'));
    expect(strict.originalOf(message('b', 'bcdefghijkl'))).toBeUndefined();
  });

  it('forgets after five minutes, and copies do not prolong them', () => {
    const texts = new NearSameTexts();
    texts.originalOf(message('a', 'buy $AAPL now'));
    expect(texts.originalOf(message('b', 'buy $AAPL now!', 4 * MINUTE))).toBe('a');
    expect(texts.originalOf(message('c', 'buy $AAPL now', 5 * MINUTE))).toBe('a');
    expect(texts.originalOf(message('d', 'buy $AAPL now', 5 * MINUTE + 1))).toBeUndefined();
  });

  it('keeps the tickers apart, and takes the same id for itself', () => {
    const texts = new NearSameTexts();
    texts.originalOf(message('p/AAPL', '$AAPL and $MSFT fly'));
    expect(texts.originalOf(message('p/MSFT', '$AAPL and $MSFT fly', 0, 'MSFT'))).toBeUndefined();
    expect(texts.originalOf(message('p/AAPL', '$AAPL and $MSFT fly'))).toBeUndefined();
  });
});
