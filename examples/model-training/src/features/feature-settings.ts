import { z } from '../base/schema.ts';

const window = z.int().min(2).max(500);

/** Windows in bars. */
export const FeatureSettings = z
  .object({
    /** Log returns over so many bars. */
    returns: z.array(z.int().min(1).max(500)).min(1).default([1, 5, 10, 20]).readonly(),
    /** Close over its simple moving average, less 1. */
    averages: z.array(window).default([10, 50]).readonly(),
    /** Wilder's relative strength, 0 to 1. */
    strength: window.default(14),
    /** Sample deviation of the daily log returns, short and long; their ratio is a feature, too. */
    volatility: z.tuple([window, window]).default([20, 60]),
    /** Volume over its simple moving average; 1 where nobody traded for so long. */
    volume: window.default(20),
    /** Adds the return of the next day as a feature: what a leak looks like, and that it is caught. */
    plantLeak: z.boolean().default(false),
  })
  .readonly();
export type FeatureSettings = z.infer<typeof FeatureSettings>;
