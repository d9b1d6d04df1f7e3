import { duration } from 'millrace';
import { z } from '../base/schema.ts';

/** Amounts in dollars, shares of the equity in percent. */
export const RiskLimits = z
  .strictObject({
    equity: z.number().positive().default(10_000),
    maxTradeValue: z.number().positive().default(1000),
    warnUnrealisedLoss: z.number().positive().default(300),
    maxDayLoss: z.number().positive().default(500),
    breakers: z
      .strictObject({
        tradePercent: z.number().positive().default(1),
        dayPercent: z.number().positive().default(3),
        weekPercent: z.number().positive().default(6),
        coolDown: duration().prefault('60m'),
      })
      .prefault({}),
    maxPositions: z.int().min(0).default(3),
    maxTradesAnHour: z.int().min(0).default(3),
    maxTradesADay: z.int().min(0).default(10),
  })
  .readonly();
export type RiskLimits = z.infer<typeof RiskLimits>;
