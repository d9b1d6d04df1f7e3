import type { DatabaseSync } from 'node:sqlite';
import { SocialError } from '../base/social-error.ts';
import { inTransaction } from '../ledger/open-database.ts';
import type { MarketData } from '../market/market-data.ts';
import type { Account } from '../risk/account.ts';
import type { Broker, OrderRequest, PlacedOrder } from './broker.ts';
import { exitOf, profitOf } from './exit-of.ts';
import { type OrderRow, toOrder } from './order-row.ts';

/** Longer than any week: what risk looks at. */
const REMEMBERED_MS = 10 * 86_400_000;

const INSERT = `
  INSERT INTO orders (key, ticker, side, quantity, price, stop, target, opened_at, watched_until)
  VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`;
const FIND = `
  SELECT orders.* FROM orders WHERE key = ?
  UNION SELECT orders.* FROM orders JOIN order_messages ON order_key = key
  WHERE message_id IN (SELECT value FROM json_each(?)) ORDER BY opened_at, key LIMIT 1`;
const CLOSE = `
  UPDATE orders SET closed_at = ?, close_price = ?, profit = ?, close_reason = ?
  WHERE key = ? AND closed_at IS NULL`;
const NOT_OF = `key NOT IN (SELECT order_key FROM order_messages
  WHERE message_id IN (SELECT value FROM json_each(?)))`;

/** Trades on paper at the last price, and keeps what came of it in SQLite. An order is on the disk when `place` returns. */
export class PaperBroker implements Broker {
  readonly name = 'paper';
  readonly #database: DatabaseSync;
  readonly #market: MarketData;

  constructor(database: DatabaseSync, market: MarketData) {
    this.#database = database;
    this.#market = market;
  }

  place({ key, messageIds, plan, at }: OrderRequest): PlacedOrder {
    return inTransaction(this.#database, () => {
      const before = this.orderOf(key, messageIds);
      const order = before ?? this.#insert(key, plan, at);
      const link = this.#database.prepare('INSERT OR IGNORE INTO order_messages VALUES (?, ?)');
      for (const id of messageIds) link.run(id, order.key);
      return order;
    });
  }

  /** The order of the key, or of one of the messages. */
  orderOf(key: string, messageIds: readonly string[]): PlacedOrder | undefined {
    const row = this.#database.prepare(FIND).get(key, JSON.stringify(messageIds));
    return row === undefined ? undefined : toOrder(row as unknown as OrderRow);
  }

  watch(at: number): void {
    const due = 'SELECT * FROM orders WHERE closed_at IS NULL AND watched_until < ?';
    const rows = this.#database.prepare(due).all(at) as unknown as readonly OrderRow[];
    if (rows.length === 0) return;
    inTransaction(this.#database, () => {
      for (const row of rows) this.#watchOne(row, at);
    });
  }

  account(at: number, messageIds: readonly string[]): Account {
    const own = JSON.stringify(messageIds);
    const all = `SELECT * FROM orders WHERE opened_at <= ? AND ${NOT_OF}
      AND (closed_at IS NULL OR opened_at > ? OR closed_at > ?) ORDER BY opened_at, key`;
    const from = at - REMEMBERED_MS;
    const found = this.#database.prepare(all).all(at, own, from, from) as unknown as OrderRow[];
    const open = found.filter(({ closed_at }) => closed_at === null || closed_at > at);
    const closed = found.flatMap(({ closed_at, profit }) =>
      closed_at === null || closed_at > at ? [] : [{ closedAt: closed_at, profit: profit ?? 0 }],
    );
    return {
      positions: open.length,
      unrealised: open.reduce((sum, row) => sum + this.#unrealised(row, at), 0),
      closed: closed.sort((a, b) => a.closedAt - b.closedAt),
      openedAt: found.map(({ opened_at }) => opened_at),
      isBlocked: false,
    };
  }

  #insert(key: string, plan: OrderRequest['plan'], at: number): PlacedOrder {
    const { ticker, side, quantity, price, stop, target } = plan;
    if (quantity < 1) {
      const message = `order ${key}: ${quantity} shares of ${ticker} at $${price.toFixed(2)}, expected one at least`;
      throw new SocialError('ORDER_REFUSED', message);
    }
    const values = [key, ticker, side, quantity, price, stop, target, at, at];
    this.#database.prepare(INSERT).run(...values);
    return { key, ...plan, openedAt: at };
  }

  #watchOne(row: OrderRow, at: number): void {
    const order = toOrder(row);
    const bars = this.#market.minuteBars(row.ticker, row.watched_until, at);
    const exit = exitOf(order, order.openedAt, bars);
    const seen = 'UPDATE orders SET watched_until = max(watched_until, ?) WHERE key = ?';
    this.#database.prepare(seen).run(bars.time.at(-1) ?? row.watched_until, row.key);
    if (exit === undefined) return;
    const profit = profitOf(order, exit.price);
    this.#database.prepare(CLOSE).run(exit.at, exit.price, profit, exit.reason, row.key);
  }

  #unrealised(row: OrderRow, at: number): number {
    return profitOf(toOrder(row), this.#market.price(row.ticker, at) ?? row.price);
  }
}
