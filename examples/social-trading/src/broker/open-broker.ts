import { z } from '../base/schema.ts';
import type { SocialLedger } from '../ledger/social-ledger.ts';
import type { Broker } from './broker.ts';

export const BrokerSettings = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('paper') }),
]);
export type BrokerSettings = z.infer<typeof BrokerSettings>;

/** The one place that knows which brokers there are. */
export function openBroker({ kind }: BrokerSettings, { broker }: SocialLedger): Broker {
  switch (kind) {
    case 'paper':
      return broker;
    default:
      return kind satisfies never;
  }
}
