import { describe, expect, test } from '@jest/globals';
import { z } from '@millrace/core';
import fc from 'fast-check';
import type { JsonSchema } from './json-schema.ts';
import { type Sample, samples } from './testing-local/params-arbitraries.ts';
import { schemaFaults } from './testing-local/schema-faults.ts';
import { toDefinitions } from './to-definitions.ts';
import { toJson } from './to-json.ts';
import {
  PLACEHOLDER_DEFINITIONS,
  withInnerPlaceholders,
  withPlaceholders,
} from './with-placeholders.ts';

const accepts = (schema: z.ZodType, value: unknown): boolean =>
  schemaFaults(toJson(schema) ?? {}, value).length === 0;

describe('the JSON Schema of a zod schema', () => {
  test.each<[string, z.ZodType, unknown, unknown]>([
    ['a text', z.string().min(2), 'ab', 'a'],
    ['a pattern', z.string().regex(/^a+$/), 'aa', 'AA'],
    ['two patterns', z.string().regex(/a/).regex(/b/), 'ab', 'a'],
    ['a format', z.iso.date(), '2026-02-28', '2026-02-30'],
    ['a whole number', z.int().min(2), 2, 2.5],
    ['an open range', z.number().gt(0).lt(1), 0.5, 1],
    ['a choice', z.enum(['a', 'b']), 'b', 'c'],
    ['one of several values', z.literal(['a', 1, null]), null, 'b'],
    ['a list', z.array(z.number()).max(2), [1, 2], [1, 2, 3]],
    ['a tuple', z.tuple([z.number()], z.string()), [1, 'a'], [1, 2]],
    ['a record of a pattern', z.record(z.string().regex(/^k/), z.number()), { k1: 1 }, { a: 1 }],
    ['a record of a choice', z.record(z.enum(['a', 'b']), z.number()), { a: 1, b: 2 }, { a: 1 }],
    ['something or nothing', z.number().nullable(), null, 'a'],
    ['a union', z.union([z.number(), z.literal('all')]), 'all', 'none'],
    ['a key with a default', z.object({ a: z.int().default(1) }), {}, { a: 'b' }],
    ['an optional key', z.object({ a: z.int().optional() }), {}, { a: 'b' }],
    ['a key that is missing', z.object({ a: z.int() }), { a: 1 }, {}],
    ['an unknown key', z.object({ a: z.int() }), { a: 1 }, { a: 1, b: 1 }],
    [
      'an unknown inner key',
      z.object({ a: z.array(z.object({})) }),
      { a: [{}] },
      { a: [{ b: 1 }] },
    ],
    ['an intersection', z.object({ a: z.int() }).and(z.object({ b: z.int() })), { a: 1, b: 1 }, {}],
    ['a transformed text', z.string().transform(Number), '5', 5],
    ['nothing at all', z.object({ a: z.never().optional() }), {}, { a: 1 }],
  ])('accepts and refuses %s as zod does', (_name, schema, fine, faulty) => {
    expect([schema.safeParse(fine).success, accepts(schema, fine)]).toEqual([true, true]);
    expect(accepts(schema, faulty)).toBe(false);
  });

  test.each<[string, z.ZodType, unknown]>([
    ['a coercion', z.coerce.number().min(2), '5'],
    ['a coercion to a date', z.coerce.date(), '2026-01-01'],
    ['a preparation', z.preprocess(Number, z.number()), '5'],
    ['a preparation of a key', z.object({ a: z.preprocess((a) => a ?? 1, z.number()) }), {}],
    ['a catch', z.object({ a: z.number().catch(5) }), { a: 'no number' }],
    ['a catch of a key', z.object({ a: z.number().catch(5) }), {}],
    ['a pattern with a flag', z.string().regex(/^a+$/i), 'AA'],
    ['patterns of which one has a flag', z.string().regex(/a/).regex(/b/i), 'aB'],
    ['what JSON cannot say', z.custom((value) => value === 5), 5],
    [
      'a key that other options know',
      z.union([z.object({ a: z.int() }), z.string()]),
      { a: 1, b: 2 },
    ],
    ['a key of an open object', z.looseObject({ a: z.int() }), { a: 1, b: 2 }],
    ['a key of the rest', z.object({ a: z.int() }).catchall(z.string()), { a: 1, b: 'c' }],
  ])('never refuses what zod reads: %s', (_name, schema, value) => {
    expect([schema.safeParse(value).success, accepts(schema, value)]).toEqual([true, true]);
  });

  test('does not list bounds that any number has', () => {
    expect(toJson(z.int())).toEqual({ type: 'integer' });
    expect(toJson(z.record(z.string(), z.int()))).toEqual({
      type: 'object',
      additionalProperties: { type: 'integer' },
    });
  });

  test('keeps what people are told', () => {
    const schema = z.coerce.number().default(5).describe('So many.');
    expect(toJson(schema)).toEqual({ description: 'So many.', default: 5 });
  });

  test('shows a default as it may be written, and none that is made of it', () => {
    const size = z
      .string()
      .regex(/^\d+kB$/)
      .transform((text) => Number.parseInt(text, 10) * 1000);
    expect(toJson(size.default(5000))).toEqual({ type: 'string', pattern: '^\\d+kB$' });
    expect(toJson(size.prefault('5kB'))).toMatchObject({ default: '5kB' });
  });

  test('does not exist for what zod cannot say', () => {
    const [one, other] = [z.string().meta({ id: 'x' }), z.number().meta({ id: 'x' })];
    expect(toJson(z.object({ one, other }))).toBeUndefined();
    expect(toJson({ safeParse: () => ({}) } as never)).toBeUndefined();
    const endless = (): z.ZodType => z.object({ one: z.lazy(endless), other: z.lazy(endless) });
    expect(toJson(endless())).toBeUndefined();
  });
});

/** As a part of a larger schema, in the way in which the params of a stage are one. */
function asPart(schema: z.ZodType): JsonSchema {
  const definitions = Object.entries(toDefinitions('part', toJson(schema) ?? {})).map(
    ([name, part]) => [name, withInnerPlaceholders(part)],
  );
  return {
    ...withPlaceholders({ $ref: '#/definitions/part' }),
    definitions: { ...PLACEHOLDER_DEFINITIONS, ...Object.fromEntries(definitions) },
  };
}

describe('as a part of a larger schema', () => {
  test('a schema that refers to itself and to others still does', () => {
    const Point = z.object({ x: z.int() }).meta({ id: 'a/b~c %' });
    const Tree = z.object({
      at: Point.optional(),
      get kids() {
        return z.array(Tree).optional();
      },
    });
    const part = asPart(Tree);
    expect(schemaFaults(part, { at: { x: 1 }, kids: [{ kids: [{ at: { x: 2 } }] }] })).toEqual([]);
    const wrong = schemaFaults(part, { kids: [{ kids: [{ at: { x: 'a' } }] }] }).join('\n');
    expect(wrong).toContain('kids[0].kids[0].at.x');
    expect(schemaFaults(asPart(z.array(Point)), [{ x: 'a' }])).not.toEqual([]);
  });

  test('every value that zod reads is accepted, also with placeholders anywhere in it', () => {
    let count = 0;
    fc.assert(
      fc.property(samples, ({ schema, value, withPlaceholder }: Sample) => {
        count += 1;
        expect(schema.safeParse(value).error).toBeUndefined();
        const part = asPart(schema);
        expect(schemaFaults(part, value)).toEqual([]);
        expect(schemaFaults(part, withPlaceholder)).toEqual([]);
      }),
      { numRuns: 2000, seed: 7 },
    );
    expect(count).toBe(2000);
  });
});
