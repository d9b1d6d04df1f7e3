import type { z } from '../base/zod.ts';
import { describeShape } from './describe-shape.ts';
import type { SchemaSide } from './mark-schema.ts';
import { schemaShape } from './schema-shape.ts';

/**
 * What a schema takes or gives, as its author would write the type: `a list of { symbol: text }`. Of about
 * 120 characters at most; what is longer, or deeper than a few levels, ends in dots.
 */
export function describeSchema(schema: z.ZodType, io: SchemaSide): string {
  return describeShape(schemaShape(schema, io));
}
