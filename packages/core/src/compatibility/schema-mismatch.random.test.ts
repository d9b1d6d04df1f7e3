import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import { type SchemaMismatch, schemaMismatch } from './schema-mismatch.ts';
import { edited, forms, valuesOf, widened } from './testing-local/form-arbitraries.ts';
import { buildSchema, type Form } from './testing-local/schema-form.ts';

const SEED = 20_260_101;
/** Enough to meet a wrong value of a small form. */
const WITNESSES = 400;

interface Pair {
  readonly provider: Form;
  readonly consumer: Form;
  readonly values: readonly unknown[];
}

function pairsOf(consumerOf: (provider: Form) => fc.Arbitrary<Form>): fc.Arbitrary<Pair> {
  return forms.chain((provider) =>
    fc.record({
      provider: fc.constant(provider),
      consumer: consumerOf(provider),
      values: fc.array(valuesOf(provider), { minLength: 1, maxLength: 12 }),
    }),
  );
}

function hasRefused({ provider, consumer, values }: Pair): boolean {
  const [gives, takes] = [buildSchema(provider), buildSchema(consumer)];
  return values.some((value) => !takes.safeParse(gives.parse(value)).success);
}

function mismatchOf({ provider, consumer }: Pair): SchemaMismatch | undefined {
  return schemaMismatch(buildSchema(provider), buildSchema(consumer));
}

it.each([
  ['unrelated', () => forms, 1_000],
  ['edited', edited, 1_500],
] as const)(
  'a value that the consumer refuses is never missed: %s schemas',
  (name, consumerOf, numRuns) => {
    const counts = { pairs: 0, mismatches: 0, refused: 0 };
    fc.assert(
      fc.property(pairsOf(consumerOf), (pair) => {
        const mismatch = mismatchOf(pair);
        const isRefused = hasRefused(pair);
        counts.pairs++;
        counts.mismatches += mismatch === undefined ? 0 : 1;
        counts.refused += isRefused ? 1 : 0;
        expect(isRefused && mismatch === undefined).toBe(false);
      }),
      { seed: SEED, numRuns },
    );
    process.stdout.write(`${name} schemas: ${JSON.stringify(counts)}\n`);
    expect(counts.refused).toBeGreaterThan(numRuns / 2);
  },
);

it.each([
  ['the same', (form: Form) => fc.constant(form), 300],
  ['a wider', widened, 1_000],
] as const)('nothing is said of %s schema', (name, consumerOf, numRuns) => {
  let pairs = 0;
  fc.assert(
    fc.property(pairsOf(consumerOf), (pair) => {
      pairs++;
      expect(hasRefused(pair)).toBe(false);
      expect(mismatchOf(pair)).toBeUndefined();
    }),
    { seed: SEED, numRuns },
  );
  process.stdout.write(`${name} schema: ${pairs} pairs, no mismatch\n`);
});

/**
 * All but a few: zod takes a Date, a Map or a Set for an object of which no key is asked, and a union whose
 * first member drops keys hides the members that have them.
 */
it('what is refused has a value that shows it', () => {
  const counts = { mismatches: 0, shown: 0 };
  fc.assert(
    fc.property(
      fc.oneof(
        pairsOf(edited),
        pairsOf(() => forms),
      ),
      (pair) => {
        if (mismatchOf(pair) === undefined) return;
        const values = fc.sample(valuesOf(pair.provider), { seed: SEED, numRuns: WITNESSES });
        counts.mismatches++;
        counts.shown += hasRefused({ ...pair, values }) ? 1 : 0;
      },
    ),
    { seed: SEED, numRuns: 400 },
  );
  process.stdout.write(`refused schemas: ${JSON.stringify(counts)}\n`);
  expect(counts.shown).toBeGreaterThan(0.98 * counts.mismatches);
});
