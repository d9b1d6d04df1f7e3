import { AssetClass } from '../aggregate/asset-class.ts';
import { z } from '../base/schema.ts';
import { Mark } from '../book/mark-to-market.ts';

/** How one target came about. */
export const Target = z
  .object({
    instrument: z.string(),
    assetClass: AssetClass,
    /** Sum of the strategies' weights, signed. */
    net: z.number(),
    /** Share of the book by risk parity, before the overlay. */
    riskShare: z.number().min(0).max(1),
    conviction: z.number().min(0).max(1),
    conflicted: z.boolean(),
    /** Signed share of equity after overlays and caps. */
    target: z.number(),
    /** Share of each strategy on the side of the net; sums to 1. */
    attribution: z.record(z.string(), z.number()),
  })
  .readonly();
export type Target = z.infer<typeof Target>;

const TradeRow = z
  .object({ instrument: z.string(), from: z.number(), to: z.number(), dollars: z.number() })
  .readonly();

export const Portfolio = z
  .object({
    method: z.enum(['risk-parity', 'equal']),
    observations: z.int().min(0),
    /** Weight of the shrinkage target in the covariance; null with equal weights. */
    shrinkage: z.number().nullable(),
    regimeScale: z.number(),
    targets: z.array(Target).readonly(),
    drift: z.number().min(0),
    trades: z.array(TradeRow).readonly(),
    /** Held after the trades, before the breakers. */
    weights: z.record(z.string(), z.number()),
    /** Sum of absolute weights. */
    leverage: z.number().min(0),
    /** ISO day of the prices at which the trades are struck; null when nothing can be priced. */
    priced: z.string().nullable(),
    mark: Mark,
  })
  .readonly();
export type Portfolio = z.infer<typeof Portfolio>;
