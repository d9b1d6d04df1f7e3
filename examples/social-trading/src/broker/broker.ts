import { z } from '../base/schema.ts';
import type { Account } from '../risk/account.ts';
import { TradePlan } from './trade.ts';

export interface OrderRequest {
  /** Names the order: the same request under the same key is the same order, however often it comes. */
  readonly key: string;
  /** The messages that it rests on. */
  readonly messageIds: readonly string[];
  readonly plan: TradePlan;
  /** Milliseconds since 1970, UTC. */
  readonly at: number;
}

export const PlacedOrder = z
  .object({ key: z.string(), ...TradePlan.unwrap().shape, openedAt: z.int() })
  .readonly();
export type PlacedOrder = z.infer<typeof PlacedOrder>;

/** Where orders go. Further brokers are one class and one line in `open-broker.ts`. */
export interface Broker {
  /** For people. */
  readonly name: string;

  /** The order, or the one that was placed before for the key or for one of the messages. @throws SocialError ORDER_REFUSED */
  place(request: OrderRequest): PlacedOrder | Promise<PlacedOrder>;

  /** Brings stops, targets and what they made up to `at`. */
  watch(at: number): void | Promise<void>;

  /** As of `at`. Orders of these messages are left out: whoever asks again about one is not in its own way. */
  account(at: number, messageIds: readonly string[]): Account | Promise<Account>;
}
