import { expect, test } from '@jest/globals';
import { oneOf } from './one-of.ts';

test.each([
  [0, undefined],
  [2, 'one of n0, n1'],
  [10, 'one of n0, n1, n2, n3, n4, n5, n6, n7, n8, n9'],
  [11, 'one of n0, n1, n2, n3, n4, n5, n6, n7, n8, n9, ...'],
])('%i names are told, and that there are more', (count, expected) => {
  expect(oneOf(Array.from({ length: count }, (_, at) => `n${at}`))).toBe(expected);
});
