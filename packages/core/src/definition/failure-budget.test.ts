import { describe, expect, it } from '@jest/globals';
import { mostFailures, NO_FAILURES, parseShare } from './failure-budget.ts';

describe('a share of items that may fail', () => {
  it.each([
    ['5%', 0.05],
    ['0%', 0],
    ['100%', 1],
    ['12.5 %', 0.125],
  ])('is read from %s', (text, most) => {
    expect(parseShare(text)).toEqual({ kind: 'share', most });
  });

  it.each(['5', '-5%', '101%', '%', '5 %%', '1e1%', ''])('is not read from %p', (text) => {
    expect(parseShare(text)).toBeUndefined();
  });

  it.each([
    [0.05, 19, 0],
    [0.05, 20, 1],
    [0.29, 100, 29],
    [0.07, 100, 7],
    [1, 3, 3],
    [0, 1000, 0],
  ])('%p of %p items is %p', (most, total, expected) => {
    expect(mostFailures({ kind: 'share', most }, total)).toBe(expected);
  });
});

describe('a count of items that may fail', () => {
  it('does not grow with the items', () => {
    expect(mostFailures({ kind: 'count', most: 3 }, 1)).toBe(3);
    expect(mostFailures(NO_FAILURES, 1_000_000)).toBe(0);
  });
});
