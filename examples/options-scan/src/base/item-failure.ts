import { z } from './schema.ts';

/** An item that failed for good, as a mapped stage lists it. */
export const ItemFailure = z
  .object({ key: z.string(), reason: z.string(), message: z.string() })
  .readonly();
export type ItemFailure = z.infer<typeof ItemFailure>;
