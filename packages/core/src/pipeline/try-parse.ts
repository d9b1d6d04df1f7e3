import { describeValue } from '../base/describe-value.ts';
import type { z } from '../base/zod.ts';

/** What a schema that a stage's author wrote made of a value. */
export type Parsed =
  | { readonly kind: 'parsed'; readonly value: unknown }
  | { readonly kind: 'refused'; readonly error: z.ZodError }
  /** A refinement or transform threw, or is asynchronous. */
  | { readonly kind: 'threw'; readonly message: string };

/** Runs a schema whose own code may throw. */
export function tryParse(schema: z.ZodType, given: unknown): Parsed {
  try {
    const parsed = schema.safeParse(given);
    return parsed.success
      ? { kind: 'parsed', value: parsed.data }
      : { kind: 'refused', error: parsed.error };
  } catch (error) {
    return {
      kind: 'threw',
      message: error instanceof Error ? error.message : describeValue(error),
    };
  }
}
