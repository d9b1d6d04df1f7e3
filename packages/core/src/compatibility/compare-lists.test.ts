import { describe, expect, it } from '@jest/globals';
import { z } from '../base/zod.ts';
import { type Row, verdictOf } from './testing-local/verdict.ts';

const bar = z.object({ symbol: z.string(), close: z.number() });

describe('lists and tuples', () => {
  const pair = z.tuple([z.string(), z.number()]);
  it.each<Row>([
    [
      'items are compared',
      z.array(bar),
      z.array(bar.extend({ close: z.bigint() })),
      '[0].close is a number, not a bigint',
    ],
    ['a list is not an object', z.array(z.string()), z.object({}), 'is a list, not an object'],
    ['one value is not a list', z.string(), z.array(z.string()), 'is text, not a list'],
    ['an empty item type fits any list', z.array(z.never()), z.array(z.number()), 'fits'],
    ['a tuple is a list', pair, z.array(z.union([z.string(), z.number()])), 'fits'],
    ['a tuple with a wrong item is told', pair, z.array(z.string()), '[1] is a number, not text'],
    [
      'a list may be too short for a tuple',
      z.array(z.number()),
      z.tuple([z.number(), z.number()]),
      'may have fewer than 2 items',
    ],
    [
      'a list may be too long for a tuple',
      z.array(z.number()).min(1),
      z.tuple([z.number()]),
      'may have more than 1 item',
    ],
    [
      'a list of a known length is a tuple',
      z.array(z.number()).length(2),
      z.tuple([z.number(), z.number()]),
      'fits',
    ],
    [
      'a refined list may be a tuple',
      z.array(z.number()).refine((list) => list.length === 1),
      z.tuple([z.number()]),
      'fits',
    ],
    [
      'an optional item may be missing',
      z.tuple([z.string(), z.number().optional()]),
      pair,
      'may have fewer than 2 items',
    ],
    [
      'an optional item may be left out',
      z.tuple([z.string()]),
      z.tuple([z.string(), z.number().optional()]),
      'fits',
    ],
    [
      'what follows is compared',
      z.tuple([z.string()], z.number()),
      z.tuple([z.string()], z.string()),
      '[1] is a number, not text',
    ],
    [
      'a longer tuple is refused',
      pair,
      z.tuple([z.string()]),
      'has a length of at least 2, not at most 1',
    ],
    ['a Set is not a list', z.set(z.string()), z.array(z.string()), 'is a Set, not a list'],
  ])('%s', (_, output, input, verdict) => {
    expect(verdictOf(output, input)).toBe(verdict);
  });
});
