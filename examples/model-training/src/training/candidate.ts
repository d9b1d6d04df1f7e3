import { z } from '../base/schema.ts';

const positive = z.number().positive();
const share = z.number().gt(0).max(1);

/** Early stopping is not set here: it goes by the validation part of the split. */
const Trees = z
  .strictObject({
    kind: z.literal('boosted-trees'),
    rounds: z.int().min(1).max(5000).default(400).describe('Trees at most.'),
    patience: z.int().min(1).default(10).describe('Trees without a better validation loss.'),
    leaves: z.int().min(2).max(255).default(8),
    learningRate: positive.default(0.05),
    minRows: z.int().min(1).default(50).describe('Samples in a leaf at least.'),
    l2: z.number().min(0).default(1),
    rowShare: share.default(1).describe('Samples that each tree sees, drawn by the seed.'),
    featureShare: share
      .default(1)
      .describe('Features that each tree may split, drawn by the seed.'),
    seed: z.int().default(1),
  })
  .readonly();

const Logistic = z
  .strictObject({ kind: z.literal('logistic'), l2: positive.default(1) })
  .readonly();

/** A model to be tried. The one with the lowest loss on the validation part is judged. */
export const Candidate = z
  .strictObject({
    name: z.string().regex(/^[a-z0-9][a-z0-9-]{0,39}$/, 'must be lower-case letters, digits and -'),
    model: z.discriminatedUnion('kind', [Trees, Logistic]),
  })
  .readonly();
export type Candidate = z.infer<typeof Candidate>;
