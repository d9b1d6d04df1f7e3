import type { PlacedOrder } from './broker.ts';
import type { Side } from './trade.ts';

/** A row of the table `orders`. */
export interface OrderRow {
  readonly key: string;
  readonly ticker: string;
  readonly side: Side;
  readonly quantity: number;
  readonly price: number;
  readonly stop: number;
  readonly target: number;
  readonly opened_at: number;
  readonly watched_until: number;
  readonly closed_at: number | null;
  readonly close_price: number | null;
  readonly profit: number | null;
  readonly close_reason: 'stop' | 'target' | null;
}

export function toOrder(row: OrderRow): PlacedOrder {
  const { key, ticker, side, quantity, price, stop, target, opened_at: openedAt } = row;
  return { key, ticker, side, quantity, price, stop, target, openedAt };
}
