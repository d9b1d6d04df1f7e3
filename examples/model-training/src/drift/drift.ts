import { z } from '../base/schema.ts';

/** Population stability indexes of features against those of the training; see `MeasureDrift` of `@millrace/quant`. */
export const Drift = z
  .object({
    byFeature: z.record(z.string(), z.number()).readonly(),
    mean: z.number(),
    isAlert: z.boolean(),
  })
  .readonly();
export type Drift = z.infer<typeof Drift>;
