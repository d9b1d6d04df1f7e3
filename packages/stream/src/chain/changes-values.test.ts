import { expect, test } from '@jest/globals';
import { z } from '@millrace/core';
import { changesValues } from './changes-values.ts';

test('schemas that only check change nothing', () => {
  const schema = z.object({
    a: z.string().min(1).optional(),
    b: z.array(z.union([z.int(), z.null()])).max(5),
    c: z.record(z.string(), z.tuple([z.boolean(), z.literal(3)])),
    d: z.map(z.string(), z.set(z.date())),
    e: z.custom<Date>(),
    f: z.enum(['x']).nullable().readonly(),
  });
  expect(changesValues(schema)).toBe(false);
});

test.each([
  ['a default', z.object({ a: z.number().default(1) })],
  ['a transform', z.array(z.string().transform((text) => text.length))],
  ['a coercion', z.object({ a: z.coerce.number() })],
  ['a trim', z.object({ a: z.string().trim() })],
  ['a catch', z.number().catch(0)],
  ['something that waits to be known', z.lazy(() => z.number())],
])('%s may change a value', (_, schema) => {
  expect(changesValues(schema)).toBe(true);
});
