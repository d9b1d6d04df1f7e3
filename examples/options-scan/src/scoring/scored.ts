import { z } from '../base/schema.ts';
import { Readings } from '../indicators/readings.ts';

/** What one factor gives to a score. */
export const Factor = z
  .object({
    raw: z.number().nullable(),
    /** 0 to 100. */
    normalised: z.number(),
    weight: z.number(),
    /** Points of the score; those of all factors add up to it. */
    contribution: z.number(),
  })
  .readonly();
export type Factor = z.infer<typeof Factor>;

/** By indicator, and by `catalyst` once that has joined. */
export const Breakdown = z
  .object({
    bollinger: Factor,
    atr: Factor,
    rsi: Factor,
    obv: Factor,
    sma: Factor,
    relativeVolume: Factor,
    catalyst: Factor.optional(),
  })
  .readonly();
export type Breakdown = z.infer<typeof Breakdown>;

/** A ticker with its place among the others. */
export const Scored = Readings.unwrap()
  .omit({ raw: true })
  .extend({ score: z.number(), breakdown: Breakdown })
  .readonly();
export type Scored = z.infer<typeof Scored>;
