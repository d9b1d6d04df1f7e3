import { z } from '@millrace/core';

const positive = z.number().positive();
const share = z.number().min(0).max(1);
const balance = z.boolean().default(false).describe('Whether both labels shall weigh the same.');

/** Which model to fit, as a config gives it. Defaults are those of the functions. */
export const ModelParams = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('boosted-trees'),
    rounds: z.int().min(1).exactOptional().describe('Trees at most.'),
    leaves: z.int().min(2).exactOptional().describe('Leaves of a tree at most.'),
    learningRate: positive.exactOptional(),
    minRows: z.int().min(1).exactOptional().describe('Samples in a leaf at least.'),
    l2: z.number().min(0).exactOptional(),
    bins: z.int().min(2).max(255).exactOptional(),
    rowShare: share.exactOptional(),
    featureShare: share.exactOptional(),
    seed: z.int().exactOptional(),
    tailShare: share.exactOptional().describe('Newest samples kept back for early stopping.'),
    patience: z.int().min(1).exactOptional(),
    balance,
  }),
  z.object({ kind: z.literal('logistic'), l2: positive.exactOptional(), balance }),
]);
