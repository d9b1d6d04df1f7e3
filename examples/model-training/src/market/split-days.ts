import type { Bars } from '@millrace/quant';
import { dayOf } from '../base/day.ts';
import { z } from '../base/schema.ts';

/** Shares of the bars, oldest first; what is left is held back for the test. */
export const SplitShares = z
  .object({
    train: z.number().min(0.1).max(0.9).default(0.7),
    validation: z.number().min(0.05).max(0.5).default(0.15),
  })
  .refine(({ train, validation }) => train + validation <= 0.95, {
    error: 'train and validation together must leave .05 or more for the test',
  })
  .readonly();
export type SplitShares = z.infer<typeof SplitShares>;

/** Where the parts begin. Nothing is shuffled: a part lies after the one before it. */
export const Split = z
  .object({
    /** Bars of the training part: 0 up to here. */
    validationFrom: z.int(),
    /** Bars of the validation part end here; the rest is the test part. */
    testFrom: z.int(),
    bars: z.int(),
    /** First day, first day of the validation part, of the test part, and the last day. */
    days: z.tuple([z.string(), z.string(), z.string(), z.string()]),
  })
  .readonly();
export type Split = z.infer<typeof Split>;

/** Rounds down, so that of 20 bars 14 are trained on, 3 validate and 3 test. */
export function splitDays({ time }: Bars, { train, validation }: SplitShares): Split {
  const bars = time.length;
  // .7 * 10 is a little less than 7.
  const border = (share: number): number => Math.floor(bars * share + 1e-9);
  const [validationFrom, testFrom] = [border(train), border(train + validation)];
  const dayAt = (at: number): string => dayOf(time[at] ?? 0);
  const days: Split['days'] = [dayAt(0), dayAt(validationFrom), dayAt(testFrom), dayAt(bars - 1)];
  return { validationFrom, testFrom, bars, days };
}
