import { describe, expect, it } from '@jest/globals';
import { percentiles } from './percentiles.ts';

describe('percentiles', () => {
  it('share the average rank of a tie', () => {
    // Ranks 1, 2.5, 2.5 and 4 of 4.
    expect([...percentiles([10, 20, 20, 40])]).toEqual([25, 62.5, 62.5, 100]);
    expect([...percentiles([7, 7])]).toEqual([75, 75]);
  });

  it('count a missing value as 25 and leave it out of the others', () => {
    expect([...percentiles([null, 3, 1])]).toEqual([25, 100, 50]);
    expect([...percentiles([null])]).toEqual([25]);
  });

  it('give the only value all', () => {
    expect([...percentiles([-5])]).toEqual([100]);
    expect([...percentiles([])]).toEqual([]);
  });
});
