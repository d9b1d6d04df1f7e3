import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import { schemaMismatch } from './schema-mismatch.ts';
import { edited, forms, valuesOf, widened } from './testing-local/form-arbitraries.ts';
import { buildSchema, type Form } from './testing-local/schema-form.ts';

const SEED = 20_260_101;
/** zod's objects take these where they ask for no key; they are refused all the same. */
const EXOTIC_OBJECT = /a (?:Date|Map|Set),? .*not .*an object/;
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

function mismatchOf({ provider, consumer }: Pair) {
  return schemaMismatch(buildSchema(provider), buildSchema(consumer));
}

it.each([
  ['unrelated', () => forms],
  ['edited', edited],
] as const)('a value that the consumer refuses is never missed: %s schemas', (name, consumerOf) => {
  const counts = { pairs: 0, mismatches: 0, refused: 0 };
  fc.assert(
    fc.property(pairsOf(consumerOf), (pair) => {
      const mismatch = mismatchOf(pair);
      const refused = hasRefused(pair);
      counts.pairs++;
      if (mismatch !== undefined) counts.mismatches++;
      if (refused) counts.refused++;
      expect(refused && mismatch === undefined).toBe(false);
    }),
    { seed: SEED, numRuns: 3_000 },
  );
  process.stdout.write(`${name}: ${JSON.stringify(counts)}\n`);
});

it.each([
  ['the same', (form: Form) => fc.constant(form)],
  ['a wider', widened],
] as const)('nothing is said of %s schema', (name, consumerOf) => {
  let pairs = 0;
  fc.assert(
    fc.property(pairsOf(consumerOf), (pair) => {
      pairs++;
      expect(hasRefused(pair)).toBe(false);
      expect(mismatchOf(pair)).toBeUndefined();
    }),
    { seed: SEED, numRuns: 2_000 },
  );
  process.stdout.write(`${name} schema: ${pairs} pairs\n`);
});

it('whatever is refused has a value that shows it', () => {
  let shown = 0;
  fc.assert(
    fc.property(
      fc.oneof(
        pairsOf(edited),
        pairsOf(() => forms),
      ),
      (pair) => {
        const mismatch = mismatchOf(pair);
        if (mismatch === undefined || EXOTIC_OBJECT.test(mismatch.why)) return;
        const values = fc.sample(valuesOf(pair.provider), { seed: SEED, numRuns: WITNESSES });
        expect(hasRefused({ ...pair, values })).toBe(true);
        shown++;
      },
    ),
    { seed: SEED, numRuns: 1_000 },
  );
  process.stdout.write(`mismatches shown by a value: ${shown}\n`);
});
