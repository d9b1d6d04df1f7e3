import type { z } from '@millrace/core';

/**
 * The keys of an object that its input must have. zod's own JSON Schema also lists some that it can do
 * without, such as one with a `catch`.
 */
export function requiredKeys(schema: z.core.$ZodObject): string[] {
  return Object.entries(schema._zod.def.shape)
    .filter(([, field]) => field._zod.optin === undefined)
    .map(([key]) => key);
}
