import { expect, test } from '@jest/globals';
import { sizeText } from './size-text.ts';

test('a size is told with two or three digits and a unit', () => {
  const sizes = [0, 999, 1000, 1549, 9949, 9950, 999_499, 999_500, 37_400_000, 2e9, 5e15];
  expect(sizes.map(sizeText)).toEqual([
    '0 B',
    '999 B',
    '1.0 kB',
    '1.5 kB',
    '9.9 kB',
    '10 kB',
    '999 kB',
    '1.0 MB',
    '37 MB',
    '2.0 GB',
    '5000 TB',
  ]);
});
