import { inExample } from '../base/example-folder.ts';
import { z } from '../base/schema.ts';
import type { MarketData } from './market-data.ts';
import { ReplayMarket } from './replay-market.ts';

export const MarketSettings = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('replay'), folder: z.string().min(1).default('data') }),
]);
export type MarketSettings = z.infer<typeof MarketSettings>;

const opened = new Map<string, MarketData>();

/** The one place that knows which feeds there are. Stages that name the same feed share it. @throws SocialError TABLE_INVALID */
export function openMarket({ folder }: MarketSettings): MarketData {
  const path = inExample(folder);
  const market = opened.get(path) ?? new ReplayMarket(path);
  opened.set(path, market);
  return market;
}
