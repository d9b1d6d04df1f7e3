import type { PathSegment } from '../base/diagnostic.ts';
import type { z } from '../base/zod.ts';
import { cutText } from './cut-text.ts';
import { describeShape } from './describe-shape.ts';
import { schemaShape } from './schema-shape.ts';
import { ShapeComparison } from './shape-comparison.ts';

/** Where a value that one schema gives may not be what another one takes. */
export interface SchemaMismatch {
  /**
   * Inside the value. What is wrong with all items of a list is told of the first, 0; what is wrong with
   * all values of a record or a Map, or in a Set, of `*`.
   */
  readonly path: readonly PathSegment[];
  /** What is there: `a list of { symbol: text, close: number }`. */
  readonly provides: string;
  readonly expects: string;
  /** One clause that goes behind the path: `may be missing`, `is text, not a number`. */
  readonly why: string;
}

const LONGEST_REASON = 200;

const FITS = Symbol('fits');

/** By provider, then by consumer: many stages share a class. */
const verdicts = new WeakMap<z.ZodType, WeakMap<z.ZodType, SchemaMismatch | typeof FITS>>();

/**
 * Compares types, not limits, formats or patterns, which are checked when a value is there. Undefined also
 * where nobody can tell, as behind a transform: what is refused here must be wrong.
 * @param output of the provider: what it gives out counts
 * @param input of the consumer: what it takes in counts
 */
export function schemaMismatch(output: z.ZodType, input: z.ZodType): SchemaMismatch | undefined {
  const byInput = verdicts.get(output) ?? new WeakMap<z.ZodType, SchemaMismatch | typeof FITS>();
  let verdict = byInput.get(input);
  if (verdict === undefined) {
    verdict = compareSchemas(output, input) ?? FITS;
    verdicts.set(output, byInput.set(input, verdict));
  }
  return verdict === FITS ? undefined : verdict;
}

function compareSchemas(output: z.ZodType, input: z.ZodType): SchemaMismatch | undefined {
  const provided = schemaShape(output, 'output');
  const gap = new ShapeComparison().compare(provided, schemaShape(input, 'input'));
  return (
    gap && {
      path: gap.path,
      provides: describeShape(gap.provides),
      expects: describeShape(gap.expects),
      why: cutText(gap.why(), LONGEST_REASON),
    }
  );
}
