import { describe, expect, it } from '@jest/globals';
import { z } from '../base/zod.ts';
import { schemaMismatch } from './schema-mismatch.ts';
import { verdictOf } from './testing-local/verdict.ts';

const bar = z.object({ symbol: z.string(), close: z.number() });

const everyKind: readonly z.ZodType[] = [
  ...[z.string(), z.email(), z.url(), z.uuid(), z.jwt(), z.ipv4(), z.base64(), z.iso.time()],
  ...[z.number(), z.int(), z.int32(), z.float32(), z.bigint(), z.int64(), z.nan(), z.boolean()],
  ...[z.date(), z.null(), z.undefined(), z.void(), z.any(), z.unknown(), z.never(), z.symbol()],
  ...[z.literal('a'), z.literal([1n, null]), z.enum(['a', 'b']), z.enum({ A: 0, B: 'b' })],
  ...[z.templateLiteral(['v', z.int()]), z.file(), z.instanceof(Map), z.custom(), z.json()],
  ...[z.array(z.string()), z.tuple([]), z.tuple([z.string()], z.int()), z.set(z.string())],
  ...[
    z.object({}),
    z.strictObject({ a: z.int() }),
    z.looseObject({}),
    z.object({}).catchall(z.int()),
  ],
  ...[
    z.record(z.string(), z.int()),
    z.partialRecord(z.enum(['a']), z.int()),
    z.map(z.int(), z.int()),
  ],
  ...[z.looseRecord(z.string().regex(/a/), z.int()), z.record(z.int(), z.int())],
  ...[z.union([z.string(), z.int()]), z.xor([z.string(), z.int()]), z.int().and(z.number())],
  ...[z.string().optional(), z.exactOptional(z.string()), z.string().nullish(), z.int().default(1)],
  ...[
    z.int().prefault(1),
    z.int().catch(1),
    z.string().readonly(),
    z.int().optional().nonoptional(),
  ],
  ...[z.function(), z.promise(z.int()), z.lazy(() => z.int()), z.success(z.int()), z.coerce.date()],
  ...[z.string().transform(Number), z.preprocess(Number, z.int()), z.string().brand<'Id'>()],
  ...[z.string().refine(Boolean), z.array(z.int()).check(z.minLength(1)), z.hash('sha256')],
];

describe('schemaMismatch', () => {
  it('says what is there and what is wanted, where they part', () => {
    expect(
      schemaMismatch(z.object({ bars: z.array(bar.partial()) }), z.object({ bars: z.array(bar) })),
    ).toEqual({
      path: ['bars', 0, 'symbol'],
      provides: 'text | undefined',
      expects: 'text',
      why: 'may be missing',
    });
  });

  it('keeps its texts short, however large the schemas are', () => {
    const wide = z.enum(Array.from({ length: 500 }, (_, index) => `${'name'.repeat(40)}-${index}`));
    const mismatch = schemaMismatch(wide, z.literal('x'.repeat(1_000)));
    expect(mismatch?.provides.length).toBe(120);
    expect(mismatch?.expects.length).toBeLessThanOrEqual(120);
    expect(mismatch?.why.length).toBeLessThanOrEqual(200);
  });

  it('works out a pair once', () => {
    const [output, input] = [z.object({ a: z.string() }), z.object({ a: z.int() })];
    const first = schemaMismatch(output, input);
    for (let wired = 0; wired < 100_000; wired++) {
      if (schemaMismatch(output, input) !== first) throw new RangeError('compared again');
    }
    expect(first?.why).toBe('is text, not a whole number');
  });

  it('does not double its work where parts are shared', () => {
    const doubled = (last: z.ZodType): z.ZodType =>
      Array.from({ length: 40 }).reduce<z.ZodType>((part) => z.object({ l: part, r: part }), last);
    expect(verdictOf(doubled(z.string()), doubled(z.string()))).toBe('fits');
    expect(verdictOf(doubled(z.string()), doubled(z.int()))).toContain('is text');
  });

  it('finds its way through large unions', () => {
    const cases = (last: z.ZodType): z.ZodType =>
      z.union(
        Array.from({ length: 150 }, (_, index) =>
          z.object({ kind: z.literal(`k${index}`), value: index === 149 ? last : z.string() }),
        ),
      );
    expect(verdictOf(cases(z.string()), cases(z.string()))).toBe('fits');
    expect(verdictOf(cases(z.string()), cases(z.int()))).toBe('value is text, not a whole number');
  });

  it('says nothing of cases that are too many to look at', () => {
    const flags = (value: z.ZodType): z.ZodObject =>
      z.object(Object.fromEntries(Array.from({ length: 20 }, (_, index) => [`f${index}`, value])));
    const first = flags(z.boolean()).extend({ f0: z.literal(true) });
    const other = flags(z.boolean()).extend({ f0: z.literal(false) });
    expect(verdictOf(flags(z.boolean()), z.union([first, other]))).toBe('fits');
  });

  it('says nothing of a schema that throws or is not of this zod', () => {
    const broken = z.lazy((): z.ZodType => {
      throw new RangeError('not yet');
    });
    const circular: unknown[] = [];
    circular.push(circular);
    const alien = { safeParse: () => ({ success: true }) } as unknown as z.ZodType;
    for (const schema of [broken, alien, z.array(z.unknown()).default(circular)]) {
      expect(verdictOf(schema, schema)).toBe('fits');
      expect(() => schemaMismatch(schema, z.string())).not.toThrow();
      expect(() => schemaMismatch(z.string(), schema)).not.toThrow();
    }
  });

  it('takes a schema of any kind on either side', () => {
    for (const output of everyKind) {
      for (const input of everyKind) expect(() => schemaMismatch(output, input)).not.toThrow();
    }
  });

  it.each(everyKind)('says nothing of a schema that meets itself: %#', (schema) => {
    expect(verdictOf(schema, schema)).toBe('fits');
  });
});
