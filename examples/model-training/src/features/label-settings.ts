import { z } from '../base/schema.ts';

/** What the model is to foretell. */
export const LabelSettings = z.discriminatedUnion('kind', [
  z
    .strictObject({
      /** 1 where the next close is above this one, else 0; an unchanged close is 0. */
      kind: z.literal('next-day'),
    })
    .readonly(),
  z
    .strictObject({
      /** 1 where a long position of this close gains more than `cost` by the first of three barriers. */
      kind: z.literal('triple-barrier'),
      /** In deviations of the daily return; 0 for none. */
      takeProfit: z.number().min(0).default(1),
      stopLoss: z.number().min(0).default(1),
      /** Days until the vertical barrier. */
      horizon: z.int().min(1).default(10),
      mode: z.enum(['close', 'ohlc']).default('ohlc'),
      /** Days of the exponentially weighted deviation. */
      span: z.int().min(2).default(100),
      /** Share of the price, both ways together. */
      cost: z.number().min(0).default(0),
    })
    .readonly(),
]);
export type LabelSettings = z.infer<typeof LabelSettings>;
