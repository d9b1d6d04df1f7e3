import { z } from '../base/schema.ts';

/** How the past is walked through. Days are trading days. */
export const BacktestRules = z.object({
  lookback: z.int().min(20).default(200).describe('Bars that a score sees.'),
  threshold: z.number().min(0).default(0.05).describe('A trade that returns at least this wins.'),
  hold: z.int().min(1).default(10).describe('Days from entry to exit.'),
  top: z.int().min(1).default(10).describe('Trades a date.'),
  every: z.int().min(1).default(5).describe('Days from one date to the next.'),
});
export type BacktestRules = z.infer<typeof BacktestRules>;
