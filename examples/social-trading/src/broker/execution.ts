import { z } from '../base/schema.ts';
import { PlacedOrder } from './broker.ts';
import { TradePlan } from './trade.ts';

/** How a trade ended: as an order, or on record as what a closed gate kept from being one. */
export const Execution = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('placed'), order: PlacedOrder }).readonly(),
  z.object({ kind: z.literal('recorded'), plan: TradePlan }).readonly(),
]);
export type Execution = z.infer<typeof Execution>;
