import { describe, expect, it } from '@jest/globals';
import { formatBytes, formatNumber } from './format-number.ts';

describe('a number in the report', () => {
  it('has three digits that count', () => {
    expect([0.5, 12.34, 123.4, 12_345.6].map(formatNumber)).toEqual([
      '0.50',
      '12.3',
      '123',
      '12,346',
    ]);
  });

  it('of bytes has the largest unit that leaves something before the point', () => {
    expect([999, 1_000, 32_768, 4_091_904, 1.5e9].map(formatBytes)).toEqual([
      '999 B',
      '1.00 kB',
      '32.8 kB',
      '4.09 MB',
      '1.50 GB',
    ]);
  });
});
