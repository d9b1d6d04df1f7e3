import { z } from '../base/schema.ts';

export const DIRECTIONS = ['bearish', 'neutral', 'bullish'] as const;
export const Direction = z.enum(DIRECTIONS);
export type Direction = z.infer<typeof Direction>;

/** What a text says of a share. */
export const Sentiment = z
  .object({
    direction: Direction,
    /** 0 is bearish, 1 is bullish. */
    sentiment: z.number().min(0).max(1),
    /** How sure the analyser is of the direction, 0 to 1. */
    confidence: z.number().min(0).max(1),
  })
  .readonly();
export type Sentiment = z.infer<typeof Sentiment>;
