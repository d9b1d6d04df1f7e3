import { describe, expect, it } from '@jest/globals';
import { z } from '../base/zod.ts';
import { type Row, verdictOf } from './testing-local/verdict.ts';

describe('known values', () => {
  const side = z.enum(['buy', 'sell']);
  it.each<Row>([
    ['an enum fits itself', side, z.enum(['sell', 'buy']), 'fits'],
    ['an enum fits a larger one', side, z.enum(['buy', 'sell', 'hold']), 'fits'],
    ['an enum is text', side, z.string(), 'fits'],
    [
      'an enum is not a smaller one',
      z.enum(['buy', 'hold']),
      side,
      'may be "hold", which is not among "buy", "sell"',
    ],
    ['text is not an enum', z.string(), side, 'may be any text, not only "buy" or "sell"'],
    ['text of a pattern may be an enum', z.string().regex(/^(buy|sell)$/), side, 'fits'],
    ['refined text may be an enum', z.string().refine((text) => text === 'buy'), side, 'fits'],
    ['a template may be an enum', z.templateLiteral(['b', z.enum(['uy'])]), side, 'fits'],
    [
      'a refined enum may be a smaller one',
      side.refine((value) => value === 'buy'),
      z.literal('buy'),
      'fits',
    ],
    ['a literal fits an enum', z.literal('buy'), side, 'fits'],
    ['a literal is not another', z.literal('a'), z.literal('b'), 'is "a", not "b"'],
    ['a literal number is not text', z.literal(1), z.string(), 'is 1, not text'],
    [
      'one of several literals may be wrong',
      z.literal([1, 'a']),
      z.number(),
      'may be "a", not a number',
    ],
    ['a literal below the minimum', z.literal(-1), z.number().min(0), 'is -1, not at least 0'],
    ['a literal with a fraction', z.literal(1.5), z.int(), 'is 1.5, not a whole number'],
    [
      'a literal that is too short',
      z.literal(''),
      z.string().min(1),
      'is "", whose length is not at least 1',
    ],
    ['a boolean fits both of its values', z.boolean(), z.literal([true, false]), 'fits'],
    ['a boolean is not only true', z.boolean(), z.literal(true), 'may be false, not true'],
    ['a bigint literal is a bigint', z.literal(5n), z.bigint(), 'fits'],
    ['a bigint literal is not a number', z.literal(5n), z.literal(5), 'is 5n, not 5'],
    [
      'a literal undefined may stand for an optional',
      z.literal(undefined),
      z.string().optional(),
      'fits',
    ],
    [
      'a number is not one of some',
      z.number(),
      z.literal([1, 2]),
      'may be any number, not only 1 or 2',
    ],
    ['a number enum is a number', z.enum({ Low: 1, High: 2 }), z.int(), 'fits'],
  ])('%s', (_, output, input, verdict) => {
    expect(verdictOf(output, input)).toBe(verdict);
  });
});

describe('absence and null', () => {
  it.each<Row>([
    ['null among others is told', z.string().nullable(), z.string(), 'may be null, not text'],
    ['null is taken by a nullable', z.null(), z.string().nullable(), 'fits'],
    ['an optional may be missing', z.string().optional(), z.string(), 'may be missing'],
    ['an optional fits an optional', z.string().optional(), z.string().optional(), 'fits'],
    ['an optional fits a default', z.string().optional(), z.string().default(''), 'fits'],
    ['an optional fits a prefault', z.string().optional(), z.string().prefault(''), 'fits'],
    ['a default is always there', z.string().default(''), z.string(), 'fits'],
    [
      'a default is there though optional',
      z.object({ a: z.string().default('').optional() }),
      z.object({ a: z.string() }),
      'fits',
    ],
    ['nonoptional takes the absence away', z.string().optional().nonoptional(), z.string(), 'fits'],
    ['nullish may be missing', z.string().nullish(), z.string().nullable(), 'may be missing'],
    ['a pattern does not hide the absence', z.email().optional(), z.string(), 'may be missing'],
    [
      'a refined nullable may never be null',
      z
        .string()
        .nullable()
        .refine((text) => text !== null),
      z.string(),
      'fits',
    ],
    [
      'a refined nullable is still of its type',
      z.string().nullable().refine(Boolean),
      z.number(),
      'may be text, not a number',
    ],
  ])('%s', (_, output, input, verdict) => {
    expect(verdictOf(output, input)).toBe(verdict);
  });
});
