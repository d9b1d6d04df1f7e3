import { z } from '../base/schema.ts';

/** What the options of a share are doing; null where it is not known. */
export const OptionsActivity = z
  .object({
    /** Volume over its usual volume. */
    volumeRatio: z.number().min(0).nullable(),
    unusualActivity: z.boolean(),
    /** Percent of the last year's days on which implied volatility was lower. */
    ivRank: z.number().min(0).max(100).nullable(),
  })
  .readonly();
export type OptionsActivity = z.infer<typeof OptionsActivity>;

const SMALLEST = 0.8;
const LARGEST = 1.3;

/** How much options speak for a move: 1 where nothing is known, else .8 to 1.3. */
export function optionsModifier(activity: OptionsActivity | undefined): number {
  if (activity === undefined) return 1;
  const { volumeRatio, unusualActivity, ivRank } = activity;
  // In tenths, since sums of .1 are not exact.
  let tenths = 10;
  if (volumeRatio !== null && volumeRatio >= 2) tenths += 1;
  if (unusualActivity) tenths += 1;
  if (ivRank !== null && ivRank < 50) tenths += 1;
  if (ivRank !== null && ivRank > 80) tenths -= 2;
  return Math.min(LARGEST, Math.max(SMALLEST, tenths / 10));
}
