import { z } from '../base/schema.ts';

/** What is held for what is predicted. */
export const PositionRule = z
  .object({
    mode: z.enum(['long-flat', 'long-short']).default('long-flat'),
    enterAbove: z
      .number()
      .min(0)
      .max(1)
      .default(0.5)
      .describe('Long where the probability of a rise is above it; else flat or short.'),
    cost: z
      .number()
      .min(0)
      .max(0.1)
      .default(0.0005)
      .describe('Share of what is bought or sold; from long to short is two.'),
  })
  .readonly();
export type PositionRule = z.infer<typeof PositionRule>;

/** 1 long, 0 flat, -1 short, for each probability. NaN is not above anything. */
export function positionsOf(
  probabilities: Float64Array,
  { mode, enterAbove }: Pick<PositionRule, 'mode' | 'enterAbove'>,
): Int8Array {
  const otherwise = mode === 'long-flat' ? 0 : -1;
  return Int8Array.from(probabilities, (probability) => (probability > enterAbove ? 1 : otherwise));
}
