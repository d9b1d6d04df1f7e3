import { expect, it } from '@jest/globals';
import { wordIssue } from './issue-wording.ts';
import { z } from './zod.ts';

/** `message, got` of the first thing that the schema finds. */
function worded(schema: z.ZodType, value: unknown, names?: ReadonlyMap<string, string>): string {
  const [issue] = schema.safeParse(value).error?.issues ?? [];
  if (issue === undefined) return 'fine';
  const { message, got } = wordIssue(issue, value, names);
  return `${message}, got ${got}`;
}

it.each<[z.ZodType, unknown, string]>([
  [z.number(), 'x', 'must be a number, got the text "x"'],
  [z.number(), undefined, 'must be a number, got nothing'],
  [z.number(), Number.POSITIVE_INFINITY, 'must be a finite number, got Infinity'],
  [z.int(), 2.5, 'must be a whole number, got 2.5'],
  [z.boolean(), 'yes', 'must be true or false, got the text "yes"'],
  [z.array(z.string()), {}, 'must be a list, got {}'],
  [z.object({}), [], 'must be an object, got []'],
  [z.map(z.string(), z.string()), {}, 'must be a Map, got {}'],
  [z.instanceof(Uint8Array), 1, 'must be a Uint8Array, got 1'],
  [z.never(), 1, 'must be left out, got 1'],
  [z.number().min(2), 1, 'must be at least 2, got 1'],
  [z.number().positive(), 0, 'must be more than 0, got 0'],
  [z.number().lt(2), 2, 'must be less than 2, got 2'],
  [z.bigint().max(5n), 6n, 'must be at most 5, got 6n'],
  [z.number().multipleOf(5), 3, 'must be a multiple of 5, got 3'],
  [
    z.date().min(new Date(0)),
    new Date(-1),
    'must be a Date at or after 1970-01-01T00:00:00.000Z, got 1969-12-31T23:59:59.999Z',
  ],
  [z.string().min(1), '', 'must be text that is not empty, got the text ""'],
  [z.string().max(1), 'ab', 'must be text of at most 1 character, got the text "ab"'],
  [z.string().length(3), 'ab', 'must be text of exactly 3 characters, got the text "ab"'],
  [z.array(z.int()).min(2), [1], 'must be a list of at least 2, got [ 1 ]'],
  [z.email(), 'b', 'must be a valid email address, got the text "b"'],
  [z.string().startsWith('a'), 'b', 'must start with "a", got the text "b"'],
  [z.string().regex(/^a/), 'b', 'must match pattern /^a/, got the text "b"'],
  [z.literal('a'), 'b', 'must be "a", got the text "b"'],
  [z.enum(['a', 'b', 'c']), 'd', 'must be one of "a", "b", "c", got the text "d"'],
  [z.literal([1n, undefined]), 2, 'must be 1n or nothing, got 2'],
  [z.union([z.string(), z.number()]), true, 'must be text or a number, got true'],
  [
    z.record(z.string().min(3), z.int()),
    { ab: 1 },
    'the key must be text of at least 3 characters, got the text "ab"',
  ],
  [z.string().refine(() => false), 'x', 'is not valid, got the text "x"'],
])('says what is wrong without the words of zod (%#)', (schema, value, text) => {
  expect(worded(schema, value)).toBe(text);
});

it('tells an unknown discriminator with those that are known', () => {
  const schema = z.discriminatedUnion('k', [
    z.object({ k: z.literal('a') }),
    z.object({ k: z.literal('b') }),
  ]);
  expect(worded(schema, { k: 'c' })).toMatch(/^must be "a" or "b", got /);
});

it.each<[z.ZodType, string]>([
  [z.string({ error: 'give me a name' }), 'give me a name'],
  [z.number().min(2, 'too few days'), 'too few days'],
  [z.unknown().refine(() => false, 'the market was closed'), 'the market was closed'],
  [z.string({ error: 'expected a duration' }), 'must be a duration'],
])("leaves an author's own message as it is (%#)", (schema, text) => {
  expect(worded(schema, 1)).toBe(`${text}, got 1`);
});

it('takes other words for types, and stays short whatever the schema lists', () => {
  expect(worded(z.object({}), 1, new Map([['object', 'a map']]))).toBe('must be a map, got 1');
  const many = Array.from({ length: 1000 }, (_, index) => `${index}`);
  expect(worded(z.enum(many), 'x')).toMatch(
    /^must be one of "0", .*"11", 988 more, got the text "x"$/,
  );
  expect(worded(z.string().regex(new RegExp('a'.repeat(5000))), 'x').length).toBeLessThan(500);
});
