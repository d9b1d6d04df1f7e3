import { describe, expect, it } from '@jest/globals';
import { z } from '../base/zod.ts';
import { type Row, verdictOf } from './testing-local/verdict.ts';

describe('intersections', () => {
  const named = z.object({ name: z.string() });
  const dated = z.object({ at: z.date() });
  it.each<Row>([
    [
      'a provider gives the keys of both',
      named.and(dated),
      z.object({ name: z.string(), at: z.date() }),
      'fits',
    ],
    [
      'a wrong key of either is told',
      named.and(dated),
      z.object({ at: z.string() }),
      'at is a Date, not text',
    ],
    ['a consumer wants the keys of both', named, named.and(dated), 'at is missing'],
    [
      'strict members pool their keys',
      z.object({ name: z.string(), at: z.date() }),
      z.intersection(named.strict(), dated.strict()),
      'fits',
    ],
    [
      'a key that all strict members refuse is told',
      z.object({ name: z.string(), at: z.date(), x: z.int() }),
      z.intersection(named.strict(), dated.strict()),
      'x is a key that is not accepted',
    ],
    [
      'a record says something of all keys',
      z.object({ name: z.string(), n: z.date() }),
      z.intersection(named, z.record(z.string(), z.string())),
      'n is a Date, not text',
    ],
    [
      'a key of a type that both narrow fits either',
      z.object({ a: z.union([z.string(), z.number()]) }).and(z.object({ a: z.string() })),
      z.object({ a: z.string() }),
      'fits',
    ],
    [
      'a union inside is compared',
      z.object({ name: z.string(), at: z.string() }),
      z.intersection(named, z.union([dated, z.object({ at: z.bigint() })])),
      'at is text, not a Date or a bigint',
    ],
    ['scalars that both sides share fit', z.string().and(z.string().min(3)), z.string(), 'fits'],
    [
      'scalars of another type are told',
      z.string().and(z.string().min(3)),
      z.number(),
      'is text, not a number',
    ],
  ])('%s', (_, output, input, verdict) => {
    expect(verdictOf(output, input)).toBe(verdict);
  });
});
