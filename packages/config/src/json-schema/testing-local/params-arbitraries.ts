import { z } from '@millrace/core';
import fc from 'fast-check';

/** A schema of params, a value that it reads, and the same value with placeholders for some of its parts. */
export interface Sample {
  readonly schema: z.ZodType;
  readonly value: unknown;
  readonly withPlaceholder: unknown;
}

const PLACEHOLDERS = [`\${name}`, `\${env:NAME:-5}`, `\${secret:A}`];

const scalars: fc.Arbitrary<Sample> = fc
  .oneof(
    fc.string().map((value) => pair(z.string(), value)),
    fc.string({ minLength: 2 }).map((value) => pair(z.string().min(2).max(1000), value)),
    fc.stringMatching(/^[a-f]{1,5}$/).map((value) => pair(z.string().regex(/^[a-f]+$/), value)),
    fc.integer().map((value) => pair(z.int(), value)),
    fc.integer({ min: 0, max: 9 }).map((value) => pair(z.number().min(0).lt(10), value)),
    fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => pair(z.number(), value)),
    fc.boolean().map((value) => pair(z.boolean(), value)),
    fc.constantFrom('a', 'b').map((value) => pair(z.enum(['a', 'b', 'c']), value)),
    fc.constantFrom('x', 1, true).map((value) => pair(z.literal(['x', 1, true]), value)),
    fc.constantFrom('1', 1, true).map((value) => pair(z.coerce.number(), value)),
    fc.jsonValue().map((value) => pair(z.unknown(), value)),
  )
  .chain((sample) => withStandIn(fc.constant({ ...sample, withPlaceholder: sample.value })));

/** Schemas of a few levels, each with a value. */
export const samples: fc.Arbitrary<Sample> = fc.letrec<{ sample: Sample }>((tie) => ({
  sample: fc.oneof({ maxDepth: 4, depthSize: 'small' }, scalars, ...composed(tie('sample'))),
})).sample;

function composed(sample: fc.Arbitrary<Sample>): fc.Arbitrary<Sample>[] {
  const field = fc.record({ sample, optional: fc.boolean(), given: fc.boolean() });
  const fields = fc.dictionary(fc.constantFrom('a', 'b', '$ref', 'type', 'const'), field, {
    maxKeys: 3,
    noNullPrototype: true,
  });
  const listed = sample.map(({ schema, ...one }) => ({
    schema: z.array(schema).max(5),
    value: [one.value, one.value],
    withPlaceholder: [one.withPlaceholder, one.value],
  }));
  const recorded = sample.map(({ schema, ...one }) => ({
    schema: z.record(z.string(), schema),
    value: { k: one.value },
    withPlaceholder: { k: one.withPlaceholder },
  }));
  const either = fc.tuple(sample, sample).map(([one, other]) => ({
    ...one,
    schema: z.union([other.schema, one.schema]),
  }));
  const absent = sample.map((one) => ({
    ...one,
    schema: one.schema.nullable().describe('or not'),
  }));
  return [listed, recorded, either, absent, fields.map(objectOf)].map(withStandIn);
}

interface Field {
  readonly sample: Sample;
  readonly optional: boolean;
  readonly given: boolean;
}

function objectOf(fields: Readonly<Record<string, Field>>): Sample {
  const entries = Object.entries(fields);
  const given = entries.filter(([, { optional, given: isGiven }]) => !optional || isGiven);
  const shape = entries.map(([key, { sample, optional }]) => [
    key,
    optional ? sample.schema.optional() : sample.schema,
  ]);
  return {
    schema: z.object(Object.fromEntries(shape)),
    value: Object.fromEntries(given.map(([key, { sample }]) => [key, sample.value])),
    withPlaceholder: Object.fromEntries(
      given.map(([key, { sample }]) => [key, sample.withPlaceholder]),
    ),
  };
}

/** Now and then the whole value is a placeholder. */
function withStandIn(sample: fc.Arbitrary<Sample>): fc.Arbitrary<Sample> {
  const stands = fc.option(fc.constantFrom(...PLACEHOLDERS), { freq: 3, nil: undefined });
  return fc
    .tuple(sample, stands)
    .map(([one, stand]) => (stand === undefined ? one : { ...one, withPlaceholder: stand }));
}

function pair(schema: z.ZodType, value: unknown): Pick<Sample, 'schema' | 'value'> {
  return { schema, value };
}
