import { z } from '../base/schema.ts';

/** What the bars are, for people and for the lineage of the model. */
export const DataSource = z
  .object({
    name: z.string(),
    title: z.string(),
    /** Not of any market: it is said wherever the data shows. */
    isGenerated: z.boolean(),
    /** SHA-256 of the bars. */
    fingerprint: z.string(),
  })
  .readonly();
export type DataSource = z.infer<typeof DataSource>;
