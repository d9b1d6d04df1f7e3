import { expect, test } from '@jest/globals';
import { duration, size, z } from '@millrace/core';
import { unitRead, writtenDefault } from './value-unit.ts';

const schema = z.object({
  wait: duration().default(7_200_000),
  most: size().default(65_536),
  odd: size().optional(),
  count: z.number().default(7_200_000),
  inner: z.object({ every: duration().prefault('5s') }).prefault({}),
});

test.each([
  [['wait'], 7_200_000, '2h'],
  [['wait'], 1500, '1500ms'],
  [['most'], 65_536, '64KiB'],
  [['most'], 0, '0B'],
  [['odd'], 1000, '1000B'],
  [['inner', 'every'], 5000, '5s'],
  [['count'], 7_200_000, 7_200_000],
  [['toString'], 5, 5],
  [['inner', 'other', 'more'], 5, 5],
  [['wait'], 'soon', 'soon'],
])('a default at %j of %j is shown as %j', (path, value, shown) => {
  expect(writtenDefault(schema, path, value)).toBe(shown);
});

test('what is no schema says nothing of a default', () => {
  expect(writtenDefault(undefined, ['wait'], 5)).toBe(5);
});

test.each([
  ['1d', 86_400_000, 'ms'],
  ['64KiB', 65_536, 'bytes'],
  ['1d', 24, undefined],
  ['7', 7, undefined],
  [7, 8, undefined],
])('%j that is read as %j counts %s', (text, read, unit) => {
  expect(unitRead(text, read)).toBe(unit);
});
