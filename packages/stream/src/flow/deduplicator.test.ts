import { expect, test } from '@jest/globals';
import { Deduplicator } from './deduplicator.ts';

test('an id is known for the window, counted from its first time', () => {
  const seen = new Deduplicator({ window: 100, limit: 10 });
  expect([0, 60, 99, 100].map((at) => seen.isRepeated('a', at))).toEqual([
    false,
    true,
    true,
    false,
  ]);
});

test('no more ids are remembered than the limit', () => {
  const seen = new Deduplicator({ window: 1000, limit: 3 });
  for (const id of ['a', 'b', 'c', 'd']) seen.isRepeated(id, 0);
  expect(seen.size).toBe(3);
  expect([seen.isRepeated('d', 1), seen.isRepeated('a', 1)]).toEqual([true, false]);
});

test('what is taken out is new when it comes again, and known for a window from then on', () => {
  const seen = new Deduplicator({ window: 100, limit: 10 });
  seen.isRepeated('a', 0);
  seen.takeOut('a');
  expect(seen.isRepeated('a', 90)).toBe(false);
  expect(seen.isRepeated('a', 150)).toBe(true);
});
