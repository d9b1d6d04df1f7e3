import { describe, expect, it } from '@jest/globals';
import { z } from '../base/zod.ts';
import { type Row, verdictOf } from './testing-local/verdict.ts';

describe('unions', () => {
  const circle = z.object({ kind: z.literal('circle'), radius: z.number() });
  const square = z.object({ kind: z.literal('square'), side: z.number() });
  const shape = z.discriminatedUnion('kind', [circle, square]);
  const flag = z.object({ on: z.boolean() });
  it.each<Row>([
    ['a member fits the union', z.string(), z.union([z.number(), z.string()]), 'fits'],
    [
      'a union in another order fits',
      z.union([z.string(), z.number()]),
      z.union([z.number(), z.string()]),
      'fits',
    ],
    [
      'a union with one more is told',
      z.union([z.string(), z.number()]),
      z.string(),
      'may be a number, not text',
    ],
    [
      'what fits no member is told with all of them',
      z.date(),
      z.union([z.string(), z.number(), z.null()]),
      'is a Date, not text or a number or null',
    ],
    ['an alternative fits its discriminated union', circle, shape, 'fits'],
    [
      'a discriminated union fits itself',
      shape,
      z.discriminatedUnion('kind', [square, circle]),
      'fits',
    ],
    [
      'an unknown discriminator is told',
      z.object({ kind: z.literal('line') }),
      shape,
      'kind is "line", which is not among "circle", "square"',
    ],
    ['a missing discriminator is told', z.object({ radius: z.number() }), shape, 'kind is missing'],
    [
      'one of several discriminators may be wrong',
      z.object({ kind: z.enum(['circle', 'line']), radius: z.number() }),
      shape,
      'kind may be "line", which is not among "circle", "square"',
    ],
    [
      'what is wrong with the alternative meant is told',
      z.object({ kind: z.literal('circle'), radius: z.string() }),
      shape,
      'radius is text, not a number',
    ],
    [
      'an alternative too many is told',
      z.discriminatedUnion('kind', [circle, z.object({ kind: z.literal('line') })]),
      shape,
      'kind is "line", which is not among "circle", "square"',
    ],
    [
      'each case may have an alternative of its own',
      flag,
      z.union([z.object({ on: z.literal(true) }), z.object({ on: z.literal(false) })]),
      'fits',
    ],
    [
      'a case without an alternative is told',
      z.object({ kind: z.enum(['circle', 'square']), radius: z.number() }),
      shape,
      'side is missing',
    ],
    [
      'presence may choose the alternative',
      z.object({ a: z.string().optional() }),
      z.union([z.object({ a: z.string() }), z.strictObject({})]),
      'fits',
    ],
    [
      'cases deep inside may choose it',
      z.object({ at: flag }),
      z.union([
        z.object({ at: z.object({ on: z.literal(true) }) }),
        z.object({ at: z.object({ on: z.literal(false) }) }),
      ]),
      'fits',
    ],
    [
      'tuples choose by their items',
      z.tuple([z.enum(['a', 'b'])]),
      z.union([z.tuple([z.literal('a')]), z.tuple([z.literal('b')])]),
      'fits',
    ],
    [
      'mixed lists fit no list of one kind',
      z.array(z.union([z.string(), z.number()])),
      z.union([z.array(z.string()), z.array(z.number())]),
      'fits none of the 2 alternatives',
    ],
    [
      'the only alternative of its kind is explained',
      z.array(z.string()),
      z.union([z.string(), z.array(z.number())]),
      '[0] is text, not a number',
    ],
    [
      'objects that no key tells apart are counted',
      z.object({ a: z.string() }),
      z.union([z.object({ a: z.string(), b: z.int() }), z.object({ a: z.string(), c: z.int() })]),
      'fits none of the 2 alternatives',
    ],
    [
      'an exclusive union is taken for a union',
      z.string(),
      z.xor([z.string(), z.number()]),
      'fits',
    ],
  ])('%s', (_, output, input, verdict) => {
    expect(verdictOf(output, input)).toBe(verdict);
  });
});
