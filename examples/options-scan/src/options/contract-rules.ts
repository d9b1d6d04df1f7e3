import { z } from '../base/schema.ts';

/** What an option must be to be recommended. */
export const ContractRules = z
  .strictObject({
    minDays: z.int().min(1).default(30),
    maxDays: z.int().min(1).default(60),
    idealDays: z.int().min(1).default(45),
    minOpenInterest: z.int().min(0).default(100),
    minVolume: z.int().min(0).default(1),
    /** Of the mid. */
    maxSpread: z.number().min(0).default(0.1),
    /** Sizes of the delta, without its sign. */
    minDelta: z.number().min(0).max(1).default(0.3),
    maxDelta: z.number().min(0).max(1).default(0.4),
    idealDelta: z.number().min(0).max(1).default(0.35),
  })
  .readonly();
export type ContractRules = z.infer<typeof ContractRules>;
