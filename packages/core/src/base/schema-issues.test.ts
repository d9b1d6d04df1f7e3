import { describe, expect, it } from '@jest/globals';
import { formatPath, schemaIssues } from './schema-issues.ts';
import { z } from './zod.ts';

/** `path: message, got`, one per issue. */
function issues(schema: z.ZodType, value: unknown): string[] {
  const parsed = schema.safeParse(value);
  if (parsed.success) return [];
  return schemaIssues(parsed.error, value, schema).map(
    ({ path, message, got }) => `${formatPath(path) || '.'}: ${message}, got ${got}`,
  );
}

describe('schemaIssues', () => {
  it('tells each fault with its path and what was got', () => {
    const schema = z.object({ a: z.number(), list: z.array(z.object({ 'b c': z.string() })) });
    expect(issues(schema, { list: [{ 'b c': 'x' }, { 'b c': null }] })).toEqual([
      'a: must be a number, got nothing',
      'list[1]["b c"]: must be text, got null',
    ]);
  });

  it('tells each unknown key on its own, with the known one that was meant', () => {
    const schema = z.strictObject({ window: z.number().optional() });
    const value = { windw: 5, other: 1 };
    const parsed = schema.safeParse(value);
    const found = parsed.success ? [] : schemaIssues(parsed.error, value, schema);
    expect(found).toEqual([
      {
        path: ['windw'],
        message: 'unknown key "windw"',
        got: '5',
        unknownKey: true,
        known: ['window'],
        help: 'did you mean "window"?',
      },
      {
        path: ['other'],
        message: 'unknown key "other"',
        got: '1',
        unknownKey: true,
        known: ['window'],
        help: undefined,
      },
    ]);
  });

  it('does not take the keys of the root for those of a nested object', () => {
    const schema = z.object({ window: z.number(), deep: z.strictObject({}) });
    const value = { window: 1, deep: { windw: 1 } };
    const parsed = schema.safeParse(value);
    expect(parsed.success ? [] : schemaIssues(parsed.error, value, schema)).toMatchObject([
      { path: ['deep', 'windw'], help: undefined },
    ]);
  });

  it('knows the keys of nested objects, under lists, records, optionals and defaults', () => {
    const limits = z.strictObject({ most: z.number(), least: z.number().optional() });
    const schema = z.object({
      rules: z.array(z.record(z.string(), limits.default({ most: 1 }))).optional(),
    });
    const value = { rules: [{ price: { most: 1, lest: 2 } }] };
    const parsed = schema.safeParse(value);
    expect(parsed.success ? [] : schemaIssues(parsed.error, value, schema)).toMatchObject([
      {
        path: ['rules', 0, 'price', 'lest'],
        known: ['most', 'least'],
        help: 'did you mean "least"?',
      },
    ]);
  });

  it('tells of a union what the likeliest alternative finds', () => {
    const shape = z.union([
      z.string(),
      z.object({ kind: z.literal('circle'), radius: z.number() }),
      z.object({ kind: z.literal('box'), size: z.object({ w: z.number(), h: z.number() }) }),
    ]);
    expect(issues(shape, { kind: 'box', size: { w: 1, h: 'x' } })).toEqual([
      'size.h: must be a number, got the text "x"',
    ]);
    expect(issues(shape, { kind: 'circle' })).toEqual(['radius: must be a number, got nothing']);
    expect(issues(z.object({ in: z.array(shape) }), { in: ['a', { kind: 'circle' }] })).toEqual([
      'in[1].radius: must be a number, got nothing',
    ]);
  });

  it('tells all that a union would take when nothing of it fits', () => {
    expect(issues(z.union([z.string(), z.number()]), true)).toEqual([
      '.: must be text or a number, got true',
    ]);
    const either = z.union([z.strictObject({ a: z.number() }), z.strictObject({ b: z.number() })]);
    expect(issues(either, { a: 1, c: 1 })).toEqual(['c: unknown key "c", got 1']);
  });

  it('tells an unknown discriminator at its own place', () => {
    const schema = z.discriminatedUnion('kind', [
      z.object({ kind: z.literal('a') }),
      z.object({ kind: z.literal('b') }),
    ]);
    const [issue] = issues(schema, { kind: 'c' });
    expect(issue).toBe('kind: must be "a" or "b", got the text "c"');
  });

  it('says what is wrong with a key of a record', () => {
    expect(issues(z.record(z.string().min(3), z.number()), { ab: 1 })).toEqual([
      'ab: the key must be text of at least 3 characters, got the text "ab"',
    ]);
  });

  it.each(['__proto__', 'constructor', 'toString'])('reads own keys only: %s', (name) => {
    const schema = z.record(z.string(), z.object({ n: z.number() }));
    const value = JSON.parse(`{"x":{"${name}":5}}`);
    expect(issues(schema, value)).toEqual(['x.n: must be a number, got nothing']);
    const strict = z.strictObject({});
    if (name !== '__proto__') {
      expect(issues(strict, { [name]: 5 })).toEqual([`${name}: unknown key "${name}", got 5`]);
    }
    expect(issues(z.object({ [`${name}2`]: z.number() }), {})).toEqual([
      `${name}2: must be a number, got nothing`,
    ]);
  });
});

describe('formatPath', () => {
  it.each([
    [[], ''],
    [['a'], 'a'],
    [['a', 0, 'b'], 'a[0].b'],
    [[0, 'a'], '[0].a'],
    [['with', 'b c', 'größe', 'x-y'], 'with["b c"].größe.x-y'],
    [['__proto__', '1', ''], '__proto__["1"][""]'],
  ])('writes %j as %j', (path, text) => {
    expect(formatPath(path)).toBe(text);
  });
});
