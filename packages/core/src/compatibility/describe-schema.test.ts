import { describe, expect, it } from '@jest/globals';
import { z } from '../base/zod.ts';
import { describeSchema } from './describe-schema.ts';

interface Tree {
  next: Tree | null;
}
const tree: z.ZodType<Tree> = z.lazy(() => z.object({ next: tree.nullable() }));

describe('describeSchema', () => {
  it.each<[string, z.ZodType]>([
    ['text', z.string()],
    ['text', z.email()],
    ['number', z.number()],
    ['whole number', z.int()],
    ['bigint', z.bigint()],
    ['boolean', z.boolean()],
    ['Date', z.date()],
    ['null', z.null()],
    ['undefined', z.undefined()],
    ['NaN', z.nan()],
    ['anything', z.unknown()],
    ['nothing', z.never()],
    ['anything', z.instanceof(Uint8Array)],
    ['"buy" | "sell"', z.enum(['buy', 'sell'])],
    ['1 | "a" | null | 2n', z.literal([1, 'a', null, 2n])],
    ['boolean | null', z.boolean().nullable()],
    ['text | number', z.union([z.string(), z.number()])],
    ['a list of text', z.array(z.string())],
    ['a list of ("buy" | "sell")', z.array(z.enum(['buy', 'sell']))],
    ['a list of a list of (text | null)', z.array(z.array(z.string().nullable()))],
    ['[text, whole number?]', z.tuple([z.string(), z.int().optional()])],
    ['[text, ...boolean]', z.tuple([z.string()], z.boolean())],
    ['{}', z.object({})],
    [
      '{ symbol: text, close?: number }',
      z.object({ symbol: z.string(), close: z.number().optional() }),
    ],
    ['{ "a b": text, toString: whole number }', z.object({ 'a b': z.string(), toString: z.int() })],
    ['{ a: text }', z.looseObject({ a: z.string() })],
    ['{ [text]: number }', z.record(z.string(), z.number())],
    ['{ a: number, b: number }', z.record(z.enum(['a', 'b']), z.number())],
    ['a Map of text to a Set of Date', z.map(z.string(), z.set(z.date()))],
    ['text & (text | whole number)', z.intersection(z.string(), z.union([z.string(), z.int()]))],
    ['{ next: { next: { ... } | null } | null }', tree],
  ])('writes %s', (text, schema) => {
    expect(describeSchema(schema, 'output')).toBe(text);
  });

  it('tells what goes in from what comes out', () => {
    const schema = z.object({
      at: z.codec(z.string(), z.date(), { decode: (text) => new Date(text), encode: String }),
      window: z.coerce.number(),
      limit: z.int().default(5),
    });
    expect(describeSchema(schema, 'input')).toBe(
      '{ at: text, window: anything, limit?: whole number }',
    );
    expect(describeSchema(schema, 'output')).toBe(
      '{ at: Date, window: number, limit: whole number }',
    );
  });

  it('counts what it does not show', () => {
    const keys = Array.from({ length: 10 }, (_, index) => [`k${index}`, z.int()]);
    expect(describeSchema(z.object(Object.fromEntries(keys.slice(0, 2))), 'output')).toBe(
      '{ k0: whole number, k1: whole number }',
    );
    expect(describeSchema(z.literal([1, 2, 3, 4, 5, 6, 7, 8]), 'output')).toBe(
      '1 | 2 | 3 | 4 | 5 | 6 | ... 2 more',
    );
  });

  it('is cut where it grows too long', () => {
    const keys = Array.from({ length: 100 }, (_, index) => [
      `${'key'.repeat(20)}${index}`,
      z.int(),
    ]);
    const text = describeSchema(z.object(Object.fromEntries(keys)), 'output');
    expect(text).toHaveLength(120);
    expect(text).toMatch(/\.\.\.$/);
  });
});
